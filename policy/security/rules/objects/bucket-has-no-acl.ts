import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { read, readAll, type Reading, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { bucketParts, BUCKETS } from "../../../lib/stores/buckets";

const ENFORCED = "BucketOwnerEnforced";

const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

/** Since April 2023 a new bucket has no ACLs unless its ownership controls bring them back. */
export const bucketHasNoAcl = stackRule({
  id: "bucket-has-no-acl",
  title: "No bucket has access control lists, unless it says why",
  severity: "medium",
  why: "With ACLs whoever writes an object decides who may read it, each one by itself, and no policy of the bucket shows it.",
  fix: `Take out acl, grants and BucketAcl, set objectOwnership to ${ENFORCED} or leave the ownership controls out, and say in the policy who may do what.`,
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"],
  frameworks: [
    { name: "FSBP", id: "S3.12" },
    { name: "Checkov", id: "CKV_AWS_20" },
    { name: "Checkov", id: "CKV_AWS_57" },
    { name: "Checkov", id: "CKV_AWS_375" },
    { name: "Checkov", id: "CKV2_AWS_43" },
    { name: "Checkov", id: "CKV2_AWS_65" },
  ],
  config,
  check: (stack, { reasonTag }) =>
    stack.ofType(...BUCKETS).map((bucket) =>
      judge(bucket, `${bucket.name} has access control lists`, findings(bucket, stack), {
        given: hasReason(bucket, { reasonTag }),
        what: "whether it says why",
        property: "tags",
      }),
    ),
});

function findings(bucket: StackResource, stack: StackGraph): Finding[] {
  const acls = [bucket, ...bucketParts(bucket, stack, "BucketAcl")];
  const owners = bucketParts(bucket, stack, "BucketOwnershipControls").map((controls) => read(controls, "rule.objectOwnership"));
  return [
    ...acls.flatMap((holder) => unlessOnly("acl", "private", read(holder, "acl"))),
    ...acls.flatMap((holder) => [...readAll(holder, "grants[*]"), ...readAll(holder, "accessControlPolicy.grants[*]")]).map(granted),
    ...owners.flatMap((ownership) => unlessOnly("objectOwnership", ENFORCED, ownership)),
  ];
}

function unlessOnly(property: string, fine: string, reading: Reading): Finding[] {
  if (reading.state === "unknown") return [{ what: `${property} is not known yet`, property, unknown: true }];
  return reading.state === "absent" || text(reading) === fine ? [] : [{ what: `${property} is ${text(reading) ?? "no text"}`, property }];
}

function granted(): Finding {
  return { what: "it has grants", property: "grants" };
}
