import { resolve } from "node:path";
import Table from "cli-table3";
import colors from "picocolors";
import { wrapped } from "../../plan/report/wrapped";
import { Platform } from "../platform";
import { type Check, type Verdict } from "../setup/checks";
import { doctor as examine } from "../setup/doctor";
import { initialize, type InitOptions } from "../setup/init";
import { type EnvironmentOptions, print } from "./operations";

const SIGNS: Readonly<Record<Verdict, string>> = { fine: colors.green("✓"), wrong: colors.red("✗"), unknown: colors.yellow("?") };

const WIDE = 120;
const NARROW = 80;
const WHAT = 34;
const SIGN = 3;
const PADDING = 1;

/** The checks as one table: what, what was found, how to mend it. */
export function doctorText(checks: readonly Check[]): string {
  const rest = Math.max(NARROW, process.stdout.columns ?? WIDE) - WHAT - SIGN - 5;
  const mended = Math.floor(rest / 2);
  const rows = new Table({
    head: ["", "what", "found", "to mend it"],
    colWidths: [SIGN, WHAT, rest - mended, mended],
    style: { head: [], border: [], "padding-left": 1, "padding-right": 0 },
  });
  // A word that is longer than its column, such as a URL, is broken, and no other.
  const fit = (text: string, width: number): string => wrapped(text, width - PADDING).join("\n");
  rows.push(
    ...checks.map(({ what, verdict, found, mend = "" }) => [SIGNS[verdict], fit(what, WHAT), fit(found, rest - mended), fit(mend, mended)]),
  );
  return rows.toString();
}

/** Options of `strata doctor`. */
export interface DoctorCommandOptions extends EnvironmentOptions {
  readonly install: boolean;
}

/** Options of `strata init`. */
export type InitCommandOptions = InitOptions & EnvironmentOptions;

/** @returns false when something has to be mended. What could not be checked is shown, and stops nobody. */
export async function doctor(environment: string | undefined, { cwd, json, install }: DoctorCommandOptions): Promise<boolean> {
  const checks = await examine({ root: resolve(cwd), install, ...(environment !== undefined && { environment }) });
  print(json, checks, () => doctorText(checks));
  return checks.every(({ verdict }) => verdict !== "wrong");
}

/** @returns false when something has to be mended before it can be deployed. */
export async function init(environment: string, { cwd, json, ...options }: InitCommandOptions): Promise<boolean> {
  const { done } = await initialize(new Platform({ root: cwd }), environment, options);
  const checks = await examine({ root: resolve(cwd), environment });
  print(json, { environment, done, checks }, () =>
    [...(done.length > 0 ? done : [`${environment}: was set up already`]), doctorText(checks)].join("\n"),
  );
  return checks.every(({ verdict }) => verdict !== "wrong");
}
