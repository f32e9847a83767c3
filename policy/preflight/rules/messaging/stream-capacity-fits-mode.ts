import { STREAM_HOURS } from "../../../../facts/limits-streams";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessOneOf, unlessWithin } from "../../../lib/settings/amounts";
import { unlessLeftOut } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";

const MODE = "streamModeDetails.streamMode";
const SHARDS = "shardCount";
const ENCRYPTION = "encryptionType";

/** Left out, a stream is provisioned and keeps its records for a day. */
export const streamCapacityFitsMode = resourceRule({
  id: "stream-capacity-fits-mode",
  title: "A provisioned data stream has shards, one on demand has none, and it keeps records as long as it can",
  severity: "high",
  why: "Kinesis refuses shards on demand, a provisioned stream without them, a retention outside of 1 to 365 days, and KMS without a key.",
  fix: `Set ${SHARDS} to 1 or more, or ${MODE} to ON_DEMAND and drop it; retentionPeriod to 24 to 8760 hours; kmsKeyId with ${ENCRYPTION} KMS.`,
  links: ["https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html"],
  frameworks: [],
  types: ["aws:kinesis/stream:Stream"],
  check: (stream) => [
    refused(stream, [...shards(stream), ...unlessWithin(stream, "retentionPeriod", STREAM_HOURS, "hours"), ...key(stream)]),
  ],
});

function shards(stream: Resource): Finding[] {
  const wrong = unlessOneOf(stream, MODE, ["PROVISIONED", "ON_DEMAND"]);
  if (wrong.length > 0) return wrong;
  const onDemand = text(read(stream, MODE)) === "ON_DEMAND";
  if (onDemand) return unlessLeftOut(stream, SHARDS, `it is on demand and ${SHARDS} is set`);
  if (!isSet(stream, SHARDS)) return [{ what: `it is provisioned and ${SHARDS} is absent`, property: SHARDS }];
  return unlessWithin(stream, SHARDS, { least: 1, most: Number.POSITIVE_INFINITY }, "shards");
}

function key(stream: Resource): Finding[] {
  const type = read(stream, ENCRYPTION);
  if (isSet(stream, "kmsKeyId")) return [];
  if (type.state === "unknown") return [notKnown(ENCRYPTION)];
  return text(type) === "KMS" ? [{ what: `${ENCRYPTION} is KMS and kmsKeyId is absent`, property: "kmsKeyId" }] : [];
}
