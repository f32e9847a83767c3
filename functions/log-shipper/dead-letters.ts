import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { ARCHIVE_PREFIXES } from "../../components/visibility/logs/prefixes";
import { type LogFile, type LogLine, type Unreadable } from "./line";

/** A line that is kept because it went nowhere else. */
export type DeadLine = { readonly reason: string; readonly from: LogFile } & (
  Pick<LogLine, "time" | "environment" | "service" | "source" | "text" | "stream"> | Pick<Unreadable, "text">
);

/** A file that is kept in mind because it could not be read to its end. */
export interface DeadFile {
  readonly reason: string;
  readonly from: LogFile;
}

/** Characters of text a part holds, so that many refused lines do not fill the memory. */
const PART_SIZE = 8_000_000;

/** The same for every delivery of a file, so that a second delivery overwrites what the first kept. */
function nameOf({ bucket, key }: LogFile): string {
  return createHash("sha256").update(`${bucket}/${key}`).digest("hex").slice(0, 32);
}

/** Keeps what went nowhere else, in parts of bearable size. */
export class DeadLetters {
  private lines: DeadLine[] = [];
  private size = 0;
  private part = 0;
  private kept = 0;

  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly from: LogFile,
  ) {}

  /** Lines kept so far. */
  get count(): number {
    return this.kept + this.lines.length;
  }

  async add(line: DeadLine): Promise<void> {
    this.lines.push(line);
    this.size += line.text.length;
    if (this.size >= PART_SIZE) await this.flush();
  }

  /** Writes what was added since; call it before the message is done. */
  async flush(): Promise<void> {
    if (this.lines.length === 0) return;
    const text = this.lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    const key = `${ARCHIVE_PREFIXES.deadLines}${nameOf(this.from)}-${this.part}.jsonl.gz`;
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: gzipSync(text), ContentType: "application/gzip" }));
    this.kept += this.lines.length;
    this.part += 1;
    this.lines = [];
    this.size = 0;
  }

  /** Keeps in mind a file that could not be read to its end. */
  async addFile(reason: string): Promise<void> {
    const key = `${ARCHIVE_PREFIXES.deadFiles}${nameOf(this.from)}.json`;
    const body: DeadFile = { reason, from: this.from };
    await this.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: JSON.stringify(body), ContentType: "application/json" }),
    );
  }
}
