import { bucketForgetsOldVersions as rule } from "../../../../policy/cost/rules/bucket-forgets-old-versions";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { id, type Input, type Inputs } from "../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const FORGETS: Inputs = { status: "Enabled", filter: {}, noncurrentVersionExpiration: { noncurrentDays: 30 } };

/** A bucket with versions, and the rules of its lifecycle. */
function bucket(rules?: Input, status: Input = "Enabled", inputs: Inputs = {}): Given {
  return (stack) => {
    const made = stack.add(BUCKET, "uploads", inputs);
    stack.add(VERSIONING, "uploads", { bucket: id(made), versioningConfiguration: { status } });
    if (rules !== undefined) stack.add(LIFECYCLE, "uploads", { bucket: id(made), rules });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a rule that forgets them": bucket([FORGETS]),
    "with such a rule that is not made yet": { given: bucket([FORGETS]), known: false },
    "with a rule among others": bucket([
      { status: "Enabled", filter: { prefix: "a/" } },
      { ...FORGETS, filter: { prefix: "" } },
    ]),
    "with a tag that says why": bucket([], "Enabled", { tags: { "strata:because": "the law asks for every version" } }),
    "with both said in the bucket": (stack) =>
      stack.add(BUCKET, "uploads", {
        versioning: { enabled: true },
        lifecycleRules: [{ enabled: true, noncurrentVersionExpiration: { days: 30 } }],
      }),
  },
  fail: {
    "with a rule that only moves objects": {
      given: bucket([{ status: "Enabled", filter: {} }]),
      says: /uploads keeps old versions for ever/,
    },
    "with a rule that is disabled": { given: bucket([{ ...FORGETS, status: "Disabled" }]), says: /no enabled rule/ },
    "with a rule for a part of the bucket": { given: bucket([{ ...FORGETS, filter: { prefix: "tmp/" } }]), says: /whole bucket/ },
    "with versions that the bucket itself keeps": {
      given: (stack) => stack.add(BUCKET, "uploads", { versioning: { enabled: true } }),
      says: /keeps old versions for ever/,
    },
  },
  absent: {
    "without a lifecycle": { given: bucket(), says: /no enabled rule/ },
    "without versions": { given: (stack) => stack.add(BUCKET, "uploads"), says: "nothing" },
    "with versioning that was turned off": { given: bucket([], "Suspended"), says: "nothing" },
  },
  unknown: {
    "while the rules are not known": bucket(UNKNOWN),
    "while versioning is not known": bucket([], UNKNOWN),
    "while one of the rules is not known": bucket([UNKNOWN]),
  },
  mutations: {
    "the lifecycle of a bucket of uploads says nothing of old versions": (stack) =>
      stack.set(stack.one(LIFECYCLE, "uploads"), ["rules", 0, "noncurrentVersionExpiration"], undefined),
  },
};
