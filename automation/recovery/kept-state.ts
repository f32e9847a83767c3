import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type State } from "./state";

/** Folder of copies, in that of the project; not for a repository, because a state tells a lot of an account. */
export const KEPT_FOLDER = ".strata/states";

/** Only its owner may read it. */
const PRIVATE = 0o600;

/**
 * Keeps a copy of a state before it is edited: `pulumi stack import --file <copy>` brings it back. Its secrets are encrypted.
 * @returns path of the copy, named by stack and time.
 */
export function keepState(folder: string, stack: string, state: State, now: Date): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${stack}.${now.toISOString().replaceAll(":", "-")}.json`);
  writeFileSync(path, `${JSON.stringify(state, undefined, 2)}\n`, { mode: PRIVATE });
  return path;
}
