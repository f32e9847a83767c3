import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { every, readFlag, some, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { bucketParts, BUCKETS, hasUnclearPart } from "../../../lib/stores/buckets";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const ACCOUNT = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";

/** S3 blocks a new bucket by itself, but the engine turns off what a block leaves out; a block of the account covers all its buckets. */
export const bucketBlocksPublicAccess = stackRule({
  id: "bucket-blocks-public-access",
  title: "Every bucket blocks public access in all four ways",
  severity: "high",
  why: "One policy or ACL that was meant for somebody else opens the bucket to the world; the block is what makes that impossible.",
  fix: `Add a BucketPublicAccessBlock with ${FLAGS.join(", ")} all true.`,
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"],
  frameworks: [
    { name: "FSBP", id: "S3.1" },
    { name: "FSBP", id: "S3.8" },
    { name: "Checkov", id: "CKV_AWS_53" },
    { name: "Checkov", id: "CKV_AWS_54" },
    { name: "Checkov", id: "CKV_AWS_55" },
    { name: "Checkov", id: "CKV_AWS_56" },
    { name: "Checkov", id: "CKV2_AWS_6" },
    { name: "AwsSolutions", id: "S2" },
  ],
  check: (stack) => {
    const unclear = hasUnclearPart(stack, "BucketPublicAccessBlock");
    const given = some(stack.ofType(ACCOUNT).map((block) => every(FLAGS.map((flag) => readFlag(block, flag, false)))));
    const byAccount = { given, what: "whether the account blocks public access", property: "bucket" };
    return stack
      .ofType(...BUCKETS)
      .map((bucket) => judge(bucket, `${bucket.name} could be opened to the world`, findings(bucket, stack, unclear), byAccount));
  },
});

function findings(bucket: StackResource, stack: StackGraph, unclear: boolean): Finding[] {
  const [block] = bucketParts(bucket, stack, "BucketPublicAccessBlock");
  if (block !== undefined) return flagsOff(block);
  return unclear
    ? [{ what: "which bucket a public access block is for is not known yet", property: "bucket", unknown: true }]
    : [{ what: "it has no public access block", property: "bucket" }];
}

function flagsOff(block: StackResource): Finding[] {
  return FLAGS.flatMap((property) => {
    const on = readFlag(block, property, false);
    if (on === undefined) return [{ what: `${property} of its public access block is not known yet`, property, unknown: true }];
    return on ? [] : [{ what: `${property} of its public access block is off`, property }];
  });
}
