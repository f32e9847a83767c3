import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import { deadLetterQueues, redriveOf } from "../../../lib/messaging/dead-letters";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import type { Reading } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { QUEUE } from "../../../lib/stores/store-rule";

const PROPERTY = "redrivePolicy";

const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

/** A queue that is one for dead letters itself, of another queue, a function, a schedule or a subscription, needs no other. */
export const queueHasDeadLetters = stackRule({
  id: "queue-has-dead-letters",
  title: "Every queue puts aside what can't be handled, unless it says why",
  severity: "medium",
  why: "A message that makes its service fail comes back again and again until it expires: it holds up the rest, and then it is lost unseen.",
  fix: `Make a second queue and name it in ${PROPERTY}, with a maxReceiveCount; a tag strata:because on the queue says why it needs none.`,
  links: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"],
  frameworks: [{ name: "AwsSolutions", id: "SQS3" }],
  config,
  check: (stack, { reasonTag }) => {
    const { certain, open } = deadLetterQueues(stack);
    return stack.ofType(QUEUE).flatMap((queue) => {
      if (certain.has(queue.urn)) return [];
      const excuse = { given: hasReason(queue, { reasonTag }), what: "whether it says why", property: "tags" };
      return [judge(queue, `${queue.name} puts nothing aside`, findings(redriveOf(queue, stack), open), excuse)];
    });
  },
});

function findings(redrive: Reading, open: boolean): Finding[] {
  if (redrive.state === "known") return [];
  if (redrive.state === "unknown") return [{ what: `${PROPERTY} is not known yet`, property: PROPERTY, unknown: true }];
  return open
    ? [{ what: "whether it is a queue for dead letters is not known yet", property: PROPERTY, unknown: true }]
    : [{ what: `it has no ${PROPERTY}`, property: PROPERTY }];
}
