import type { Finding } from "../../../lib/finding";
import type { Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { inEach } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { BUCKETS } from "../../../lib/stores/buckets";
import { COURSES, courseFindings } from "../../../lib/stores/lifecycles";

/** Where a type has its rules: the setting of a bucket as a resource of its own, or within the bucket as older programs have it. */
const RULES: Readonly<Record<string, string>> = {
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "rules",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": "rules",
  ...Object.fromEntries(BUCKETS.map((type) => [type, "lifecycleRules"])),
};

/** Of rules that are off too: S3 reads them all. A rule without transitions has none in the wrong order. */
export const lifecycleMovesInOrder = resourceRule({
  id: "lifecycle-moves-in-order",
  title: "Objects move from warm to cold storage, no sooner than S3 lets them, and before they are deleted",
  severity: "medium",
  why: "S3 refuses a lifecycle with a move to infrequent access before 30 days, a move back to a warmer class, or one on or after the day of deletion.",
  fix: "Order transitions as STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE; 30 days before and in infrequent access; expire later.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"],
  frameworks: [],
  types: Object.keys(RULES),
  check: (resource) => {
    const list = RULES[resource.type];
    if (list === undefined || (BUCKETS.includes(resource.type) && resource.inputs[list] === undefined)) return [];
    return [refused(resource, findings(resource, list))];
  },
});

function findings(resource: Resource, list: string): Finding[] {
  return inEach(resource, list, (rule) => COURSES.flatMap((course) => courseFindings(resource, rule, course)));
}
