import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { isSystemError } from "../../components/system-error";

const LINE_END = 10;
const POLL_MS = 2;

/** Sends a signal to the engine that this process has started: `SIGKILL` ends it without a word, `SIGSTOP` holds it until `SIGCONT`. */
export function signalEngine(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
  const children = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(process.pid)], { encoding: "utf8" });
  const pids = [...children.matchAll(/^\s*(\d+) pulumi$/gm)].map(([, pid]) => Number(pid));
  assert.equal(pids.length, 1, children);
  process.kill(pids[0] ?? 0, signal);
}

/** Process id of the parent of each process, by its own. */
function parents(): Map<number, number> {
  const found = new Map<number, number>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      // The name of a program, in brackets, may hold anything.
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      found.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch (error) {
      // It ended meanwhile.
      if (!isSystemError(error, "ENOENT") && !isSystemError(error, "ESRCH")) throw error;
    }
  }
  return found;
}

/** A process and all that it started, and they. */
function treeOf(root: number): number[] {
  const all = [...parents()];
  const tree = [root];
  for (const pid of tree) tree.push(...all.flatMap(([child, parent]) => (parent === pid ? [child] : [])));
  return tree;
}

/** Ends a process and all that it started, at once and without a chance to tidy up, as a machine that goes down does. */
export function killTree(root: number): void {
  for (const pid of treeOf(root)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if (!isSystemError(error, "ESRCH")) throw error;
    }
  }
}

/** Counts what the simulated cloud was asked for and what it answered: two lines an operation in its log. */
export class OperationCount {
  private offset = 0;
  private lines = 0;
  private readonly chunk = Buffer.alloc(1 << 16);

  constructor(private readonly cloud: string) {}

  now(): number {
    let file: number;
    try {
      file = openSync(join(this.cloud, "operations.jsonl"), "r");
    } catch (error) {
      if (isSystemError(error, "ENOENT")) return 0;
      throw error;
    }
    try {
      while (this.offset < fstatSync(file).size) {
        const read = readSync(file, this.chunk, 0, this.chunk.length, this.offset);
        for (const byte of this.chunk.subarray(0, read)) if (byte === LINE_END) this.lines++;
        this.offset += read;
      }
    } finally {
      closeSync(file);
    }
    return this.lines;
  }
}

/**
 * Kills a process and all that it started as soon as the cloud has come to a count.
 * @returns whether it did; false when `ended` came first.
 */
export async function killAt(pid: number, cloud: string, count: number, ended: Promise<unknown>): Promise<boolean> {
  const operations = new OperationCount(cloud);
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (operations.now() < count) return;
      clearInterval(timer);
      killTree(pid);
      resolve(true);
    }, POLL_MS);
    const stop = (): void => {
      clearInterval(timer);
      resolve(false);
    };
    void ended.then(stop, stop);
  });
}
