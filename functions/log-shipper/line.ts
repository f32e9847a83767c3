import { type LogSource } from "../../components/visibility/logs/log-store";

/** One entry of a log, as the log store takes it. */
export interface LogLine {
  /** Milliseconds since 1970, of the entry itself, not of its arrival. */
  readonly time: number;
  readonly environment: string;
  readonly service: string;
  readonly source: LogSource;
  readonly text: string;
  /** Stream of CloudWatch Logs: which copy of a service said it. */
  readonly stream?: string;
  /** Day of the entry, when it was refused once and comes again. */
  readonly replayed?: string;
}

/** Text that no entry could be made of. */
export interface Unreadable {
  readonly reason: string;
  readonly text: string;
  /** The file it is from, when that is not the one that was read. */
  readonly from?: LogFile;
}

export type Entry = LogLine | Unreadable;

/** Whether something was made of the text. */
export function isLine(entry: Entry): entry is LogLine {
  return "time" in entry;
}

/** Where a file of log lines is. */
export interface LogFile {
  readonly bucket: string;
  readonly key: string;
}

/** A format of log files. */
export interface LogFormat {
  readonly source: LogSource | "prepared";
  /** Whether a file with this key is of this format: each writer has its own keys. */
  matches(key: string): boolean;
  /** The entries of a file. Nothing that was written is left out: what is no entry comes as unreadable. */
  entries(lines: AsyncIterable<string>, file: LogFile, environment: string): AsyncIterable<Entry>;
}

/** A name that Pulumi made, without what makes it unique: `orders-db-1a2b3c4` is `orders-db` in every life. */
export function plainName(name: string): string {
  return name.replace(/-[0-9a-f]{7}$/, "");
}
