import { resolve } from "node:path";
import { readConfig } from "./config-file";
import { type Configs, evaluate, type Evaluation } from "./evaluate";
import { type Exceptions } from "./exceptions";
import { readExceptions } from "./exceptions-file";
import { PolicyConfigError } from "./fault";
import { settingsOf } from "./levels";
import type { StackResource } from "./resource";
import type { Level, Pack } from "./rule";

/** What the policies of a project are told about one environment. */
export interface PolicyFiles {
  /** Levels and settings, as `policy/config/<environment>.json` gives them. */
  readonly configs: Configs;
  readonly exceptions: Exceptions;
}

/** Where the files of policies are in a project, named as a person would. */
export const CONFIG_FOLDER = "policy/config";
export const EXCEPTIONS_FILE = "policy/exceptions.json";

/** Which files are read, and on which day. */
export interface PolicyFilesOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Name of the stack. */
  readonly environment: string;
  readonly packs: readonly Pack[];
  /** The day of the evaluation, as `2026-11-26`. */
  readonly today: string;
  /** File of levels and settings, from the folder of the project. Default: `policy/config/<environment>.json`. */
  readonly configFile?: string;
  /** File of exceptions, from the folder of the project. Default: `policy/exceptions.json`. */
  readonly exceptionsFile?: string;
}

/**
 * Reads the levels, settings and exceptions of an environment. Without its file, severities give the levels; without exceptions there are none.
 * @throws {PolicyConfigError} with every fault of both files.
 */
export function readPolicyFiles(options: PolicyFilesOptions): PolicyFiles {
  const {
    root,
    environment,
    packs,
    today,
    configFile = `${CONFIG_FOLDER}/${environment}.json`,
    exceptionsFile = EXCEPTIONS_FILE,
  } = options;
  const ids = new Set(packs.flatMap((pack) => pack.rules.map(({ id }) => id)));
  const rules = { has: (id: string) => ids.has(id), names: () => [...ids] };
  const { configs, faults } = readConfig(resolve(root, configFile), packs, configFile);
  const { exceptions, faults: others } = readExceptions(resolve(root, exceptionsFile), { today, rules }, exceptionsFile);
  if (faults.length + others.length > 0) throw new PolicyConfigError([...faults, ...others]);
  return { configs, exceptions };
}

/** A pack and how many of its rules have which level; a level that no rule has is left out. */
export interface JudgedPack {
  readonly name: string;
  readonly rules: number;
  readonly levels: Readonly<Partial<Record<Level, number>>>;
}

/** Everything that packs say about a stack. */
export interface Judgement extends Evaluation {
  readonly packs: readonly JudgedPack[];
}

/**
 * Judges the resources of a stack (those of a plan, of a preview or of a state) by packs, as the engine would.
 * @throws {PolicyConfigError} when settings are wrong.
 */
export function judgeStack(packs: readonly Pack[], resources: readonly StackResource[], { configs, exceptions }: PolicyFiles): Judgement {
  const evaluation = evaluate(packs, resources, configs, exceptions);
  return { packs: packs.map((pack) => judged(pack, configs)), ...evaluation };
}

function judged({ name, rules }: Pack, configs: Configs): JudgedPack {
  const levels: Partial<Record<Level, number>> = {};
  for (const rule of rules) {
    const { level } = settingsOf(rule, configs[name] ?? {});
    levels[level] = (levels[level] ?? 0) + 1;
  }
  return { name, rules: rules.length, levels };
}

/** What decides whether a stack may be deployed. */
export interface Decisive {
  readonly violations: readonly { readonly level: string }[];
  readonly broken: readonly unknown[];
  readonly exceptions: readonly { readonly state: string }[];
}

/** Whether a stack may be deployed: no mandatory rule is broken, no exception is expired, and every rule came to a verdict of its own. */
export function mayDeploy({ violations, broken, exceptions }: Decisive): boolean {
  return (
    broken.length === 0 && !violations.some(({ level }) => level === "mandatory") && !exceptions.some(({ state }) => state === "expired")
  );
}
