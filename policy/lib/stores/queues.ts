import { FIFO_SUFFIX } from "../../../facts/limits-messages";
import type { Reference } from "../graph";
import { readFlag, type Tri } from "../resource";

export const TOPIC = "aws:sns/topic:Topic";

/** Whether what is named is first in, first out; one from outside says it by its name. */
export function isFifo(reference: Reference, flag: "fifoQueue" | "fifoTopic"): Tri {
  if (reference.kind === "unknown") return undefined;
  if (reference.kind === "external") return reference.id.endsWith(FIFO_SUFFIX.suffix);
  return readFlag(reference.resource, flag, false);
}
