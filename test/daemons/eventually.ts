import { setTimeout as pause } from "node:timers/promises";

const TRIES = 200;
const PAUSE_MS = 200;

/**
 * Waits until a check passes.
 * @throws {Error} with what was expected and the last failure, when it never did.
 */
export async function eventually(what: string, check: () => void | Promise<void>): Promise<void> {
  let last: unknown;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      await check();
      return;
    } catch (error) {
      last = error;
    }
    await pause(PAUSE_MS);
  }
  throw new Error(`${what}: not after ${(TRIES * PAUSE_MS) / 1_000} s`, { cause: last });
}
