import { createHash } from "node:crypto";

/** Elastic Load Balancing API reference, CreateRule: priorities are 1 to 50,000 (2026-11). */
export const HIGHEST_PRIORITY = 50_000;

/** A path may be at most 128 characters (same page), so a band for each length of path fits. */
const LONGEST_PATH = 128;
const BAND = Math.floor(HIGHEST_PRIORITY / LONGEST_PATH);

/**
 * Listener rule priorities of a set of paths. A longer path always comes before a shorter one, so `/orders` is not swallowed by `/`.
 * Inside a band the place follows from the path itself: adding or removing a path leaves the others where they are,
 * because AWS refuses two rules that swap their priorities in one update.
 * @param others priorities that rules of other paths have, which stay as they are. Default: none.
 * @throws {Error} when more paths of one length exist than fit a band.
 */
export function routePriorities(paths: readonly string[], others: readonly number[] = []): ReadonlyMap<string, number> {
  const taken = new Set(others);
  const priorities = new Map<string, number>();
  for (const path of [...new Set(paths)].sort()) {
    const band = (LONGEST_PATH - Math.min(path.length, LONGEST_PATH)) * BAND;
    const start = createHash("sha256").update(path).digest().readUInt32BE(0) % BAND;
    const offset = Array.from({ length: BAND }, (_, step) => (start + step) % BAND).find((candidate) => !taken.has(band + candidate + 1));
    if (offset === undefined) throw new Error(`more than ${BAND} paths of ${path.length} characters: a listener has no room for ${path}`);
    taken.add(band + offset + 1);
    priorities.set(path, band + offset + 1);
  }
  return priorities;
}
