import { bucketDemandsTls as rule } from "../../../../../policy/security/rules/objects/bucket-demands-tls";
import { type Json, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { documentOf, type Statement } from "../../../documents";
import { id, type Inputs } from "../../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const NO_TLS = { Bool: { "aws:SecureTransport": "false" } };

function refuse(more: Statement = {}): Statement {
  const resources: Json = ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"];
  return { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: resources, Condition: NO_TLS, ...more };
}

function bucket(policy?: Inputs[string], type = POLICY): Given {
  return (stack) => {
    const made = stack.add(BUCKET, "orders");
    if (policy !== undefined) stack.add(type, "orders", { bucket: id(made), policy });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it refuses": bucket(documentOf(refuse())),
    "when it refuses and is not made yet": { given: bucket(documentOf(refuse())), known: false },
    "when it refuses in other words": bucket(
      documentOf(
        refuse({ Principal: { AWS: "*" }, Action: ["*"], Resource: "*", Condition: { BoolIfExists: { "AWS:SecureTransport": false } } }),
      ),
    ),
    "when its own policy refuses": (stack) => stack.add("aws:s3/bucketV2:BucketV2", "orders", { policy: documentOf(refuse()) }),
  },
  fail: {
    "with a policy about something else": {
      given: bucket(documentOf({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" })),
      says: /no statement denies requests without aws:SecureTransport/,
    },
    "when it refuses only some actions": {
      given: bucket(documentOf(refuse({ Action: "s3:GetObject" }))),
      says: /answers requests without TLS/,
    },
    "when it refuses only some callers": {
      given: bucket(documentOf(refuse({ Principal: { AWS: "arn:aws:iam::123456789012:role/a" } }))),
      says: /no statement/,
    },
    "when it refuses under one more condition": {
      given: bucket(documentOf(refuse({ Condition: { ...NO_TLS, StringEquals: { "aws:RequestedRegion": "us-east-1" } } }))),
      says: /no statement/,
    },
    "when it refuses the bucket without its objects": {
      given: bucket(documentOf(refuse({ Resource: "arn:aws:s3:::orders" }))),
      says: /no statement/,
    },
    "when it refuses those who come with TLS": {
      given: bucket(documentOf(refuse({ Condition: { Bool: { "aws:SecureTransport": "true" } } }))),
      says: /no statement/,
    },
  },
  absent: { "without a policy": { given: bucket(), says: /orders answers requests without TLS: it has no policy/ } },
  unknown: {
    "when its policy is no JSON": bucket("deny"),
    "while it is not known whose policy it is": (stack) => {
      stack.add(POLICY, "orders", { bucket: UNKNOWN, policy: documentOf(refuse()) });
      return stack.add(BUCKET, "orders");
    },
  },
  silentWhileUnknown: { policy: "bucket-policy-is-not-public tells of a policy that is not known" },
  mutations: {
    "a bucket has no policy": (stack) => stack.remove(stack.one(POLICY, "media-bucket")),
    "a bucket refuses only reads": (stack) =>
      stack.edit(
        stack.one(POLICY, "thumbnails-bucket"),
        "policy",
        (document) => JSON.parse(JSON.stringify(document).replace('"s3:*"', '"s3:GetObject"')) as Json,
      ),
  },
};
