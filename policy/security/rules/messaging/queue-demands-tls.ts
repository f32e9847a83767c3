import { judge } from "../../../lib/finding";
import { isUntold, plaintextFindings, type PolicyPlace } from "../../../lib/iam/tls";
import { stackRule } from "../../../lib/rule";
import { QUEUE } from "../../../lib/stores/store-rule";

const POLICY = "aws:sqs/queuePolicy:QueuePolicy";

/** Looks at the whole stack: the policy of a queue may be a resource of its own. */
export const queueDemandsTls = stackRule({
  id: "queue-demands-tls",
  title: "Every queue refuses requests without TLS",
  severity: "medium",
  why: "SQS also answers on plain HTTP: whoever is on the way then reads the messages, and the signature with which they were sent.",
  fix: "Give the queue a policy that denies sqs:* to everyone where aws:SecureTransport is false.",
  links: ["https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html"],
  frameworks: [{ name: "AwsSolutions", id: "SQS4" }],
  check: (stack) => {
    const unclear = stack.ofType(POLICY).some((policy) => stack.reference(policy, "queueUrl", [QUEUE])?.kind === "unknown");
    return stack.ofType(QUEUE).flatMap((queue) => {
      const policies = stack.referring(queue, "queueUrl", [POLICY]).map((policy): PolicyPlace => [policy, "policy"]);
      if (isUntold(policies)) return [];
      const findings = plaintextFindings([...policies, [queue, "policy"]], { action: "sqs:*" }, unclear);
      return [judge(queue, `${queue.name} answers requests without TLS`, findings)];
    });
  },
});
