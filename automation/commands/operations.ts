import { createInterface } from "node:readline/promises";
import colors from "picocolors";
import { UserError } from "../../components/faults";
import { type PlanDocument } from "../../plan/plan-schema";
import { scheduleOf } from "../../plan/schedule/schedule";
import { nameOf, typeOf } from "../../plan/urn";
import { destructionAhead } from "../destruction";
import { NotConfirmed } from "../errors";
import { type EventListener } from "../events/events";
import { guardText } from "../guard/text";
import {
  type ChangeOptions,
  type DriftResult,
  type OperationOptions,
  type OperationResult,
  Platform,
  type PreviewResult,
} from "../platform";
import { type Expectation, expectationOf } from "../progress/expectation";
import { type ProgressMode } from "../progress/modes";
import { type Reporter, reporterFor } from "../progress/reporter";

/** What every command over an environment takes. */
export interface EnvironmentOptions {
  readonly cwd: string;
  readonly json: boolean;
}

/** What a command takes that shows progress. */
export interface ProgressOptions extends EnvironmentOptions {
  readonly progress: ProgressMode;
  readonly parallel?: number;
}

/** What `up` and `destroy` take. */
export interface ChangeCommandOptions extends ProgressOptions {
  readonly yes: boolean;
  readonly allowReplace: readonly string[];
  readonly destroyDurable?: string;
  readonly breakLock?: string;
  readonly settle: readonly string[];
}

