import { spawnSync } from "node:child_process";
import { hostname } from "node:os";

/** A lock, as a back end of files keeps it. Source: `lockContent` in pkg/backend/diy/lock.go of pulumi 3.260 (2026-11-26). */
export interface Lock {
  /** What names it: the file's name without `.json`. */
  readonly id: string;
  readonly pid: number;
  readonly username: string;
  readonly hostname: string;
  /** When it was taken, in ISO 8601. */
  readonly timestamp: string;
}

/** `gone`: nobody holds the lock any more. `working`: its owner runs. `unknown`: nobody here can tell. */
export type OwnerState = "gone" | "working" | "unknown";

/** What is known of a process of this machine. */
export interface ProcessState {
  /** When it started, in milliseconds since 1970; absent where the system does not say. */
  readonly started?: number;
  /** It ended, and its parent has not asked how. */
  readonly zombie: boolean;
}

/** `ps` counts in whole seconds, and from the start of the machine, which it knows to a second only. */
const SLACK_MS = 3000;

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else can't be signalled, and so is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Looks at a process of this machine; nothing when there is none of this id. */
export function processState(pid: number): ProcessState | undefined {
  if (!exists(pid)) return undefined;
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const { status, stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8", env });
  if (status !== 0) return exists(pid) ? { zombie: false } : undefined;
  const [, stat = "", began = ""] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
  const started = Date.parse(`${began} UTC`);
  return { zombie: stat.startsWith("Z"), ...(!Number.isNaN(started) && { started }) };
}

/**
 * Whether the owner of a lock is gone. A process that started after the lock was taken has the owner's number, and is not the owner.
 * @param look and `host` say what this machine is; a test gives its own.
 */
export function ownerState(lock: Lock, look: typeof processState = processState, host = hostname()): OwnerState {
  // Two machines that call themselves so are not the same.
  if (lock.hostname !== host || host === "localhost") return "unknown";
  const owner = look(lock.pid);
  if (!owner || owner.zombie) return "gone";
  if (owner.started === undefined) return "working";
  return owner.started > Date.parse(lock.timestamp) + SLACK_MS ? "gone" : "working";
}
