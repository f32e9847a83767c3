import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isSystemError } from "../../components/system-error";

const PROC = "/proc";
/** Looks one after the other that must all find the same. */
const LOOKS = 3;
const BETWEEN_LOOKS_MS = 1;
/** Where the operating system tells nothing of threads: wall time without a question that is taken for quiet. */
const PATIENCE_MS = 400;

/** Reads of a process that may have ended while we looked; undefined then. */
function read<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (isSystemError(error, "ENOENT") || isSystemError(error, "ESRCH")) return undefined;
    throw error;
  }
}

/** Threads of a process, as folders. */
function threads(pid: number): string[] {
  const folder = `${PROC}/${pid}/task`;
  return (read(() => readdirSync(folder)) ?? []).map((thread) => `${folder}/${thread}`);
}

/** State of a thread: what its `stat` says after the name, which may hold spaces. Source: proc_pid_stat(5), Linux man-pages 6.9. */
function stateOf(thread: string): string {
  const text = read(() => readFileSync(`${thread}/stat`, "latin1")) ?? "";
  return text.charAt(text.lastIndexOf(")") + 2);
}

/** Processes that a process started, by any of its threads. Source: proc_tid_children(5), Linux man-pages 6.9. */
function children(pid: number): number[] {
  return threads(pid).flatMap((thread) =>
    (read(() => readFileSync(`${thread}/children`, "latin1")) ?? "")
      .split(" ")
      .filter((child) => child !== "")
      .map(Number),
  );
}

/** Whether a process below one has work in one of its threads: runs, could run if it got a processor, or waits for a disk. */
function works(root: number): boolean {
  return children(root).some((pid) => threads(pid).some((thread) => "RD".includes(stateOf(thread) || " ")) || works(pid));
}

/**
 * Whether all processes below one only wait: for each other, for a timer, for the clock.
 * Where `/proc` is not there it is said after a while in which nothing happened.
 */
export async function isQuiet(root: number): Promise<boolean> {
  if (!existsSync(`${PROC}/${root}/task/${root}/children`)) {
    await sleep(PATIENCE_MS);
    return true;
  }
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await sleep(BETWEEN_LOOKS_MS);
    if (works(root)) return false;
  }
  return true;
}
