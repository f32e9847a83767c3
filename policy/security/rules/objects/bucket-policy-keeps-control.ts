import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { isForeign } from "../../../lib/iam/accounts";
import { isPublic, principalsOf } from "../../../lib/iam/principals";
import { covers, documentFindings, found, hasEffect, someOf, valuesOf } from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { every, not, read } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { BUCKETS, partTypes } from "../../../lib/stores/buckets";

/** Source: Security Hub, S3.6 (2026-11). */
const CONTROL = ["s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketPolicy", "s3:PutEncryptionConfiguration", "s3:PutObjectAcl"];

/** What is allowed to everyone is `bucket-policy-is-not-public`. */
export const bucketPolicyKeepsControl = stackRule({
  id: "bucket-policy-keeps-control",
  title: "No policy of a bucket lets another account change who may use it",
  severity: "high",
  why: "Who may write the policy, the ACLs or the encryption of a bucket owns it: he lets others in, and its owner out.",
  fix: `Take ${CONTROL.join(", ")} out of what the policy allows to other accounts.`,
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6"],
  frameworks: [{ name: "FSBP", id: "S3.6" }],
  check: (stack) =>
    stack.ofType(...partTypes("BucketPolicy"), ...BUCKETS).flatMap((holder) => {
      const policy = read(holder, "policy");
      // Of a policy of which nothing is known, bucket-policy-is-not-public tells.
      if (policy.state !== "known") return [];
      const findings = documentFindings(policy, "policy", (statement, name) => given(statement, name, stack));
      return [judge(holder, `${holder.name} gives the control of its bucket away`, findings)];
    }),
});

function given(statement: PolicyStatement, name: string, stack: StackGraph): Finding[] {
  const actions = valuesOf(statement["Action"]);
  const control = CONTROL.filter((action) => actions.texts.some((pattern) => covers(pattern, action)));
  if (control.length === 0 && !actions.open) return [];
  const allows = every([hasEffect(statement, "Allow"), not(isPublic(statement)), control.length > 0 || someOf(actions, () => false)]);
  return principalsOf(statement, "AWS").texts.flatMap((principal) =>
    found(every([allows, isForeign(principal, stack)]), `${name} allows ${control.join(", ")} to ${principal}`, "policy"),
  );
}
