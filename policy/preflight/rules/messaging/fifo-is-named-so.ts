import { FIFO_SUFFIX, MESSAGE_NAMES } from "../../../../facts/limits-messages";
import { notKnown, unlessOff } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { not, read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isAmong, unlessLeftOut, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { TOPIC } from "../../../lib/stores/queues";
import { QUEUE } from "../../../lib/stores/store-rule";

const NAME = "name";
const LIMIT = "fifoThroughputLimit";

/** How queues and topics say that they are first in, first out, and what only such ones have. */
const KINDS: Readonly<Record<string, { readonly flag: string; readonly most: number; readonly only: readonly string[] }>> = {
  [QUEUE]: { flag: "fifoQueue", most: MESSAGE_NAMES.queue, only: ["deduplicationScope", "fifoThroughputLimit"] },
  [TOPIC]: { flag: "fifoTopic", most: MESSAGE_NAMES.topic, only: ["fifoThroughputScope", "archivePolicy"] },
};

/** Left out, the name is made from the resource's, with the ending that it needs; and a queue or topic keeps no order. */
export const fifoIsNamedSo = resourceRule({
  id: "fifo-is-named-so",
  title: "A queue or topic is first in, first out exactly where its name ends in .fifo",
  severity: "medium",
  why: "AWS refuses an ordered queue without the ending, the ending without the switch, and settings of ordered ones on others.",
  fix: `End ${NAME} in ${FIFO_SUFFIX.suffix} where fifoQueue or fifoTopic is true, and nowhere else; or leave it out.`,
  links: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"],
  frameworks: [],
  types: Object.keys(KINDS),
  check: (resource) => [refused(resource, findings(resource))],
});

function findings(resource: Resource): Finding[] {
  const kind = KINDS[resource.type];
  if (kind === undefined) return [];
  const fifo = readFlag(resource, kind.flag, false);
  return [...ofName(resource, kind.flag, fifo, kind.most), ...ofOthers(resource, kind.flag, fifo, kind.only), ...throughput(resource)];
}

function ofName(resource: Resource, flag: string, fifo: boolean | undefined, most: number): Finding[] {
  const reading = read(resource, NAME);
  if (reading.state === "absent") return [];
  const name = text(reading);
  if (name === undefined) return [notKnown(NAME)];
  const shape =
    name.length <= most && MESSAGE_NAMES.pattern.test(name)
      ? []
      : [{ what: `${NAME} is "${name}"; it can have ${most} letters, digits, hyphens and underscores`, property: NAME }];
  if (fifo === undefined) return [...shape, notKnown(flag)];
  if (fifo === name.endsWith(FIFO_SUFFIX.suffix)) return shape;
  return [...shape, { what: `${flag} is ${fifo ? "on" : "off"} and ${NAME} is ${name}`, property: NAME }];
}

function ofOthers(resource: Resource, flag: string, fifo: boolean | undefined, only: readonly string[]): readonly Finding[] {
  const what = (property: string): string => `${property} is set and ${flag} is off`;
  return where(not(fifo), flag, [
    ...only.flatMap((property) => unlessLeftOut(resource, property, what(property))),
    ...unlessOff(resource, "contentBasedDeduplication", false, what("contentBasedDeduplication")),
  ]);
}

/** Throughput of each group of messages wants duplicates to be found within the group. */
function throughput(resource: Resource): readonly Finding[] {
  if (resource.type !== QUEUE) return [];
  const property = "deduplicationScope";
  const scope = read(resource, property);
  const found =
    scope.state === "unknown"
      ? [notKnown(property)]
      : text(scope) === "messageGroup"
        ? []
        : [{ what: `${LIMIT} is perMessageGroupId and ${property} is not messageGroup`, property }];
  return where(isAmong(read(resource, LIMIT), ["perMessageGroupId"]), LIMIT, found);
}
