import { MAX_RECEIVES } from "../../../../facts/limits-messages";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { Reference, StackGraph } from "../../../lib/graph";
import { parseJson } from "../../../lib/json";
import { isObject, read, type Reading, readPath, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { amount, isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { isFifo } from "../../../lib/stores/queues";
import { QUEUE } from "../../../lib/stores/store-rule";

const PROPERTY = "redrivePolicy";
const POLICY = "aws:sqs/redrivePolicy:RedrivePolicy";

/** Looks at the whole stack: before a queue exists its ARN is not known, but which queue it is already is. Left out, a queue has no dead letters. */
export const deadLettersAreOfTheSameKind = stackRule({
  id: "dead-letters-are-of-the-same-kind",
  title: "The dead letters of an ordered queue go to an ordered queue, and those of another to another",
  severity: "high",
  why: "SQS refuses a dead-letter queue of the other kind, and a policy that it can't read or that never lets a message go there.",
  fix: `Give both queues the same fifoQueue, and write ${PROPERTY} as JSON with deadLetterTargetArn and maxReceiveCount of 1 to 1000.`,
  links: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"],
  frameworks: [],
  check: (stack) => [
    ...stack.ofType(QUEUE).flatMap((queue) => verdicts(queue, { kind: "resource", resource: queue }, stack)),
    ...stack.ofType(POLICY).flatMap((policy) => verdicts(policy, stack.reference(policy, "queueUrl", [QUEUE]), stack)),
  ],
});

function verdicts(owner: StackResource, source: Reference | undefined, stack: StackGraph): Verdict[] {
  if (!isSet(owner, PROPERTY) || source === undefined) return [];
  return [refused(owner, findings(owner, source, stack))];
}

function findings(owner: StackResource, source: Reference, stack: StackGraph): Finding[] {
  const reading = read(owner, PROPERTY);
  if (reading.state === "unknown") return [...kind(owner, source, reading, stack), notKnown(PROPERTY)];
  const policy = parseJson(reading.state === "known" ? reading.value : "");
  if (policy instanceof Error || !isObject(policy)) return [{ what: `${PROPERTY} is no JSON object`, property: PROPERTY }];
  const target = readPath(policy, "deadLetterTargetArn");
  if (target.state === "absent") return [{ what: `${PROPERTY} has no deadLetterTargetArn`, property: PROPERTY }];
  return [...receives(readPath(policy, "maxReceiveCount")), ...kind(owner, source, target, stack)];
}

function receives(reading: Reading): Finding[] {
  if (reading.state === "absent") return [{ what: `${PROPERTY} has no maxReceiveCount`, property: PROPERTY }];
  const count = amount(reading);
  if (count === undefined) return [notKnown(PROPERTY)];
  const { least, most } = MAX_RECEIVES;
  return count >= least && count <= most
    ? []
    : [{ what: `maxReceiveCount is ${text(reading) ?? count}; it can be ${least} to ${most}`, property: PROPERTY }];
}

function kind(owner: StackResource, source: Reference, target: Reading, stack: StackGraph): Finding[] {
  const own = isFifo(source, "fifoQueue");
  return stack.resolve(owner, PROPERTY, [target], [QUEUE]).flatMap((queue): Finding[] => {
    const its = isFifo(queue, "fifoQueue");
    if (own === undefined || its === undefined) return [notKnown(PROPERTY)];
    if (own === its) return [];
    return [
      {
        what: `its dead letters go to a queue that ${its ? "keeps" : "does not keep"} the order, and it ${own ? "does" : "does not"}`,
        property: PROPERTY,
      },
    ];
  });
}
