import { z } from "zod";
import { type LogSource } from "../../../components/visibility/logs/log-store";
import { ARCHIVE_PREFIXES } from "../../../components/visibility/logs/prefixes";
import { type Entry, type LogFile, type LogFormat, type LogLine, plainName } from "../line";

/** What CloudWatch Logs sends to a subscription (CloudWatch Logs user guide, "Account-level subscription filters", 2026-11). */
const Message = z.discriminatedUnion("messageType", [
  z.object({ messageType: z.literal("CONTROL_MESSAGE") }),
  z.object({
    messageType: z.literal("DATA_MESSAGE"),
    logGroup: z.string(),
    logStream: z.string(),
    logEvents: z.array(z.object({ timestamp: z.number(), message: z.string() })),
  }),
]);

/** Groups of AWS services by the start of their names, with what wrote them; the name of the store follows. */
const GROUPS: readonly { readonly start: RegExp; readonly source: LogSource }[] = [
  { start: /^\/aws\/rds\/(?:instance|cluster)\/([^/]+)\//, source: "rds" },
  { start: /^\/aws\/amazonmq\/broker\/([^/]+)\//, source: "amazon-mq" },
  { start: /^\/aws\/redshift\/(?:cluster\/)?([^/]+)\//, source: "redshift" },
  { start: /^\/aws\/(?:eks|lambda|codebuild|apigateway|ecs\/containerinsights|containerinsights)\/([^/]+)/, source: "cloudwatch" },
];

/** Groups of Strata are named by environment and service, as `ServiceLogs` makes them. */
const OWN_GROUP = /^\/strata\/([^/]+)\/([^/]+)\//;

/** Labels of what a log group holds. */
export function groupLabels(group: string, environment: string): Pick<LogLine, "environment" | "service" | "source"> {
  const [, owner, service] = OWN_GROUP.exec(group) ?? [];
  if (owner !== undefined && service !== undefined) return { environment: owner, service, source: "cloudwatch" };
  for (const { start, source } of GROUPS) {
    const name = start.exec(group)?.[1];
    if (name !== undefined) return { environment, service: plainName(name), source };
  }
  return { environment, service: plainName(group.replace(/^\/+/, "").replaceAll("/", "-")), source: "cloudwatch" };
}

/**
 * JSON objects that stand one after another, with or without something between them. What is not inside an object is a piece of its own.
 */
export function splitObjects(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{") {
      if (depth === 0 && at > start) pieces.push(text.slice(start, at));
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === "}" && depth > 0) {
      depth -= 1;
      if (depth === 0) {
        pieces.push(text.slice(start, at + 1));
        start = at + 1;
      }
    }
  }
  if (start < text.length) pieces.push(text.slice(start));
  return pieces.filter((piece) => piece.trim() !== "");
}

function* entriesOf(text: string, environment: string): Generator<Entry> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    yield { reason: `not a record of a subscription: ${error instanceof Error ? error.message : String(error)}`, text };
    return;
  }
  const { data, error } = Message.safeParse(json);
  if (!data) {
    yield { reason: `not a record of a subscription: ${z.prettifyError(error).replace(/\s+/g, " ")}`, text };
    return;
  }
  // CloudWatch Logs only asks whether anybody is there.
  if (data.messageType === "CONTROL_MESSAGE") return;
  const labels = groupLabels(data.logGroup, environment);
  for (const { timestamp, message } of data.logEvents)
    yield { time: timestamp, ...labels, text: message.replace(/\n$/, ""), stream: data.logStream };
}

/** Log groups of CloudWatch, as their subscription brings them by Firehose. */
export const LOG_GROUP: LogFormat = {
  source: "cloudwatch",
  matches: (key) => key.startsWith(ARCHIVE_PREFIXES.cloudwatch),
  async *entries(lines: AsyncIterable<string>, _file: LogFile, environment: string): AsyncGenerator<Entry> {
    // Records end with a line end only where Firehose was told to put one there.
    for await (const line of lines) for (const piece of splitObjects(line)) yield* entriesOf(piece, environment);
  },
};
