import { bucketAbortsUploads as rule } from "../../../../../policy/security/rules/objects/bucket-aborts-uploads";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const ABORT = { id: "abort", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };

function bucket(rules?: Inputs[string]): Given {
  return (stack) => {
    const made = stack.add(BUCKET, "orders");
    if (rules !== undefined) stack.add(LIFECYCLE, "orders", { bucket: id(made), rules });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a rule for everything": bucket([{ id: "other", status: "Enabled", expiration: { days: 3 }, filter: { prefix: "tmp/" } }, ABORT]),
    "with a filter that keeps nothing out": bucket([{ ...ABORT, filter: { prefix: "" } }]),
    "with a rule in the bucket itself": (stack) =>
      stack.add(BUCKET, "orders", { lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }] }),
  },
  fail: {
    "with a rule that is not at work": { given: bucket([{ ...ABORT, status: "Disabled" }]), says: /orders keeps the parts of uploads/ },
    "with a rule for a part of the bucket": {
      given: bucket([{ ...ABORT, filter: { prefix: "in/" } }]),
      says: /no enabled rule for the whole bucket/,
    },
    "with a rule for what is tagged": { given: bucket([{ ...ABORT, filter: { tag: { key: "a", value: "b" } } }]), says: /whole bucket/ },
  },
  absent: {
    "with rules that do not": { given: bucket([{ id: "expire", status: "Enabled", expiration: { days: 90 } }]), says: /no enabled rule/ },
    "without a lifecycle, which is another rule's matter": { given: bucket(), says: "nothing" },
  },
  unknown: {
    "while the rules are not known": bucket(UNKNOWN),
    "while it is not known what a rule is for": bucket([{ ...ABORT, filter: { prefix: UNKNOWN } }]),
  },
  mutations: {
    "a bucket keeps what broke off": (stack) =>
      stack.set(stack.one(LIFECYCLE, "media-bucket"), ["rules", 0, "abortIncompleteMultipartUpload"], undefined),
    "a bucket keeps what broke off but in one folder": {
      change: (stack) => stack.set(stack.one(LIFECYCLE, "uploads-bucket"), ["rules", 0, "filter"], { prefix: "incoming/" }),
      also: ["bucket-forgets-old-versions"],
    },
  },
};
