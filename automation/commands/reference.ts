import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { plannedOutputs } from "../../plan/recorded-outputs";

/** Options of `strata reference`. */
export interface ReferenceCommandOptions {
  readonly out?: string;
  readonly check: boolean;
  readonly cwd: string;
}

/**
 * Prints or writes what an environment will export, for plans and tests of service repositories.
 * @returns false when only checking and the file is not what it should be.
 */
export async function reference(environment: string, { out, check, cwd }: ReferenceCommandOptions): Promise<boolean> {
  const text = `${JSON.stringify(await plannedOutputs(resolve(cwd), environment), undefined, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return true;
  }
  const isFresh = existsSync(out) && readFileSync(out, "utf8") === text;
  if (!check && !isFresh) writeFileSync(out, text);
  process.stdout.write(`${out}: ${isFresh ? "is up to date" : check ? "is not up to date; leave --check out" : "written"}\n`);
  return isFresh || !check;
}
