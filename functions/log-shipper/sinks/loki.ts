import { gzipSync } from "node:zlib";
import { LOG_LABELS } from "../../../components/visibility/logs/log-store";
import { type LogSink, type PlacedLine, post, type Refusal, shortReason } from "./sink";

/** What a push to Loki is made with. */
export interface LokiOptions {
  /** The whole of `http://<address>:3100/loki/api/v1/push`. */
  readonly url: string;
  /** Lines older than this many hours are not sent: Loki would refuse them. */
  readonly oldestHours: number;
  readonly now: () => number;
}

const MS_PER_HOUR = 3_600_000;
/** Loki's `creation_grace_period`. */
const FUTURE_MS = 600_000;
const ORDER_DIGITS = 6;
/** What an ingester says at the end of its list of refused lines, one list a stream (pkg/ingester/stream.go of Loki 3.7). */
const IGNORED = /total ignored: (\d+) out of (\d+) for stream/g;

type Value = readonly [time: string, text: string] | readonly [time: string, text: string, metadata: Readonly<Record<string, string>>];

function valueOf({ time, order, text, stream }: PlacedLine): Value {
  const nanoseconds = `${time}${String(order).padStart(ORDER_DIGITS, "0")}`;
  return stream === undefined ? [nanoseconds, text] : [nanoseconds, text, { stream }];
}

function labelsOf(line: PlacedLine): Record<string, string> {
  const labels = Object.fromEntries(LOG_LABELS.map((label) => [label, line[label]]));
  return line.replayed === undefined ? labels : { ...labels, replayed: line.replayed };
}

function payload(lines: readonly PlacedLine[]): Uint8Array<ArrayBuffer> {
  const streams = new Map<string, { readonly stream: Record<string, string>; readonly values: Value[] }>();
  for (const line of lines) {
    const stream = labelsOf(line);
    const key = JSON.stringify(stream);
    const known = streams.get(key);
    if (known) known.values.push(valueOf(line));
    else streams.set(key, { stream, values: [valueOf(line)] });
  }
  return new Uint8Array(gzipSync(JSON.stringify({ streams: [...streams.values()] })));
}

/** True when Loki says that it took none of so many lines. */
function refusedAll(answer: string, count: number): boolean {
  let refused = 0;
  let sent = 0;
  for (const [, some, all] of answer.matchAll(IGNORED)) {
    refused += Number(some);
    sent += Number(all);
  }
  return refused === count && sent === count;
}

/**
 * Sends lines to Loki. Of a push with one bad line Loki takes the others and answers 400, without saying which it was: so the push is sent
 * again in halves until the bad ones stand alone. A good line may be taken twice that way; with the same time and text Loki mostly sees that it
 * is the same, and lines arrive at least once anyway.
 */
export function lokiSink({ url, oldestHours, now }: LokiOptions): LogSink {
  const tooOld = (line: PlacedLine): string | undefined => {
    if (line.time < now() - oldestHours * MS_PER_HOUR) return `older than ${oldestHours} hours, which the log store refuses`;
    return line.time > now() + FUTURE_MS ? "in the future, which the log store refuses" : undefined;
  };

  const push = async (lines: readonly PlacedLine[]): Promise<readonly Refusal[]> => {
    if (lines.length === 0) return [];
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const { status, text } = await post(url, payload(lines), headers, fetch);
    if (status < 300) return [];
    if (lines.length === 1 || refusedAll(text, lines.length))
      return lines.map((line) => ({ line, reason: `the log store answers ${status}: ${shortReason(text)}` }));
    const half = Math.ceil(lines.length / 2);
    return [...(await push(lines.slice(0, half))), ...(await push(lines.slice(half)))];
  };

  return {
    send: async (lines) => {
      const refusals: Refusal[] = [];
      const fresh: PlacedLine[] = [];
      for (const line of lines) {
        const reason = tooOld(line);
        if (reason === undefined) fresh.push(line);
        else refusals.push({ line, reason });
      }
      return [...refusals, ...(await push(fresh))];
    },
  };
}
