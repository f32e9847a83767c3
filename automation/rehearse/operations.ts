import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isSystemError } from "../../components/system-error";

const Line = z.strictObject({
  id: z.string(),
  phase: z.enum(["begun", "done", "failed"]),
  action: z.enum(["create", "read", "update", "delete"]),
  urn: z.string(),
  at: z.number(),
  error: z.string().optional(),
});

/** One moment of an operation, as the log keeps it. */
export type OperationLine = z.infer<typeof Line>;

/** An operation that the simulated cloud was asked for. */
export interface Operation {
  readonly action: OperationLine["action"];
  readonly urn: string;
  /** Simulated minutes. */
  readonly begin: number;
  /** Absent while it lasts, and for ever when the provider was killed. */
  readonly end?: number;
  readonly error?: string;
  /** Which entry of the log its begin and its end are: what came first, where nothing takes time. */
  readonly entries: readonly [begin: number, end?: number];
}

const FILE = "operations.jsonl";

/** Keeps what the simulated cloud is asked for; several processes write into one file, a line at a time. */
export class OperationLog {
  /** Process ids come again; this does not. */
  private readonly session = randomUUID();
  private count = 0;

  constructor(private readonly folder: string) {}

  /** @returns what to call when it is over. */
  begin(action: OperationLine["action"], urn: string, at: number): (at: number, error?: string) => void {
    const id = `${this.session}/${++this.count}`;
    this.write({ id, phase: "begun", action, urn, at });
    return (end, error) =>
      this.write({ id, phase: error === undefined ? "done" : "failed", action, urn, at: end, ...(error && { error }) });
  }

  private write(line: OperationLine): void {
    appendFileSync(join(this.folder, FILE), `${JSON.stringify(line)}\n`);
  }
}

/** Every operation of the cloud in a folder, in the order in which they began. */
export function readOperations(folder: string): Operation[] {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), "utf8");
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return [];
    throw error;
  }
  const operations = new Map<string, Operation>();
  for (const [entry, line] of text.trimEnd().split("\n").entries()) {
    const { id, phase, action, urn, at, error } = Line.parse(JSON.parse(line));
    const begun = operations.get(id);
    if (begun && phase !== "begun")
      operations.set(id, { ...begun, end: at, entries: [begun.entries[0], entry], ...(error !== undefined && { error }) });
    else operations.set(id, { action, urn, begin: at, entries: [entry] });
  }
  return [...operations.values()];
}

/** Minutes from the first begin to the last end of some operations; 0 without any. */
export function makespan(operations: readonly Operation[]): number {
  if (operations.length === 0) return 0;
  const ends = operations.map(({ begin, end }) => end ?? begin);
  return ends.reduce((last, end) => Math.max(last, end), 0) - operations.reduce((first, { begin }) => Math.min(first, begin), Infinity);
}
