import { judge } from "../../../lib/finding";
import { isForEveryone } from "../../../lib/iam/principals";
import { conditionOf, covers, documentFindings, found, hasEffect, someOf, valuesOf } from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { every, read, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { BUCKETS, partTypes } from "../../../lib/stores/buckets";

export const bucketPolicyLocksNobodyOut = resourceRule({
  id: "bucket-policy-locks-nobody-out",
  title: "No policy of a bucket denies everything to everyone",
  severity: "high",
  why: "Such a bucket can't be used, nor mended by those who made the mistake: only the root user of the account may take the policy away.",
  fix: "Give the statement a Condition, or name in it the actions that nobody needs.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_93" }],
  types: [...partTypes("BucketPolicy"), ...BUCKETS],
  check: (holder) => {
    const policy = read(holder, "policy");
    // Of a policy of which nothing is known, bucket-policy-is-not-public tells.
    if (policy.state !== "known") return [];
    const findings = documentFindings(policy, "policy", (statement, name) =>
      found(locksOut(statement), `${name} denies s3:* to everyone without a condition`, "policy"),
    );
    return [judge(holder, `${holder.name} locks everyone out of its bucket`, findings)];
  },
});

function locksOut(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  return every([
    hasEffect(statement, "Deny"),
    "NotPrincipal" in statement ? false : isForEveryone(statement),
    someOf(valuesOf(statement["Action"]), (pattern) => covers(pattern, "s3:*")),
    tests === undefined ? undefined : tests.length === 0,
  ]);
}
