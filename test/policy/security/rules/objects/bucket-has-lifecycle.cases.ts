import { bucketHasLifecycle as rule } from "../../../../../policy/security/rules/objects/bucket-has-lifecycle";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const EXPIRE = { id: "expire", expiration: { days: 90 } };

function bucket(rules?: Inputs[string], type = LIFECYCLE): Given {
  return (stack) => {
    const made = stack.add(BUCKET, "orders");
    if (rules !== undefined) stack.add(type, "orders", { bucket: id(made), rules });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a rule": bucket([{ ...EXPIRE, status: "Enabled" }]),
    "with a rule, and not made yet": { given: bucket([{ ...EXPIRE, status: "Enabled" }]), known: false },
    "with a rule of the older type": bucket(
      [{ ...EXPIRE, status: "Enabled" }],
      "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
    ),
    "with a rule in the bucket itself": (stack) =>
      stack.add(BUCKET, "orders", { lifecycleRules: [{ enabled: true, expiration: { days: 90 } }] }),
  },
  fail: {
    "with a rule that is not at work": { given: bucket([{ ...EXPIRE, status: "Disabled" }]), says: /orders keeps everything for ever/ },
    "with an empty list of rules": { given: bucket([]), says: /no lifecycle rule that is enabled/ },
  },
  absent: { "without a lifecycle, when S3 keeps everything": { given: bucket(), says: /no lifecycle rule that is enabled/ } },
  unknown: {
    "while the rules are not known": bucket(UNKNOWN),
    "while it is not known whether a rule is at work": bucket([{ ...EXPIRE, status: UNKNOWN }]),
    "while it is not known which bucket a lifecycle is for": (stack) => {
      stack.add(LIFECYCLE, "orders", { bucket: UNKNOWN, rules: [{ ...EXPIRE, status: "Enabled" }] });
      return stack.add(BUCKET, "orders");
    },
  },
  mutations: {
    "a bucket without versions keeps everything": (stack) => stack.remove(stack.one(LIFECYCLE, "public-logs")),
    "a bucket keeps everything": {
      change: (stack) => stack.remove(stack.one(LIFECYCLE, "media-bucket")),
      also: ["bucket-forgets-old-versions"],
    },
    "the only rule of a bucket is turned off": {
      change: (stack) => stack.set(stack.one(LIFECYCLE, "uploads-bucket"), ["rules", 0, "status"], "Disabled"),
      also: ["bucket-forgets-old-versions", "bucket-aborts-uploads"],
    },
  },
};
