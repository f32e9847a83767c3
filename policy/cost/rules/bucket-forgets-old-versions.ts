import { z } from "zod";
import { judge } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import { hasReason, REASON_CONFIG } from "../../lib/reason";
import { every, read, readFlag, readPath, some, type StackResource, text, type Tri } from "../../lib/resource";
import { stackRule, type Verdict } from "../../lib/rule";
import { bucketParts, BUCKETS, hasUnclearPart } from "../../lib/stores/buckets";
import { isEnabled, isForAll, type LifecycleRule, lifecycleRules } from "../../lib/stores/lifecycle";

const PROPERTY = "noncurrentVersionExpiration";

/** Asked of buckets whose versioning is on. A bucket that must keep every version says so in its tag. */
export const bucketForgetsOldVersions = stackRule({
  id: "bucket-forgets-old-versions",
  title: "A bucket that keeps versions forgets the old ones after a time",
  severity: "low",
  why: "A version that was written over or deleted is in no listing, and is paid for as long as the bucket is there: a file that is written each minute is kept 43,800 times a month.",
  fix: `Add a lifecycle rule for the whole bucket with ${PROPERTY}, such as noncurrentDays: 30.`,
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html"],
  frameworks: [],
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (stack, names) => {
    const unclear = hasUnclearPart(stack, "BucketLifecycleConfiguration");
    return stack.ofType(...BUCKETS).flatMap((bucket): Verdict[] => {
      const versioned = isVersioned(bucket, stack);
      if (versioned === false) return [];
      const forgets = some([...lifecycleRules(bucket, stack).map(forgetsAll), unclear ? undefined : false]);
      const unknown = forgets === undefined || versioned === undefined;
      const what = unknown ? "its versioning and lifecycle are not known yet" : `no enabled rule for the whole bucket has ${PROPERTY}`;
      const reason = { given: hasReason(bucket, names), what: "whether a tag gives a reason for it", property: "tags" };
      const findings = forgets === true ? [] : [{ what, property: PROPERTY, unknown }];
      return [judge(bucket, `${bucket.name} keeps old versions for ever`, findings, reason)];
    });
  },
});

/** Whether new versions are kept; one that was turned off keeps no new ones. */
function isVersioned(bucket: StackResource, stack: StackGraph): Tri {
  const parts = bucketParts(bucket, stack, "BucketVersioning").map((part): Tri => {
    const status = read(part, "versioningConfiguration.status");
    return status.state === "unknown" ? undefined : text(status) === "Enabled";
  });
  return some([...parts, readFlag(bucket, "versioning.enabled", false)]);
}

function forgetsAll(rule: LifecycleRule): Tri {
  const { reading } = rule;
  const state = reading.state === "known" ? readPath(reading.value, PROPERTY).state : reading.state;
  return every([isEnabled(rule), isForAll(rule), state === "unknown" ? undefined : state === "known"]);
}
