import { judge } from "../../../lib/finding";
import { plaintextFindings, type PolicyPlace } from "../../../lib/iam/tls";
import { stackRule } from "../../../lib/rule";

const TOPIC = "aws:sns/topic:Topic";
const POLICY = "aws:sns/topicPolicy:TopicPolicy";

/** Looks at the whole stack: the policy of a topic may be a resource of its own. SNS takes no `sns:*` in such a policy. */
export const topicDemandsTls = stackRule({
  id: "topic-demands-tls",
  title: "Every topic refuses messages without TLS",
  severity: "medium",
  why: "SNS also answers on plain HTTP: whoever is on the way then reads what is published, and the signature with which it was sent.",
  fix: "Give the topic a policy that denies sns:Publish to everyone where aws:SecureTransport is false.",
  links: ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit"],
  frameworks: [{ name: "AwsSolutions", id: "SNS3" }],
  check: (stack) => {
    const unclear = stack.ofType(POLICY).some((policy) => stack.reference(policy, "arn", [TOPIC])?.kind === "unknown");
    return stack.ofType(TOPIC).map((topic) => {
      const policies = stack.referring(topic, "arn", [POLICY]).map((policy): PolicyPlace => [policy, "policy"]);
      const findings = plaintextFindings([...policies, [topic, "policy"]], { action: "sns:Publish" }, unclear);
      return judge(topic, `${topic.name} takes messages without TLS`, findings);
    });
  },
});
