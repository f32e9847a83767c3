import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { read, some, type StackResource, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { bucketParts, BUCKETS, hasUnclearPart, holdsLogs, partTypes } from "../../../lib/stores/buckets";

const OWN = ["logging", "loggings"];

const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

/** A bucket that AWS writes logs to is left out: to log the writing of logs would never end. */
export const bucketLogsAccess = stackRule({
  id: "bucket-logs-access",
  title: "Every bucket logs who reads and writes it",
  severity: "medium",
  why: "When data turns up elsewhere, the access log is what tells who fetched it, when and from where.",
  fix: "Add a BucketLogging with a bucket for logs as its targetBucket; a tag strata:because on the bucket says why it needs none.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"],
  frameworks: [
    { name: "FSBP", id: "S3.9" },
    { name: "Checkov", id: "CKV_AWS_18" },
    { name: "AwsSolutions", id: "S1" },
  ],
  config,
  check: (stack, { reasonTag }) => {
    const unclear = hasUnclearPart(stack, "BucketLogging");
    return stack.ofType(...BUCKETS).flatMap((bucket) => {
      const takesLogs = isForLogs(bucket, stack);
      if (takesLogs === true) return [];
      const given = some([hasReason(bucket, { reasonTag }), takesLogs]);
      const excuse = { given, what: "whether it is a bucket for logs", property: "tags" };
      return [judge(bucket, `${bucket.name} does not log who reads and writes it`, findings(bucket, stack, unclear), excuse)];
    });
  },
});

function findings(bucket: StackResource, stack: StackGraph, unclear: boolean): Finding[] {
  if (bucketParts(bucket, stack, "BucketLogging").length > 0) return [];
  if (OWN.some((property) => read(bucket, property).state === "known")) return [];
  return unclear || OWN.some((property) => read(bucket, property).state === "unknown")
    ? [{ what: "which buckets log is not known yet", property: "logging", unknown: true }]
    : [{ what: "it has no BucketLogging", property: "logging" }];
}

function isForLogs(bucket: StackResource, stack: StackGraph): Tri {
  if (stack.referring(bucket, "targetBucket", partTypes("BucketLogging")).length > 0) return true;
  return holdsLogs(bucket, stack);
}
