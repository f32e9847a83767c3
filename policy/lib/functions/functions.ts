import type { Finding } from "../finding";
import type { StackGraph } from "../graph";
import type { StackResource } from "../resource";
import type { Verdict } from "../rule";
import { durableStoreVerdicts, type StoreKind } from "../stores/store-rule";

export const FUNCTION = "aws:lambda/function:Function";
const ALIAS = "aws:lambda/alias:Alias";

/** The function of the stack that a property names, by itself or by one of its aliases. */
export function functionOf(resource: StackResource, path: string, graph: StackGraph): StackResource | undefined {
  const reference = graph.reference(resource, path, [FUNCTION, ALIAS]);
  if (reference?.kind !== "resource") return undefined;
  const found = reference.resource;
  return found.type === ALIAS ? functionOf(found, "functionName", graph) : found;
}

/** The verdicts of a rule about the functions of durable environments; it has nothing to say about those that `applies` is false for. */
export function durableFunctionVerdicts(
  graph: StackGraph,
  applies: StoreKind["applies"],
  findings: (called: StackResource, graph: StackGraph) => readonly Finding[],
  fault: string,
  byDefault: boolean,
): Verdict[] {
  return durableStoreVerdicts(graph, [{ types: [FUNCTION], applies, findings }], fault, byDefault);
}
