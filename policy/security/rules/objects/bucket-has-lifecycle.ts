import { judge } from "../../../lib/finding";
import { some } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { BUCKETS, hasUnclearPart } from "../../../lib/stores/buckets";
import { isEnabled, lifecycleRules } from "../../../lib/stores/lifecycle";

const PROPERTY = "lifecycleRules";

export const bucketHasLifecycle = stackRule({
  id: "bucket-has-lifecycle",
  title: "Every bucket says what becomes of its old objects and versions",
  severity: "low",
  why: "Old versions, parts of uploads and files that nobody needs are kept for ever, are paid for every month, and are there to be stolen.",
  fix: "Add a BucketLifecycleConfiguration with a rule whose status is Enabled that expires or moves what is old.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html"],
  frameworks: [
    { name: "FSBP", id: "S3.10" },
    { name: "FSBP", id: "S3.13" },
    { name: "Checkov", id: "CKV2_AWS_61" },
  ],
  check: (stack) => {
    const unclear = hasUnclearPart(stack, "BucketLifecycleConfiguration");
    return stack.ofType(...BUCKETS).map((bucket) => {
      const enabled = some([...lifecycleRules(bucket, stack).map(isEnabled), unclear ? undefined : false]);
      const what = enabled === undefined ? "whether it has a lifecycle rule is not known yet" : "it has no lifecycle rule that is enabled";
      const findings = enabled === true ? [] : [{ what, property: PROPERTY, unknown: enabled === undefined }];
      return judge(bucket, `${bucket.name} keeps everything for ever`, findings);
    });
  },
});
