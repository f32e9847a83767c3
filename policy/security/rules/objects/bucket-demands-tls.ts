import { judge } from "../../../lib/finding";
import { isUntold, plaintextFindings, type PolicyPlace } from "../../../lib/iam/tls";
import { stackRule } from "../../../lib/rule";
import { bucketParts, BUCKETS, hasUnclearPart } from "../../../lib/stores/buckets";

/** Looks at the whole stack: the policy of a bucket is a resource of its own. */
export const bucketDemandsTls = stackRule({
  id: "bucket-demands-tls",
  title: "Every bucket refuses requests without TLS",
  severity: "medium",
  why: "S3 also answers on plain HTTP: whoever is on the way then reads the objects, and the signature with which they were asked for.",
  fix: "Give the bucket a policy that denies s3:* to everyone on the bucket and its objects where aws:SecureTransport is false.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5"],
  frameworks: [
    { name: "FSBP", id: "S3.5" },
    { name: "Checkov", id: "CKV_AWS_379" },
    { name: "AwsSolutions", id: "S10" },
  ],
  check: (stack) => {
    const unclear = hasUnclearPart(stack, "BucketPolicy");
    return stack.ofType(...BUCKETS).flatMap((bucket) => {
      const policies = bucketParts(bucket, stack, "BucketPolicy").map((policy): PolicyPlace => [policy, "policy"]);
      if (isUntold(policies)) return [];
      // Its objects must be among them, not only the bucket.
      const findings = plaintextFindings([...policies, [bucket, "policy"]], { action: "s3:*", resources: [/\*$/] }, unclear);
      return [judge(bucket, `${bucket.name} answers requests without TLS`, findings)];
    });
  },
});
