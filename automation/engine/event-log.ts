import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_MS = 100;
const CHUNK_BYTES = 1 << 16;

/**
 * The file into which the engine writes its events, one JSON a line, each with one write of its own. What it has written is there whatever happens to it.
 *
 * The Automation API lets newer engines send events to a server in this process instead, and shuts that server down when the engine has ended, with what
 * is still on its way; the tail it has for older ones stops without a last look. So it is given no listener, and the file is read here, to its end.
 * Source: `setupEventLog` and `cleanUp` in automation/stack.js of @pulumi/pulumi 3.248 (2026-11-26); github.com/pulumi/pulumi/issues/7773, 10611.
 */
export class EventLog {
  private readonly folder = mkdtempSync(join(tmpdir(), "strata-events-"));
  /** For `--event-log`. */
  readonly path = join(this.folder, "events.jsonl");
  private rest = Buffer.alloc(0);
  private position = 0;

  private constructor(private readonly onLine: (line: string) => void) {
    writeFileSync(this.path, "");
  }

  /**
   * Hands each line to a listener while a piece of work runs, and the last ones after it, before anybody learns how the work ended.
   * A line that was not finished is none: its event did not come to be.
   */
  static async during<Result>(onLine: (line: string) => void, work: (path: string) => Promise<Result>): Promise<Result> {
    const log = new EventLog(onLine);
    const file = await open(log.path, "r");
    const ended = new AbortController();
    // A listener that fails must not end the engine in the middle of its work: it is told of at the end.
    const following = log.follow(file, ended.signal).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    try {
      const result = await work(log.path);
      ended.abort();
      const failed = await following;
      if (failed) throw failed.error;
      return result;
    } finally {
      ended.abort();
      await following;
      await file.close();
      rmSync(log.folder, { recursive: true, force: true });
    }
  }

  private async follow(file: FileHandle, ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      await this.read(file);
      await pause(LOOK_MS, undefined, { signal: ended }).catch(() => undefined); // The end of the work ends the pause, too.
    }
    await this.read(file);
  }

  private async read(file: FileHandle): Promise<void> {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, this.position);
      if (bytesRead === 0) return;
      this.position += bytesRead;
      this.take(chunk.subarray(0, bytesRead));
    }
  }

  private take(bytes: Buffer): void {
    const all = Buffer.concat([this.rest, bytes]);
    const end = all.lastIndexOf("\n") + 1;
    this.rest = all.subarray(end);
    for (const line of all.subarray(0, end).toString("utf8").split("\n")) if (line !== "") this.onLine(line);
  }
}
