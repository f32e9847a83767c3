import { bucketPolicyLocksNobodyOut as rule } from "../../../../../policy/security/rules/objects/bucket-policy-locks-nobody-out";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { addStatement, documentOf, type Statement } from "../../../documents";

const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const LOCK: Statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };

function policy(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(POLICY, "orders", { policy: documentOf(...statements) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a condition": policy({ ...LOCK, Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    "when only some actions are denied": policy({ ...LOCK, Action: ["s3:DeleteObject", "s3:PutBucket*"] }),
    "when only some are denied": policy({ ...LOCK, Principal: { AWS: "arn:aws:iam::123456789012:role/a" } }),
  },
  fail: {
    "without a condition": { given: policy(LOCK), says: /orders locks everyone out of its bucket: statement 1 denies s3:\*/ },
    "with every action of every service": {
      given: policy({ ...LOCK, Principal: { AWS: ["*"] }, Action: ["*"] }),
      says: /without a condition/,
    },
    "in the policy of the bucket itself": {
      given: (stack) => stack.add("aws:s3/bucketV2:BucketV2", "orders", { policy: documentOf(LOCK) }),
      says: /locks everyone out/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(POLICY, "orders"), says: "nothing" } },
  unknown: {
    "while a statement of its policy is not known": (stack) => stack.add(POLICY, "orders", { policy: { Statement: [UNKNOWN] } }),
  },
  silentWhileUnknown: { policy: "bucket-policy-is-not-public tells of a policy that is not known" },
  mutations: { "a bucket locks everyone out": (stack) => addStatement(stack, POLICY, "media-bucket", "policy", LOCK) },
};
