import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

/** Characters of a hash: enough that no two contents of a program ever share one. */
const LENGTH = 16;

/** A short text that is another when a file has another path or content. */
export function contentHash(files: Readonly<Record<string, pulumi.Input<string>>>): pulumi.Output<string> {
  const sorted = Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1));
  return pulumi.jsonStringify(sorted).apply((text) => createHash("sha256").update(text).digest("hex").slice(0, LENGTH));
}