/** Prints a result: as JSON, or as people read it. */
export function print(json: boolean, result: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(result, undefined, 2)}\n` : `${text()}\n`);
}

const CHANGE_ORDER = ["create", "import", "update", "replace", "delete", "same"];

/** Counts, such as `3 create, 1 update, 40 same`. */
export function countsText(changes: Readonly<Record<string, number>>): string {
  const place = (op: string): number => (CHANGE_ORDER.includes(op) ? CHANGE_ORDER.indexOf(op) : CHANGE_ORDER.length);
  const counts = Object.entries(changes).sort(([left], [right]) => place(left) - place(right));
  return counts.length === 0 ? "nothing to do" : counts.map(([op, count]) => `${count} ${op}`).join(", ");
}

const MARKS: Readonly<Record<string, string>> = {
  create: colors.green("+"),
  update: colors.yellow("~"),
  delete: colors.red("-"),
  replace: colors.magenta("±"),
};

/** What a preview would change, a line each, and what the guard says of it; what stays the same is only counted. */
export function previewText({ environment, changes, steps, findings }: PreviewResult, operation: "up" | "destroy" = "up"): string {
  const shown = steps.filter(({ op, custom }) => op in MARKS && (custom || op !== "create"));
  const lines = shown.map(({ op, urn, replaceKeys, changedKeys }) => {
    const keys = replaceKeys.length > 0 ? replaceKeys : changedKeys;
    return `  ${MARKS[op] ?? " "} ${op} ${typeOf(urn)} ${nameOf(urn)}${op !== "create" && keys.length > 0 ? `: ${keys.join(", ")}` : ""}`;
  });
  const guarded = guardText(findings, { of: `${operation} of ${environment}` }).trimEnd();
  return [...lines, `${environment}: ${countsText(changes)}`, ...(guarded === "" ? [] : ["", guarded])].join("\n");
}

function resultText({ environment, changes, seconds }: OperationResult): string {
  return `${environment}: ${countsText(changes)}, in ${seconds} s`;
}

function driftText({ environment, drifts }: DriftResult): string {
  if (drifts.length === 0) return `${environment}: the cloud is as the state says`;
  const lines = drifts.flatMap(({ urn, what, properties }) => [
    `  ${typeOf(urn)} ${nameOf(urn)}: ${what === "gone" ? "is gone" : "was changed"}`,
    ...properties.map(
      ({ property, state, cloud }) => `      ${property}: the state has ${JSON.stringify(state)}, the cloud ${JSON.stringify(cloud)}`,
    ),
  ]);
  return [...lines, `${environment}: ${drifts.length} resources differ; strata refresh takes that over, strata up puts it right`].join(
    "\n",
  );
}

/**
 * Lets a person and a system stop an operation in good order. A terminal sends Ctrl-C to the engine itself, which takes a second one as an order to end at once:
 * so only what came to this process alone is handed on.
 */
async function stoppable<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const interrupted = (): void => void (process.stdin.isTTY || stop.abort());
  const terminated = (): void => stop.abort();
  process.on("SIGINT", interrupted).on("SIGTERM", terminated);
  try {
    return await work(stop.signal);
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", terminated);
  }
}

/** Runs an operation with its progress on stderr. */
async function shown<Result>(
  { progress, json, parallel }: ProgressOptions,
  expectation: Expectation,
  work: (options: OperationOptions & { readonly onEvent: EventListener }, reporter: Reporter) => Promise<Result>,
): Promise<Result> {
  const reporter = await reporterFor(expectation, { mode: progress, json });
  try {
    return await stoppable((signal) => work({ signal, onEvent: reporter.take, ...(parallel !== undefined && { parallel }) }, reporter));
  } finally {
    reporter.end();
  }
}

export async function preview(environment: string, options: ProgressOptions): Promise<void> {
  const platform = new Platform({ root: options.cwd });
  const result = await shown(options, [], (given) => platform.preview(environment, given));
  print(options.json, result, () => previewText(result));
}

export async function refresh(environment: string, options: ProgressOptions): Promise<void> {
  const platform = new Platform({ root: options.cwd });
  const result = await shown(options, [], (given) => platform.refresh(environment, given));
  print(options.json, result, () => resultText(result));
}

/** @returns whether the cloud is as the state says. */
export async function drift(environment: string, options: ProgressOptions): Promise<boolean> {
  const platform = new Platform({ root: options.cwd });
  const result = await shown(options, [], (given) => platform.drift(environment, given));
  print(options.json, result, () => driftText(result));
  return result.drifts.length === 0;
}

/** Asks on the terminal, with what would be done. */
async function ask(found: PreviewResult, operation: "up" | "destroy"): Promise<boolean> {
  process.stderr.write(`${previewText(found, operation)}\n`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(`Do this to ${found.environment}? Only "yes" does: `)).trim() === "yes";
  } finally {
    lines.close();
  }
}

/** Bars stand still while somebody reads and answers. */
async function askBetween(found: PreviewResult, operation: "up" | "destroy", reporter: Reporter): Promise<boolean> {
  const resume = reporter.pause();
  return ask(found, operation).finally(resume);
}

/** What an update will do: before its preview as if all were made, after it what was found to be done. */
function expectedOf(plan: PlanDocument, found?: PreviewResult): Expectation {
  return expectationOf(plan.resources, found ? scheduleOf(plan.resources, "update", found.steps) : plan.schedule);
}

/** What a destruction will do, after its preview: everything that the state has goes. */
async function expectedDestruction(platform: Platform, { environment, steps }: PreviewResult): Promise<Expectation> {
  if (steps.length === 0) return [];
  const { resources, schedule } = destructionAhead(await (await platform.stack(environment)).access.export());
  return expectationOf(resources, schedule, true);
}

/** A decision as `urn=id`, or `urn=` where nothing was made. */
function decision(given: string): readonly [string, string | undefined] {
  const at = given.indexOf("=");
  if (at < 0) return [given, undefined];
  return [given.slice(0, at), given.slice(at + 1) || undefined];
}

async function change(operation: "up" | "destroy", environment: string, options: ChangeCommandOptions): Promise<void> {
  const { yes, allowReplace, destroyDurable, breakLock, settle, json } = options;
  if (!yes && !process.stdin.isTTY)
    throw new NotConfirmed(`${environment}: there is no terminal to ask on; give --yes, after a look at strata preview ${environment}`);
  const platform = new Platform({ root: options.cwd });
  const plan = operation === "up" ? await platform.plan(environment) : undefined;
  const expectation = plan ? expectedOf(plan) : [];
  const result = await shown(options, expectation, (given, reporter) => {
    const confirm = async (found: PreviewResult): Promise<boolean> => {
      reporter.expect(plan ? expectedOf(plan, found) : await expectedDestruction(platform, found));
      return yes || askBetween(found, operation, reporter);
    };
    const changing: ChangeOptions = {
      ...given,
      allowReplace,
      decisions: new Map(settle.map(decision)),
      ...(destroyDurable !== undefined && { destroyDurable }),
      ...(breakLock !== undefined && { breakLock }),
      confirm,
      ...(plan && { plan }),
    };
    return platform[operation](environment, changing);
  });
  print(json, result, () => resultText(result));
}

export async function up(environment: string, options: ChangeCommandOptions): Promise<void> {
  return change("up", environment, options);
}

export async function destroy(environment: string, options: ChangeCommandOptions): Promise<void> {
  return change("destroy", environment, options);
}

/** Options of `strata import`. */
export interface ImportCommandOptions extends EnvironmentOptions {
  readonly provider?: string;
  readonly parent?: string;
}

export async function importOne(
  environment: string,
  { type, name, id }: { readonly type: string; readonly name: string; readonly id: string },
  { cwd, json, provider, parent }: ImportCommandOptions,
): Promise<void> {
  const resource = { type, name, id, ...(provider !== undefined && { provider }), ...(parent !== undefined && { parent }) };
  const result = await new Platform({ root: cwd }).import(environment, resource);
  print(json, result, () => `${environment}: ${type} ${name} is its own now; the program must ask for it by the same name and inputs`);
}

export async function cancel(environment: string, { cwd, json }: EnvironmentOptions): Promise<void> {
  await new Platform({ root: cwd }).cancel(environment);
  print(json, { environment, cancelled: true }, () => `${environment}: nobody holds a lock on it any more`);
}

/** Options of `strata orphans`. */
export interface OrphansOptions extends EnvironmentOptions {
  readonly adopt?: string;
  readonly as?: string;
  readonly delete?: string;
}

export async function orphans(environment: string, { cwd, json, adopt, as, delete: gone }: OrphansOptions): Promise<void> {
  const platform = new Platform({ root: cwd });
  if (adopt !== undefined && gone !== undefined) throw new UserError("--adopt and --delete: give one of them");
  if (adopt !== undefined) {
    const urn = await platform.adopt(environment, adopt, as, ({ message }) => process.stderr.write(`${message}\n`));
    return print(json, { environment, adopted: adopt, urn }, () => `${adopt}: is ${urn} now`);
  }
  if (gone !== undefined) {
    const orphan = await platform.deleteOrphan(environment, gone);
    return print(json, { environment, deleted: orphan.id }, () => `${orphan.id}: is deleted`);
  }
  const found = await platform.orphans(environment);
  print(json, found, () =>
    found.length === 0
      ? `${environment}: everything that carries its tags is in its state`
      : found.map(({ id, what, stateful }) => `${id}  ${what}${stateful ? "  may hold data" : ""}`).join("\n"),
  );
}
