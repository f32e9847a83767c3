import { type EventSource, QUEUE_SOURCE } from "../../../../facts/event-sources";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { MAPPING, sourceOf } from "../../../lib/functions/sources";
import { read, type Resource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const property = "startingPosition";

export const eventSourceSaysWhereToBegin = stackRule({
  id: "event-source-says-where-to-begin",
  title: "A mapping of a stream says where to begin, and one of a queue does not",
  severity: "high",
  why: "Lambda refuses to read a stream or a topic without a starting position, or a queue with one.",
  fix: "Set startingPosition to TRIM_HORIZON or LATEST for Kinesis, DynamoDB, Kafka and DocumentDB, and leave it out for SQS and Amazon MQ.",
  links: [QUEUE_SOURCE.source],
  frameworks: [],
  check: (stack) =>
    stack.ofType(MAPPING).map((mapping) => {
      const source = sourceOf(mapping, stack);
      const findings = source === undefined ? [notKnown("eventSourceArn")] : startFindings(mapping, source);
      return judge(mapping, `Lambda refuses ${mapping.name}`, findings);
    }),
});

function startFindings(mapping: Resource, { arn, starts, positions }: EventSource): Finding[] {
  const reading = read(mapping, property);
  if (reading.state === "absent") return starts ? [{ what: `it reads from ${arn} and has no ${property}`, property }] : [];
  if (!starts) return [{ what: `it reads from ${arn} and has a ${property}`, property }];
  if (reading.state === "unknown") return [notKnown(property)];
  const position = text(reading) ?? "";
  if (!positions.includes(position)) return [{ what: `${property} "${position}" is none of ${positions.join(", ")}`, property }];
  const timed = position === "AT_TIMESTAMP" && read(mapping, "startingPositionTimestamp").state === "absent";
  return timed ? [{ what: `${property} is AT_TIMESTAMP and startingPositionTimestamp is not set`, property }] : [];
}
