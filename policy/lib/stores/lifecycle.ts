import type { StackGraph } from "../graph";
import {
  isObject,
  type Json,
  read,
  readAll,
  type Reading,
  readFlag,
  readPath,
  type Resource,
  type StackResource,
  text,
  type Tri,
} from "../resource";
import { bucketParts } from "./buckets";

/** A rule of a bucket's lifecycle, where it stands: in a resource of its own, or in the bucket in the older way. */
export interface LifecycleRule {
  readonly reading: Reading;
  readonly own: boolean;
}

/** All lifecycle rules of a bucket; one unknown where nobody can say yet how many there are. */
export function lifecycleRules(bucket: StackResource, graph: StackGraph): LifecycleRule[] {
  const parts = bucketParts(bucket, graph, "BucketLifecycleConfiguration");
  return [
    ...parts.flatMap((part) => rulesOf(part, "rules").map((reading) => ({ reading, own: false }))),
    ...rulesOf(bucket, "lifecycleRules").map((reading) => ({ reading, own: true })),
  ];
}

function rulesOf(holder: Resource, path: string): Reading[] {
  const list = read(holder, path);
  return list.state === "unknown" ? [list] : readAll(holder, `${path}[*]`);
}

/** Whether a rule is at work. */
export function isEnabled({ reading, own }: LifecycleRule): Tri {
  if (reading.state !== "known") return undefined;
  if (own) return readFlag(asResource(reading.value), "enabled", false);
  const status = readPath(reading.value, "status");
  return status.state === "unknown" ? undefined : text(status) === "Enabled";
}

/** Whether a rule is for every object of the bucket: it has no filter, or one that keeps nothing out. */
export function isForAll({ reading, own }: LifecycleRule): Tri {
  if (reading.state !== "known") return undefined;
  const prefixes = own ? ["prefix"] : ["prefix", "filter.prefix"];
  const narrowing = own ? ["tags"] : ["filter.tag", "filter.and", "filter.objectSizeGreaterThan", "filter.objectSizeLessThan"];
  const states = [
    ...prefixes.map((path) => readPath(reading.value, path)).map((prefix) => (text(prefix) === "" ? "absent" : prefix.state)),
    ...narrowing.map((path) => readPath(reading.value, path).state),
  ];
  if (states.includes("known")) return false;
  return states.includes("unknown") ? undefined : true;
}

/** The days after which a rule removes the parts of an upload that was not finished. */
export function abortAfter({ reading, own }: LifecycleRule): Reading {
  if (reading.state !== "known") return { state: "unknown" };
  return readPath(reading.value, own ? "abortIncompleteMultipartUploadDays" : "abortIncompleteMultipartUpload.daysAfterInitiation");
}

function asResource(value: Json): Resource {
  return { urn: "", type: "", name: "", inputs: isObject(value) ? value : {} };
}
