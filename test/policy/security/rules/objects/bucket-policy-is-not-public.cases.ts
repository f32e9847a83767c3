import { bucketPolicyIsNotPublic as rule } from "../../../../../policy/security/rules/objects/bucket-policy-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { addStatement, admit, documentOf, type Statement } from "../../../documents";

const TYPE = "aws:s3/bucketPolicy:BucketPolicy";

function made(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(TYPE, "orders", { policy: documentOf(...statements) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for a role": made(admit({ AWS: "arn:aws:iam::123456789012:role/orders" }, "s3:GetObject")),
    "for everyone of an organisation": made(
      admit("*", "s3:GetObject", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    ),
    "when everyone is denied": made({ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: "*" }),
  },
  fail: {
    "for everyone": { given: made(admit("*", "s3:GetObject")), says: /orders .*statement 1 allows s3:GetObject to everyone/ },
    "for everyone with a condition that keeps nobody out": {
      given: made(admit({ AWS: "*" }, "s3:GetObject", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })),
      says: /to everyone/,
    },
    "in the policy of the bucket itself": {
      given: (stack) => stack.add("aws:s3/bucket:Bucket", "orders", { policy: documentOf(admit("*", "s3:*")) }),
      says: /everyone/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(TYPE, "orders"), says: "nothing" } },
  unknown: {
    "while its policy is not known": (stack) => stack.add(TYPE, "orders", { policy: UNKNOWN }),
    "while a condition is not known": (stack) =>
      stack.add(TYPE, "orders", { policy: { Statement: [admit("*", "s3:GetObject", { Condition: UNKNOWN })] } }),
  },
  mutations: {
    "everyone may read a bucket": (stack) => addStatement(stack, TYPE, "media-bucket", "policy", admit("*", "s3:GetObject")),
    "everyone may write to a bucket from wherever": (stack) =>
      addStatement(
        stack,
        TYPE,
        "uploads-bucket",
        "policy",
        admit({ AWS: "*" }, "s3:PutObject", { Condition: { StringLike: { "aws:UserAgent": "Mozilla*" } } }),
      ),
  },
};
