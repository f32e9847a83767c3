import { z } from "zod";
import { DURABLE_CONFIG, isDurable } from "./durable";
import { type Finding, judge } from "./finding";
import type { StackGraph } from "./graph";
import { hasReason, REASON_CONFIG } from "./reason";
import { not, some, type StackResource } from "./resource";
import type { Verdict } from "./rule";

/** The settings of a rule about what only a durable environment has to pay for. */
export const SAVING_CONFIG = z.strictObject({ ...DURABLE_CONFIG, reasonTag: REASON_CONFIG.reasonTag });

/**
 * The verdict on what is dearer than it has to be where nothing has to outlive accidents. There is none in a durable environment, nor where a tag
 * gives a reason there is anything wrong with it.
 */
export function savingVerdict(
  resource: StackResource,
  graph: StackGraph,
  { durable: byDefault, reasonTag }: z.output<typeof SAVING_CONFIG>,
  fault: string,
  findings: readonly Finding[],
): Verdict[] {
  const durable = isDurable(resource, graph, byDefault);
  if (durable === true) return [];
  const reason = hasReason(resource, { reasonTag });
  const what = not(durable) === undefined ? "whether its environment is durable" : "whether a tag gives a reason for it";
  return [judge(resource, fault, findings, { given: some([durable, reason]), what, property: durable === undefined ? "durable" : "tags" })];
}
