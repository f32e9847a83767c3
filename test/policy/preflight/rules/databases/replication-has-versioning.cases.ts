import { UNKNOWN } from "../../../../../policy/lib/resource";
import { replicationHasVersioning as rule } from "../../../../../policy/preflight/rules/databases/replication-has-versioning";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type Inputs, Ref } from "../../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/** `source` and `copy`: the status of their versioning, if they have any. */
function replication({ source, copy, waits = true }: { source?: string; copy?: string; waits?: boolean }): Given {
  return (stack) => {
    const buckets = [source, copy].map((status, index) => {
      const bucket = stack.add(BUCKET, index === 0 ? "orders" : "orders-copy");
      const versioning =
        status === undefined ? undefined : stack.add(VERSIONING, bucket.name, { bucket: id(bucket), versioningConfiguration: { status } });
      return { bucket, versioning };
    });
    const [from, to] = buckets;
    if (from === undefined || to === undefined) throw new Error("there are two");
    const bucket: Inputs =
      waits && from.versioning !== undefined ? { bucket: id(from.bucket), token: id(from.versioning) } : { bucket: id(from.bucket) };
    return stack.add(REPLICATION, "orders", { ...bucket, rules: [{ destination: { bucket: arn(to.bucket) } }] });
  };
}

const ON = { source: "Enabled", copy: "Enabled" };

export const cases: RuleCases = {
  rule,
  pass: {
    "between buckets with versions": replication(ON),
    "between buckets with versions, not made yet": { given: replication(ON), known: false },
  },
  fail: {
    "from a bucket whose versions are suspended": { given: replication({ ...ON, source: "Suspended" }), says: /orders keeps no versions/ },
    "to a bucket without versions": { given: replication({ source: "Enabled" }), known: false, says: /orders-copy keeps no versions/ },
    "that does not wait": { given: replication({ ...ON, waits: false }), says: /it does not wait for the versioning orders/ },
  },
  absent: {
    "from a bucket that says nothing": { given: replication({ copy: "Enabled" }), says: /orders keeps no versions/ },
    "between buckets from outside": {
      given: (stack) => stack.add(REPLICATION, "orders", { bucket: "theirs", rules: [{ destination: { bucket: "arn:aws:s3:::other" } }] }),
      says: "pass",
    },
  },
  unknown: {
    "while the versioning is not known": replication({ ...ON, source: UNKNOWN }),
    "while the source is not known": (stack) =>
      stack.add(REPLICATION, "orders", { bucket: UNKNOWN, rules: [{ destination: { bucket: "arn:aws:s3:::other" } }] }),
  },
  mutations: {
    "a bucket is copied to one without versions": (stack) => {
      const [first, ...others] = stack.all(VERSIONING);
      const kept = new Set([first, ...others].map((versioning) => versioning?.inputs["bucket"]));
      const target = stack
        .all(BUCKET)
        .find((bucket) => !kept.has(bucket.outputs?.["id"] ?? null) && !kept.has(bucket.outputs?.["bucket"] ?? null));
      if (first === undefined || target === undefined) throw new Error("the stack has no such buckets");
      stack.add(REPLICATION, "copied", {
        bucket: new Ref(first, "bucket"),
        role: "arn:aws:iam::444455556666:role/copies",
        rules: [{ status: "Enabled", destination: { bucket: arn(target) } }],
      });
    },
  },
};
