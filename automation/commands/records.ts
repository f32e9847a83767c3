import { Platform } from "../platform";
import { type Environment, type HistoryEntry } from "../records";
import { columns, widest } from "../../plan/text-layout";
import { countsText, type EnvironmentOptions, print } from "./operations";

const DEFAULT_WIDTH = 120;

/** Rows without lines, each column as wide as its widest. */
function table(rows: readonly (readonly string[])[]): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: Math.max(0, count - 1) }, (_, column) =>
    widest(
      rows.map((row) => row[column] ?? ""),
      0,
    ),
  );
  return columns(rows, widths, { width: process.stdout.columns ?? DEFAULT_WIDTH });
}

/** Options of `strata outputs`. */
export interface OutputsOptions extends EnvironmentOptions {
  readonly showSecrets: boolean;
}

export async function outputs(environment: string, { cwd, json, showSecrets }: OutputsOptions): Promise<void> {
  const found = await new Platform({ root: cwd }).outputs(environment, { showSecrets });
  print(json, found, () =>
    Object.entries(found)
      .map(([key, { value }]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join("\n"),
  );
}

function historyRow({ version, operation, began, result, changes }: HistoryEntry): string[] {
  return [version === undefined ? "" : String(version), operation, began, result, countsText(changes)];
}

export async function history(environment: string, { cwd, json }: EnvironmentOptions): Promise<void> {
  const entries = await new Platform({ root: cwd }).history(environment);
  print(json, entries, () => (entries.length === 0 ? `${environment}: nothing was done to it yet` : table(entries.map(historyRow))));
}

function environmentRow({ name, stackFile, stack, resources, lastUpdate, lock, updating, expires }: Environment): string[] {
  const what = stack ? `${resources ?? 0} resources` : "not deployed";
  const holder = lock?.map(({ who, since }) => `locked by ${who}${since === undefined ? "" : ` since ${since}`}`).join(", ");
  return [
    name,
    what,
    lastUpdate === undefined ? "" : `updated ${lastUpdate}`,
    [stackFile ? "" : "no stack file", holder ?? (updating ? "being changed" : ""), expires === undefined ? "" : `expires ${expires}`]
      .filter((text) => text !== "")
      .join(", "),
  ];
}

export async function environments({ cwd, json }: EnvironmentOptions): Promise<void> {
  const all = await new Platform({ root: cwd }).environments();
  print(json, all, () => table(all.map(environmentRow)));
}
