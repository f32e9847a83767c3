import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { isForeign } from "../../../lib/iam/accounts";
import { isPublic, isRestricted, principalsOf } from "../../../lib/iam/principals";
import { publicFinding } from "../../../lib/iam/resource-policies";
import { documentFindings, found, hasEffect } from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { every, not, read } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** A topic without a policy gets that of AWS, which is for its owner alone. Another account is let in only with a condition that says for what. */
export const topicPolicyIsNotOpen = stackRule({
  id: "topic-policy-is-not-open",
  title: "No policy of a topic lets everyone in, or another account without a condition",
  severity: "high",
  why: "Whoever may publish makes the subscribers believe him, and whoever may subscribe is sent all that the topic says.",
  fix: "Name the roles or the service in Principal, and for other accounts and services a Condition on aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
  links: ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"],
  frameworks: [
    { name: "FSBP", id: "SNS.4" },
    { name: "Checkov", id: "CKV_AWS_169" },
    { name: "Checkov", id: "CKV_AWS_385" },
  ],
  check: (stack) =>
    stack.ofType("aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy").flatMap((topic) => {
      const policy = read(topic, "policy");
      if (policy.state === "absent") return [];
      const findings = documentFindings(policy, "policy", (statement, name) => [
        ...publicFinding(statement, name, "policy"),
        ...foreign(statement, name, stack),
      ]);
      return [judge(topic, `${topic.name} is open to others`, findings)];
    }),
});

function foreign(statement: PolicyStatement, name: string, stack: StackGraph): Finding[] {
  const open = every([hasEffect(statement, "Allow"), not(isPublic(statement)), not(isRestricted(statement))]);
  return principalsOf(statement, "AWS").texts.flatMap((principal) =>
    found(every([open, isForeign(principal, stack)]), `${name} lets ${principal} in from another account`, "policy"),
  );
}
