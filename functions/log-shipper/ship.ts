import { DeleteObjectCommand, GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { ARCHIVE_PREFIXES } from "../../components/visibility/logs/prefixes";
import { DeadLetters } from "./dead-letters";
import { formatOf } from "./formats";
import { isLine, type LogFile, type LogFormat } from "./line";
import { type LogSink, type PlacedLine } from "./sinks/sink";
import { type Remainder, textLines } from "./text-lines";

/** What files are shipped with. */
export interface Shipping {
  readonly s3: S3Client;
  readonly sink: LogSink;
  /** Name of the environment, for lines that do not say theirs. */
  readonly environment: string;
  /** Bucket of what goes nowhere else. */
  readonly deadLetterBucket: string;
}

/** What became of a file's lines. */
export interface Shipped {
  readonly accepted: number;
  readonly dead: number;
}

const BATCH_LINES = 5_000;
/** Characters; Loki takes 4 MiB in one message between its parts, and a character may take several bytes. */
const BATCH_SIZE = 1_000_000;
const ORDERS = 1_000_000;
const LONGEST_ID = 32;

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, LONGEST_ID);
}

function isGone(error: unknown): boolean {
  return error instanceof Error && (error.name === "NoSuchKey" || error.name === "NoSuchBucket");
}

/** Sends a file's lines in batches, and keeps those that are refused. */
class Batches {
  private batch: PlacedLine[] = [];
  private size = 0;
  accepted = 0;

  constructor(
    private readonly sink: LogSink,
    private readonly dead: DeadLetters,
    private readonly from: LogFile,
  ) {}

  async add(line: PlacedLine): Promise<void> {
    this.batch.push(line);
    this.size += line.text.length;
    if (this.batch.length >= BATCH_LINES || this.size >= BATCH_SIZE) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.batch.length === 0) return;
    const refusals = await this.sink.send(this.batch);
    for (const { line, reason } of refusals) {
      const { time, environment, service, source, text, stream } = line;
      await this.dead.add({ reason, from: this.from, time, environment, service, source, text, ...(stream !== undefined && { stream }) });
    }
    this.accepted += this.batch.length - refusals.length;
    this.batch = [];
    this.size = 0;
  }
}

async function open(s3: S3Client, { bucket, key }: LogFile): Promise<Readable> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!(Body instanceof Readable)) throw new Error(`${bucket}/${key} has no body to read`);
  return Body;
}

/** Ships the lines of a file, as far as it can be read. @returns why it could not be read to its end. */
async function shipLines(
  shipping: Shipping,
  file: LogFile,
  format: LogFormat,
  batches: Batches,
  dead: DeadLetters,
): Promise<string | undefined> {
  const identity = hash(`${file.bucket}/${file.key}`);
  const seed = Number.parseInt(identity.slice(0, 5), 16) % ORDERS;
  // A second generator between the file and the format keeps what the file says at its end.
  let remainder: Remainder | undefined;
  async function* lines(): AsyncGenerator<string> {
    remainder = yield* textLines(() => open(shipping.s3, file));
  }
  let index = 0;
  for await (const entry of format.entries(lines(), file, shipping.environment)) {
    index += 1;
    if (isLine(entry)) await batches.add({ ...entry, order: (seed + index) % ORDERS, id: `${identity}-${index}` });
    else await dead.add({ from: file, ...entry });
  }
  if (remainder?.text) await dead.add({ reason: remainder.reason, text: remainder.text, from: file });
  return remainder?.reason;
}

/**
 * Ships one file of log lines: every line is taken by the log store, or kept with the reason why not.
 * @throws when the store or S3 cannot be reached now; the same file may then be shipped again.
 */
export async function shipFile(shipping: Shipping, file: LogFile): Promise<Shipped> {
  const dead = new DeadLetters(shipping.s3, shipping.deadLetterBucket, file);
  const format = formatOf(file.key);
  if (!format) {
    await dead.addFile("no known writer of logs has such keys");
    return { accepted: 0, dead: 0 };
  }
  const batches = new Batches(shipping.sink, dead, file);
  try {
    const fault = await shipLines(shipping, file, format, batches, dead);
    await batches.flush();
    await dead.flush();
    if (fault !== undefined) await dead.addFile(fault);
  } catch (error) {
    if (!isGone(error)) throw error;
    await dead.addFile("the file is gone");
  }
  // What was a dead letter is now in the store, or a dead letter anew.
  if (file.bucket === shipping.deadLetterBucket && file.key.startsWith(ARCHIVE_PREFIXES.deadLines))
    await shipping.s3.send(new DeleteObjectCommand({ Bucket: file.bucket, Key: file.key }));
  return { accepted: batches.accepted, dead: dead.count };
}
