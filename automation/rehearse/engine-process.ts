import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_MS = 20;

/** What Linux tells of a process; nothing when it is gone by now. */
function told(read: () => string): string | undefined {
  try {
    return read().trim();
  } catch {
    return undefined; // Processes end while they are looked at.
  }
}

/**
 * Process id of the engine that works in a folder: the Automation API keeps it to itself, and a test that kills the engine needs it. Linux only.
 * @param ended aborted when there is nothing to find any more.
 */
export async function engineIn(folder: string, ended: AbortSignal): Promise<number | undefined> {
  const place = realpathSync(folder);
  while (!ended.aborted) {
    const pid = readdirSync("/proc").find(
      (entry) =>
        /^\d+$/.test(entry) &&
        told(() => readFileSync(`/proc/${entry}/comm`, "utf8")) === "pulumi" &&
        told(() => readlinkSync(`/proc/${entry}/cwd`)) === place,
    );
    if (pid !== undefined) return Number(pid);
    await pause(LOOK_MS);
  }
  return undefined;
}
