import type { StackGraph } from "../graph";
import { listed, type PolicyStatement, statementsOf } from "../policy-document";
import { isObject, read, some, type StackResource, type Tri } from "../resource";

export const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** A setting of a bucket that is a resource of its own, under either of the names the provider has for it. */
export type BucketPart =
  | "BucketAcl"
  | "BucketLifecycleConfiguration"
  | "BucketLogging"
  | "BucketOwnershipControls"
  | "BucketPolicy"
  | "BucketPublicAccessBlock"
  | "BucketServerSideEncryptionConfiguration"
  | "BucketVersioning";

/**
 * Service principals that write AWS's own log files. Load balancers and S3 access logs refuse a bucket with a customer key.
 * Source: Elastic Load Balancing user guide, "Enable access logs"; S3 user guide, "Enabling server access logging" (2026-11).
 */
const LOG_WRITERS = ["delivery.logs.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com", "logging.s3.amazonaws.com"];

/** The resources of the stack that hold one setting of a bucket. */
export function bucketParts(bucket: StackResource, graph: StackGraph, part: BucketPart): readonly StackResource[] {
  return graph.referring(bucket, "bucket", partTypes(part));
}

/** Whether the stack has such a setting of which nobody can say yet whose it is. */
export function hasUnclearPart(graph: StackGraph, part: BucketPart): boolean {
  return graph.ofType(...partTypes(part)).some((setting) => {
    const reference = graph.reference(setting, "bucket", BUCKETS);
    return reference?.kind === "unknown";
  });
}

/** Both tokens of a part. */
export function partTypes(part: BucketPart): string[] {
  const token = `aws:s3/${part.charAt(0).toLowerCase()}${part.slice(1)}`;
  return [`${token}:${part}`, `${token}V2:${part}V2`];
}

/**
 * Whether the bucket's policy admits AWS's log delivery: then it holds copies of logs that expire, no data of a service.
 * Undefined when its policy is not known yet.
 */
export function holdsLogs(bucket: StackResource, graph: StackGraph): Tri {
  return some(
    bucketParts(bucket, graph, "BucketPolicy").map((policy) => {
      const statements = statementsOf(read(policy, "policy"));
      return statements === undefined ? undefined : statements.some(admitsLogWriter);
    }),
  );
}

function admitsLogWriter(statement: PolicyStatement): boolean {
  const { Effect: effect, Principal: principal } = statement;
  if (effect !== "Allow" || !isObject(principal)) return false;
  return listed(principal["Service"]).some((service) => typeof service === "string" && LOG_WRITERS.includes(service));
}
