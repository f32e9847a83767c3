import { QUEUE_RANGES } from "../../../../facts/limits-messages";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { QUEUE } from "../../../lib/stores/store-rule";

const MANAGED = "sqsManagedSseEnabled";
const KEY = "kmsMasterKeyId";

/** Left out, SQS has a value for each of them. */
export const queueSettingsAreInRange = resourceRule({
  id: "queue-settings-are-in-range",
  title: "The times and sizes of every queue are within what SQS takes, and it is encrypted in one way",
  severity: "medium",
  why: "SQS refuses a delay above 15 minutes, a visibility above 12 hours, a retention above 14 days, and two ways to encrypt.",
  fix: `Set delaySeconds, visibilityTimeoutSeconds, messageRetentionSeconds and the others within their ranges, and one of ${KEY} and ${MANAGED}.`,
  links: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"],
  frameworks: [],
  types: [QUEUE],
  check: (queue) => [
    refused(queue, [
      ...Object.entries(QUEUE_RANGES).flatMap(([property, range]) => unlessWithin(queue, property, range, range.unit)),
      ...twoKeys(queue),
    ]),
  ],
});

function twoKeys(queue: Resource): Finding[] {
  if (!isSet(queue, KEY) || text(read(queue, KEY)) === "") return [];
  const managed = readFlag(queue, MANAGED, false);
  if (managed === undefined) return [notKnown(MANAGED)];
  return managed ? [{ what: `${MANAGED} is on and ${KEY} is set`, property: MANAGED }] : [];
}
