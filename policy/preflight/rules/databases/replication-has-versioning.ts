import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { Reference, StackGraph } from "../../../lib/graph";
import { read, readAll, readFlag, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { bucketParts, BUCKETS } from "../../../lib/stores/buckets";

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const STATUS = "versioningConfiguration.status";
const DESTINATION = "rules[*].destination.bucket";

/** Looks at the whole stack: versioning is a resource of its own. Left out, a bucket keeps no versions; one from outside is not asked. */
export const replicationHasVersioning = stackRule({
  id: "replication-has-versioning",
  title: "Both buckets of a replication keep versions, and the replication waits for it",
  severity: "high",
  why: "S3 refuses a replication from or to a bucket without versioning, now and then also one that is made in the same moment as the versioning.",
  fix: "Make a BucketVersioning with status Enabled for both buckets, and let the replication depend on that of its source.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html"],
  frameworks: [],
  check: (stack) => stack.ofType(REPLICATION).map((replication) => refused(replication, findings(replication, stack))),
});

function findings(replication: StackResource, stack: StackGraph): Finding[] {
  const source = stack.references(replication, "bucket", BUCKETS);
  const targets = stack.references(replication, DESTINATION, BUCKETS);
  return [
    ...source.flatMap((bucket) => [...ofBucket(bucket, "bucket", stack), ...waits(bucket, replication, stack)]),
    ...targets.flatMap((bucket) => ofBucket(bucket, "rules", stack)),
    ...(readAll(replication, DESTINATION).length === 0 ? [{ what: "it has no rule with a destination", property: "rules" }] : []),
  ];
}

function ofBucket(reference: Reference, property: string, stack: StackGraph): Finding[] {
  if (reference.kind === "external") return [];
  if (reference.kind === "unknown") return [notKnown(property)];
  const bucket = reference.resource;
  if (readFlag(bucket, "versioning.enabled", false) === true) return [];
  const parts = bucketParts(bucket, stack, "BucketVersioning");
  const statuses = parts.map((part) => read(part, STATUS));
  if (statuses.some((status) => text(status) === "Enabled")) return [];
  if (statuses.some(({ state }) => state === "unknown"))
    return [{ what: `whether ${bucket.name} keeps versions is not known yet`, property, unknown: true }];
  return [{ what: `${bucket.name} keeps no versions`, property }];
}

/** It waits for what it names or depends on. */
function waits(reference: Reference, replication: StackResource, stack: StackGraph): Finding[] {
  if (reference.kind !== "resource") return [];
  const parts = bucketParts(reference.resource, stack, "BucketVersioning");
  const [part] = parts;
  if (part === undefined || parts.some(({ urn }) => replication.dependencies.includes(urn))) return [];
  return [{ what: `it does not wait for the versioning ${part.name}`, property: "bucket" }];
}
