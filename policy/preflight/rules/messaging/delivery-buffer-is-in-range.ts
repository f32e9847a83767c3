import { BUFFERING, PARTITIONED_MIB } from "../../../../facts/limits-streams";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, some } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, isSet, unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";

const S3 = "extendedS3Configuration";
const PARTITIONS = `${S3}.dynamicPartitioningConfiguration`;
const CONVERSION = `${S3}.dataFormatConversionConfiguration`;
/** MiB that Firehose gathers where nothing is said; argument types of @pulumi/aws 7.48 (2026-11). */
const DEFAULT_MIB = 5;

/** Left out, Firehose writes after five minutes or 5 MiB. */
export const deliveryBufferIsInRange = resourceRule({
  id: "delivery-buffer-is-in-range",
  title: "A delivery stream gathers for as long and as much as its destination takes",
  severity: "medium",
  why: "Each destination has ranges of its own, and files that are partitioned or converted are gathered to 64 MiB at least; Firehose refuses the stream.",
  fix: `Set bufferingInterval to 0 to 900 seconds (60 for Splunk) and bufferingSize within the destination's range, ${PARTITIONED_MIB.least} or more with partitions or conversion.`,
  links: ["https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html"],
  frameworks: [],
  types: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  check: (stream) => [refused(stream, findings(stream))],
});

function findings(stream: Resource): Finding[] {
  const ranges = Object.entries(BUFFERING).flatMap(([property, { seconds, mib }]) => [
    ...unlessWithin(stream, `${property}.bufferingInterval`, seconds, "seconds"),
    ...unlessWithin(stream, `${property}.bufferingSize`, mib, "MiB"),
  ]);
  return [...ranges, ...gathered(stream)];
}

function gathered(stream: Resource): Finding[] {
  const property = `${S3}.bufferingSize`;
  const converts = isSet(stream, CONVERSION) ? readFlag(stream, `${CONVERSION}.enabled`, true) : false;
  const wants = some([readFlag(stream, `${PARTITIONS}.enabled`, false), converts]);
  const reading = read(stream, property);
  const size = reading.state === "absent" ? DEFAULT_MIB : amount(reading);
  if (wants === false || (size !== undefined && size >= PARTITIONED_MIB.least)) return [];
  if (wants === undefined || size === undefined) return [notKnown(size === undefined ? property : S3)];
  return [{ what: `it partitions or converts and gathers ${size} MiB, and ${PARTITIONED_MIB.least} are needed`, property }];
}
