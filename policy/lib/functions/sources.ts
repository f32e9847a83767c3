import { EVENT_SOURCES, type EventSource } from "../../../facts/event-sources";
import type { StackGraph } from "../graph";
import { read, readPath, type StackResource, text, type Tri } from "../resource";

export const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
export const QUEUE = "aws:sqs/queue:Queue";
const LAMBDA = "aws:lambda/function:Function";
const ALIAS = "aws:lambda/alias:Alias";

/** Something of the stack that a property names, something from outside, or nobody knows what. */
export type Named =
  { readonly kind: "resource"; readonly resource: StackResource } | { readonly kind: "external" } | { readonly kind: "unknown" };

/** The function that a property names, by itself or by one of its aliases. */
export function namedFunction(owner: StackResource, path: string, graph: StackGraph): Named {
  const reference = graph.reference(owner, path, [LAMBDA, ALIAS]);
  if (reference === undefined || reference.kind === "external") return { kind: "external" };
  if (reference.kind === "resource") return behindAlias(reference.resource, graph);
  // A function and its alias are one: what the property comes from names both.
  const functions = new Map(reference.candidates.map((found) => behindAlias(found, graph)).flatMap(entry));
  const [only] = functions.values();
  return only !== undefined && functions.size === 1 ? { kind: "resource", resource: only } : { kind: "unknown" };
}

function behindAlias(found: StackResource, graph: StackGraph): Named {
  return found.type === ALIAS ? namedFunction(found, "functionName", graph) : { kind: "resource", resource: found };
}

function entry(named: Named): [string, StackResource][] {
  return named.kind === "resource" ? [[named.resource.urn, named.resource]] : [];
}

/** What kind of source a mapping reads from; undefined while that is not known, and for one that the table does not have. */
export function sourceOf(mapping: StackResource, graph: StackGraph): EventSource | undefined {
  if (read(mapping, "selfManagedEventSource").state !== "absent") return EVENT_SOURCES.find(({ arn }) => arn === "kafka");
  const service = text(read(mapping, "eventSourceArn"))?.split(":")[2];
  const named = EVENT_SOURCES.find(({ arn }) => arn === service);
  if (named !== undefined) return named;
  const types = new Set((mapping.propertyDependencies["eventSourceArn"] ?? []).map((urn) => graph.get(urn)?.type));
  return EVENT_SOURCES.find((source) => source.types.some((type) => types.has(type)));
}

/** The queue of the stack that a mapping reads from. */
export function queueOf(mapping: StackResource, graph: StackGraph): StackResource | undefined {
  const queue = graph.reference(mapping, "eventSourceArn", [QUEUE]);
  return queue?.kind === "resource" ? queue.resource : undefined;
}

/** Whether a mapping reads from a FIFO queue, whose name ends in `.fifo`. */
export function readsFifo(mapping: StackResource, graph: StackGraph): Tri {
  const arn = text(read(mapping, "eventSourceArn"));
  if (arn?.endsWith(".fifo") === true) return true;
  const queue = queueOf(mapping, graph);
  if (queue === undefined) return arn === undefined ? undefined : false;
  const fifo = readPath(queue.inputs, "fifoQueue");
  return fifo.state === "unknown" ? undefined : fifo.state === "known" && (fifo.value === true || fifo.value === "true");
}
