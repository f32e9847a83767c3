import { z } from "zod";
import { type Json, SECRET } from "../plan/graph";
import { readStackFile } from "../plan/stack-file";
import { type LockHolder } from "./errors";

/** Something that an environment gives to others. */
export interface Output {
  /** `[secret]` for a secret, unless it was asked for. */
  readonly value: Json;
  readonly secret: boolean;
}

const Outputs = z.record(z.string(), z.custom<Json>());

/**
 * Reads what `pulumi stack output --json` prints.
 * @param clear the same with `--show-secrets`, when they are wanted.
 */
export function readOutputs(masked: string, clear?: string): Readonly<Record<string, Output>> {
  const [shown, values] = [masked, clear ?? masked].map((text) => Outputs.parse(JSON.parse(text)));
  return Object.fromEntries(
    Object.entries(shown ?? {}).map(([key, value]) => [
      key,
      { value: values?.[key] ?? null, secret: JSON.stringify(value).includes(SECRET) },
    ]),
  );
}

/** An operation that ended. */
export interface HistoryEntry {
  readonly version?: number;
  /** `update`, `destroy`, `refresh`, `import` … */
  readonly operation: string;
  readonly began: string;
  readonly ended?: string;
  /** `succeeded`, `failed`, `in-progress`. */
  readonly result: string;
  readonly changes: Readonly<Record<string, number>>;
  readonly message?: string;
}

/** The configuration of each update is left out: it may be secret, and the stack file has it. */
const History = z.array(
  z.object({
    version: z.int().optional(),
    kind: z.string(),
    startTime: z.string(),
    endTime: z.string().optional(),
    result: z.string(),
    resourceChanges: z.record(z.string(), z.int()).nullish(),
    message: z.string().optional(),
  }),
);

/** Reads what `pulumi stack history --json` prints, the newest first. */
export function readHistory(text: string): readonly HistoryEntry[] {
  const entries = History.parse(JSON.parse(text.trim() === "" ? "[]" : text) ?? []);
  return entries.map(({ version, kind, startTime, endTime, result, resourceChanges, message }) => ({
    ...(version !== undefined && version > 0 && { version }),
    operation: kind,
    began: startTime,
    ...(endTime !== undefined && { ended: endTime }),
    result,
    changes: resourceChanges ?? {},
    ...(message && { message }),
  }));
}

/** A stack as the back end lists it. */
export interface ListedStack {
  readonly name: string;
  readonly lastUpdate?: string;
  readonly resources?: number;
  readonly updating: boolean;
}

const Stacks = z.array(
  z.object({
    name: z.string(),
    lastUpdate: z.string().nullish(),
    resourceCount: z.int().nullish(),
    updateInProgress: z.boolean().nullish(),
  }),
);

/** Reads what `pulumi stack ls --json` prints. */
export function readStacks(text: string): readonly ListedStack[] {
  return (Stacks.nullable().parse(JSON.parse(text)) ?? []).map(({ name, lastUpdate, resourceCount, updateInProgress }) => ({
    // Pulumi Cloud names the organization, too.
    name: name.split("/").at(-1) ?? name,
    ...(lastUpdate && { lastUpdate }),
    ...(typeof resourceCount === "number" && { resources: resourceCount }),
    updating: updateInProgress ?? false,
  }));
}

/** An environment, as far as files and the back end know it. */
export interface Environment {
  readonly name: string;
  /** There is a `Pulumi.<name>.yaml`. */
  readonly stackFile: boolean;
  /** The back end has a stack of it. */
  readonly stack: boolean;
  /** Its data must not be lost; absent without a stack file that says so. */
  readonly durable?: boolean;
  readonly lastUpdate?: string;
  readonly resources?: number;
  /** The back end says that somebody changes it now. */
  readonly updating: boolean;
  /** Who holds locks on it; absent when nobody does, or the back end keeps none that can be listed. */
  readonly lock?: readonly LockHolder[];
  /** When it goes, as its stack file says. */
  readonly expires?: string;
}

const EnvironmentSection = z.object({ durable: z.boolean().optional(), expires: z.string().optional() });

/** What a stack file says of its environment; nothing when that cannot be read, because a list must not end at one bad file. */
function sectionOf(root: string, name: string): z.output<typeof EnvironmentSection> {
  const { config, project } = readStackFile(root, name);
  const text = config[`${project}:environment`] ?? "{}";
  const section = EnvironmentSection.safeParse(text.startsWith("{") ? JSON.parse(text) : {});
  return section.success ? section.data : {};
}

/** Environments by files and by back end, by name. */
export function joinEnvironments(
  root: string,
  files: readonly string[],
  stacks: readonly ListedStack[],
  locks: ReadonlyMap<string, readonly LockHolder[]>,
): readonly Environment[] {
  const names = [...new Set([...files, ...stacks.map(({ name }) => name)])].sort();
  return names.map((name) => {
    const stackFile = files.includes(name);
    const stack = stacks.find((one) => one.name === name);
    const lock = locks.get(name);
    const { durable, expires } = stackFile ? sectionOf(root, name) : {};
    return {
      name,
      stackFile,
      stack: stack !== undefined,
      ...(durable !== undefined && { durable }),
      ...(stack?.lastUpdate !== undefined && { lastUpdate: stack.lastUpdate }),
      ...(stack?.resources !== undefined && { resources: stack.resources }),
      updating: stack?.updating ?? lock !== undefined,
      ...(lock && { lock }),
      ...(expires !== undefined && { expires }),
    };
  });
}
