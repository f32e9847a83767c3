import { publicVerdicts } from "../../../lib/iam/resource-policies";
import { resourceRule } from "../../../lib/rule";
import { BUCKETS, partTypes } from "../../../lib/stores/buckets";

/** What S3 itself calls public: everyone as principal, and no condition with fixed values that keeps the world out. */
export const bucketPolicyIsNotPublic = resourceRule({
  id: "bucket-policy-is-not-public",
  title: "No policy of a bucket lets everyone in",
  severity: "critical",
  why: "Public buckets are found by scanners within hours, and all that is in them is copied, or replaced.",
  fix: "Name the roles in Principal; put files for the public behind CloudFront with origin access control.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  ],
  frameworks: [
    { name: "FSBP", id: "S3.2" },
    { name: "FSBP", id: "S3.3" },
    { name: "Checkov", id: "CKV_AWS_70" },
    { name: "AwsSolutions", id: "S5" },
  ],
  types: [...partTypes("BucketPolicy"), ...BUCKETS],
  check: (policy) => publicVerdicts(policy, "policy"),
});
