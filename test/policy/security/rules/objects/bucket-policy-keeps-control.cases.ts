import { bucketPolicyKeepsControl as rule } from "../../../../../policy/security/rules/objects/bucket-policy-keeps-control";
import { type Given, type RuleCases } from "../../../cases";
import { addStatement, admit, documentOf, type Statement } from "../../../documents";

const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const OTHER = { AWS: "arn:aws:iam::999900001111:root" };

/** A policy in a stack whose resources are known to be in account 123456789012. */
function policy(...statements: readonly Statement[]): Given {
  return (stack) => {
    stack.add("aws:sqs/queue:Queue", "own", {}, undefined, { arn: "arn:aws:sqs:us-east-1:123456789012:own" });
    return stack.add(POLICY, "orders", { policy: documentOf(...statements) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when another account may only read": policy(admit(OTHER, "s3:GetObject")),
    "when its own account may change it": policy(admit({ AWS: "arn:aws:iam::123456789012:role/admin" }, "s3:PutBucketPolicy")),
    "when a service may": policy(admit({ Service: "config.amazonaws.com" }, "s3:PutBucketAcl")),
    "when another account is denied it": policy({ Effect: "Deny", Principal: OTHER, Action: "s3:PutBucketPolicy", Resource: "*" }),
    "for everyone, which is another rule's matter": policy(admit("*", "s3:*")),
  },
  fail: {
    "when another account may change the policy": {
      given: policy(admit(OTHER, "s3:PutBucketPolicy")),
      says: /orders gives the control of its bucket away: statement 1 allows s3:PutBucketPolicy to arn:aws:iam::999900001111:root/,
    },
    "when another account may do everything": {
      given: policy(admit({ AWS: ["999900001111"] }, "s3:*")),
      says: /s3:DeleteBucketPolicy, s3:PutBucketAcl/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(POLICY, "orders"), says: "nothing" } },
  unknown: {
    "while it is not known which account is its own": (stack) =>
      stack.add(POLICY, "orders", { policy: documentOf(admit(OTHER, "s3:PutBucketPolicy")) }),
  },
  silentWhileUnknown: { policy: "bucket-policy-is-not-public tells of a policy that is not known" },
  mutations: {
    "another account may change a bucket's policy": (stack) =>
      addStatement(stack, POLICY, "media-bucket", "policy", admit(OTHER, ["s3:GetObject", "s3:PutBucketPolicy"])),
  },
};
