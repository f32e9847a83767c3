import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigError, UserError } from "../components/faults";
import { suggestion } from "../components/parse";
import { PolicyConfigError } from "../policy/lib/fault";
import { CONFIG_FOLDER, judgeStack, type PolicyFiles, readPolicyFiles } from "../policy/lib/judge-stack";
import type { StackResource } from "../policy/lib/resource";
import type { Pack } from "../policy/lib/rule";
import { PACKS } from "../policy/packs";
import program from "../stacks/index";
import { readPreview } from "./real/preview";
import { type RealStack, type SourcePosition } from "./real/resource";
import { readState } from "./real/state";
import { record } from "./record";
import { documentOf, type Policy, type PolicyReport } from "./report/policy-report";
import { readStackFile } from "./stack-file";

/** A file that a command of Pulumi printed. */
export interface RealFile {
  readonly kind: "state" | "preview";
  readonly text: string;
  /** How it is named in faults. */
  readonly name: string;
}

/** What is to be judged, and by what. */
export interface PolicyCheck {
  /** Folder of the project: policy files are looked for from here, and the stack's own file. */
  readonly root: string;
  /** A real stack. Default: the plan of `environment`. */
  readonly file?: RealFile;
  /** Whose levels and settings count. Default: that of the stack's name. */
  readonly environment?: string;
  /** Names of packs. Default: all. */
  readonly packs: readonly string[];
  readonly configFile?: string;
  readonly exceptionsFile?: string;
  /** The day on which exceptions must still hold, as `2026-11-26`. */
  readonly today: string;
}

/** A name that is a part of a file's name and no path. */
const PLAIN_NAME = /^[\w.-]+$/;

/** A pack is known by the name of its folder too. */
const PACK_PREFIX = /^strata-/;

function packsOf(names: readonly string[]): readonly Pack[] {
  const known = PACKS.map(({ name }) => name.replace(PACK_PREFIX, ""));
  const short = names.map((name) => name.replace(PACK_PREFIX, ""));
  for (const name of short) if (!known.includes(name)) throw new UserError(`--pack ${name}: is not a pack; ${suggestion(name, known)}`);
  return short.length === 0 ? PACKS : PACKS.filter(({ name }) => short.includes(name.replace(PACK_PREFIX, "")));
}

/** A file that somebody names must be there: without it, severities would give the levels, and nothing would be excepted. */
function refuseMissing({ root, environment, configFile, exceptionsFile }: PolicyCheck): void {
  for (const [option, file] of Object.entries({ config: configFile, exceptions: exceptionsFile }))
    if (file !== undefined && !existsSync(resolve(root, file))) throw new UserError(`--${option} ${file}: there is no such file`);
  if (environment === undefined || configFile !== undefined) return;
  const files = [`${CONFIG_FOLDER}/${environment}.json`, `Pulumi.${environment}.yaml`];
  if (!PLAIN_NAME.test(environment) || !files.some((file) => existsSync(join(root, file))))
    throw new UserError(`--env ${environment}: is not an environment: there is no ${files.join(" and no ")}`);
}

/** Rules are read from all packs, so that a file for all of them is right also when one pack is asked. */
function filesOf({ root, configFile, exceptionsFile, today }: PolicyCheck, environment: string): PolicyFiles {
  try {
    return readPolicyFiles({
      root,
      environment: PLAIN_NAME.test(environment) ? environment : "",
      packs: PACKS,
      today,
      ...(configFile !== undefined && { configFile }),
      ...(exceptionsFile !== undefined && { exceptionsFile }),
    });
  } catch (error) {
    if (error instanceof PolicyConfigError) throw new ConfigError(error.faults);
    throw error;
  }
}

async function planned(root: string, environment: string): Promise<RealStack> {
  const stack = readStackFile(root, environment);
  const resources = await record(program, stack);
  return { project: stack.project, stack: stack.stack, resources, notes: [] };
}

async function stackOf({ root, file, environment }: PolicyCheck): Promise<RealStack> {
  if (file) return (file.kind === "state" ? readState : readPreview)(file.text, file.name);
  if (environment === undefined) throw new UserError("give --state, --preview, or --env for the plan of an environment");
  return planned(root, environment);
}

function judged(packs: readonly Pack[], resources: readonly StackResource[], { configs, exceptions }: PolicyFiles): Policy {
  const own = Object.fromEntries(Object.entries(configs).filter(([name]) => packs.some((pack) => pack.name === name)));
  return structuredClone(judgeStack(packs, resources, { configs: own, exceptions })) as Policy;
}

/** Where people look for a resource: its line, else the file of the stack or of the project, where that is. */
function locator(root: string, { stack, resources }: RealStack): (urn: string | undefined) => SourcePosition {
  const files = [`Pulumi.${stack}.yaml`, "Pulumi.yaml"];
  const fallback = { file: files.find((file) => PLAIN_NAME.test(file) && existsSync(join(root, file))) ?? "Pulumi.yaml", line: 1 };
  const sources = new Map(resources.map(({ urn, source }) => [urn, source]));
  return (urn) => (urn === undefined ? undefined : sources.get(urn)) ?? fallback;
}

/**
 * Judges a real stack, or a plan, by the packs.
 * @throws {UserError} for everything a person can mend: a file that is none, settings, names.
 */
export async function checkPolicies(check: PolicyCheck): Promise<PolicyReport> {
  const packs = packsOf(check.packs);
  refuseMissing(check);
  const stack = await stackOf(check);
  const files = filesOf(check, check.environment ?? stack.stack);
  const document = documentOf({
    stack: `${stack.project}/${stack.stack}`,
    source: check.file?.kind ?? "plan",
    resources: stack.resources.length,
    notes: [...stack.notes],
    policy: judged(packs, stack.resources, files),
  });
  return { document, packs, locate: locator(check.root, stack) };
}
