import { judge } from "../../../lib/finding";
import { every, some, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { BUCKETS } from "../../../lib/stores/buckets";
import { abortAfter, isEnabled, isForAll, type LifecycleRule, lifecycleRules } from "../../../lib/stores/lifecycle";

const PROPERTY = "abortIncompleteMultipartUpload";

/** A bucket without any lifecycle rule is `bucket-has-lifecycle`'s matter. */
export const bucketAbortsUploads = stackRule({
  id: "bucket-aborts-uploads",
  title: "The lifecycle of a bucket removes uploads that were not finished",
  severity: "low",
  why: "The parts of an upload that broke off are in no listing of the bucket, but are kept and paid for until somebody aborts it.",
  fix: `Add a rule for the whole bucket with ${PROPERTY}.daysAfterInitiation, such as 7.`,
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_300" }],
  check: (stack) =>
    stack.ofType(...BUCKETS).flatMap((bucket) => {
      const rules = lifecycleRules(bucket, stack);
      if (rules.length === 0) return [];
      const aborts = some(rules.map(abortsAll));
      const what = aborts === undefined ? "its lifecycle is not known yet" : `no enabled rule for the whole bucket has ${PROPERTY}`;
      const findings = aborts === true ? [] : [{ what, property: PROPERTY, unknown: aborts === undefined }];
      return [judge(bucket, `${bucket.name} keeps the parts of uploads that broke off`, findings)];
    }),
});

function abortsAll(rule: LifecycleRule): Tri {
  const days = abortAfter(rule);
  return every([isEnabled(rule), isForAll(rule), days.state === "unknown" ? undefined : days.state === "known"]);
}
