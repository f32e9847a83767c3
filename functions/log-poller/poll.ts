import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type LogSource } from "../../components/visibility/logs/log-store";
import { ARCHIVE_PREFIXES } from "../../components/visibility/logs/prefixes";
import { type Position, type Positions } from "./position";

/** Lines that were read, and the position behind them. */
export interface Found {
  /** Name of the file or table. */
  readonly name: string;
  readonly mark: Position["marks"][string];
  readonly lines: readonly { readonly time: number; readonly text: string }[];
}

/** A log that a service keeps inside. */
export interface PolledLog {
  readonly service: string;
  readonly source: LogSource;
  /** Milliseconds to leave it alone after it was read. Default: none. */
  readonly restMs?: number;
  /** What is behind a position; of each file or table that is still there at least one piece, be it empty. */
  read(position: Position): AsyncIterable<Found>;
}

/** What logs are polled with. */
export interface Polling {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly positions: Positions;
  readonly environment: string;
  readonly now: () => number;
}

/** Writes lines as a file of the archive, named by what was read: the same lines read twice are the same file. */
async function archive({ s3, bucket, environment }: Polling, { service, source }: PolledLog, found: Found, from: string): Promise<void> {
  const text = found.lines.map((line) => `${JSON.stringify({ ...line, environment, service, source })}\n`).join("");
  const name = createHash("sha256")
    .update(JSON.stringify([found.name, from, found.mark]))
    .digest("hex")
    .slice(0, 32);
  const Key = `${ARCHIVE_PREFIXES.polled}${source}/${service}/${name}.jsonl.gz`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: gzipSync(text), ContentType: "application/gzip" }));
}

/**
 * Reads a log from where it was left. Lines are archived before the position behind them is saved: whatever ends the run, they arrive at least
 * once.
 * @returns how many lines were read.
 */
export async function poll(polling: Polling, log: PolledLog): Promise<number> {
  const { positions, now } = polling;
  let position = await positions.read(log.service);
  if (now() - position.polledAt < (log.restMs ?? 0)) return 0;
  let count = 0;
  const seen = new Set<string>();
  for await (const found of log.read(position)) {
    seen.add(found.name);
    const from = position.marks[found.name]?.mark ?? "";
    position = { ...position, marks: { ...position.marks, [found.name]: found.mark } };
    if (found.lines.length === 0) continue;
    await archive(polling, log, found, from);
    await positions.save(log.service, position);
    count += found.lines.length;
  }
  // Files that are rotated away are forgotten.
  const marks = Object.fromEntries(Object.entries(position.marks).filter(([name]) => seen.has(name)));
  await positions.save(log.service, { marks, polledAt: now() });
  return count;
}

/**
 * Reads several logs, one after another; one that cannot be read does not keep the others from it.
 * @throws {AggregateError} with what went wrong, after all were tried.
 */
export async function pollAll(polling: Polling, logs: readonly PolledLog[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const errors: unknown[] = [];
  for (const log of logs)
    try {
      counts[log.service] = await poll(polling, log);
    } catch (error) {
      errors.push(error);
    }
  if (errors.length > 0)
    throw new AggregateError(errors, errors.map((error) => (error instanceof Error ? error.message : String(error))).join("; "));
  return counts;
}
