import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { z } from "zod";
import { ConfigError, type Fault, UserError } from "../../components/faults";
import { suggestion } from "../../components/parse";
import { type Descriptor } from "../../components/service/descriptor";
import { environments, readStackFile } from "../../plan/stack-file";
import { readCatalogue } from "../../stacks/catalogue";
import { type ChangeOptions, type OperationResult } from "../platform";
import { type EphemeralSettings, ephemeralConfig, type StackValues } from "./ephemeral-config";
import { expiryOf, isExpired } from "./expiry";
import { freeCidr } from "./free-cidr";

/** How an ephemeral environment is asked for. */
export interface EphemeralOptions {
  /** Environment it is made like. */
  readonly from: string;
  /** How long it may live: `3d`, `8h`. */
  readonly expires: string;
  /** Who asked for it. */
  readonly owner: string;
  /** Services it has; those that they call come with them. Default: all that the base has. */
  readonly services?: readonly string[];
  /** Most it may cost in a month, in USD at list prices. Default: the base's budget. */
  readonly monthlyUsd?: number;
}

/** An ephemeral environment, as its stack file says it. */
export interface EphemeralEnvironment {
  readonly name: string;
  /** Name of its stack file, in the folder of the project. */
  readonly file: string;
  readonly from: string;
  readonly owner: string;
  readonly expires: string;
  readonly cidr: string;
}

/** What destroys an environment: the library's `Platform`. */
export interface Destroyer {
  destroy(environment: string, options?: ChangeOptions): Promise<OperationResult>;
  removeStack(environment: string): Promise<void>;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;
const LONGEST_NAME = 20;

const Stack = z.looseObject({
  config: z.looseObject({
    "strata:environment": z.looseObject({ owner: z.string() }),
    "strata:network": z.looseObject({ cidr: z.string() }),
    "strata:ephemeral": z.looseObject({ from: z.string(), expires: z.string() }),
  }),
});

/**
 * Checks the name of an ephemeral environment. It has a hyphen, so that none can take the place of an environment that stays.
 * @throws {UserError} when it is not one.
 */
export function checkName(name: string): void {
  if (!NAME.test(name) || name.length > LONGEST_NAME)
    throw new UserError(
      `${JSON.stringify(name)}: is no name of an ephemeral environment; use a-z, 0-9 and at least one -, ${LONGEST_NAME} characters at most, such as pr-123`,
    );
}

function fileOf(name: string): string {
  return `Pulumi.${name}.yaml`;
}

function readValues(root: string, name: string): StackValues {
  const document = parseDocument(readFileSync(join(root, fileOf(name)), "utf8")).toJS() as { config?: StackValues } | null;
  return document?.config ?? {};
}

/** Ranges that stack files use or reserve. */
function takenRanges(root: string): string[] {
  return environments(root).flatMap((name) => {
    const network = z
      .looseObject({ cidr: z.string().optional(), reserved: z.array(z.looseObject({ cidr: z.string() })).optional() })
      .safeParse(readValues(root, name)["strata:network"]);
    if (!network.success) return [];
    const { cidr, reserved = [] } = network.data;
    return [...(cidr === undefined ? [] : [cidr]), ...reserved.map((range) => range.cidr)];
  });
}

/** The services named and all that they call, and what those call. */
function withCalled(names: readonly string[], descriptors: readonly Descriptor[]): ReadonlySet<string> {
  const wanted = new Set<string>();
  const add = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    const descriptor = descriptors.find((one) => one.name === name);
    for (const need of descriptor?.needs ?? []) if ("service" in need) add(need.service);
    for (const other of descriptor?.together ?? []) add(other);
  };
  names.forEach(add);
  return wanted;
}

/** Services of the catalogue that an environment of only these leaves out, and the relational stores that it has. */
function servicesOf(root: string, only: readonly string[] | undefined): Pick<EphemeralSettings, "disabled" | "databases"> {
  const { entries, faults } = readCatalogue(root);
  const descriptors = entries.map(({ descriptor }) => descriptor);
  const known = descriptors.map(({ name }) => name);
  const unknown = (only ?? [])
    .filter((name) => !known.includes(name))
    .map((name): Fault => ({ key: "--only", what: "is no service of the catalogue", got: name, right: suggestion(name, known) }));
  if (faults.length + unknown.length > 0) throw new ConfigError([...unknown, ...faults]);
  const wanted = only ? withCalled(only, descriptors) : new Set(known);
  const needs = descriptors.filter(({ name }) => wanted.has(name)).flatMap((descriptor) => descriptor.needs ?? []);
  return {
    disabled: known.filter((name) => !wanted.has(name)),
    databases: new Set(needs.flatMap((need) => ("store" in need ? [need.name] : []))),
  };
}

function budgetOf(base: StackValues, from: string): number {
  const budget = z.looseObject({ monthlyUsd: z.number() }).safeParse(base["strata:budget"]);
  if (!budget.success)
    throw new ConfigError([{ key: `${fileOf(from)}: strata:budget.monthlyUsd`, what: "is missing", right: "give it, or --budget" }]);
  return budget.data.monthlyUsd;
}

/**
 * Makes the stack file of an ephemeral environment: one that is like another, cheap, with a range of its own and an end. Nothing is deployed.
 * @param root folder of the project.
 * @throws {UserError} {ConfigError} when the name is taken or none, there is no such base, or the base cannot be followed.
 */
export function createEphemeral(
  name: string,
  { from, expires, owner, services, monthlyUsd }: EphemeralOptions,
  { root, now = new Date() }: { readonly root: string; readonly now?: Date },
): EphemeralEnvironment {
  checkName(name);
  const file = fileOf(name);
  if (existsSync(join(root, file)))
    throw new UserError(`${name}: has a stack file already; destroy it first (strata env destroy ${name}), or choose another name`);
  readStackFile(root, from);
  if (monthlyUsd !== undefined && !(monthlyUsd > 0))
    throw new UserError(`--budget: is no amount of money, got ${JSON.stringify(monthlyUsd)}; give USD a month, above 0`);
  const base = readValues(root, from);
  if (base["strata:ephemeral"] !== undefined)
    throw new UserError(`${from}: is ephemeral itself; make ${name} from an environment that stays`);
  const settings: EphemeralSettings = {
    name,
    from,
    owner,
    expires: expiryOf(expires, now),
    cidr: freeCidr(name, takenRanges(root)),
    monthlyUsd: monthlyUsd ?? budgetOf(base, from),
    ...servicesOf(root, services),
  };
  const config = ephemeralConfig(base, settings);
  const head = `# Made by strata env create ${name} --from ${from}; gone with strata env destroy ${name}.\n`;
  // Two that ask for one name at once: the second finds the file.
  writeFileSync(join(root, file), head + stringify({ config }), { flag: "wx" });
  return { name, file, from, owner, expires: settings.expires, cidr: settings.cidr };
}

/** The ephemeral environments that have a stack file, by name. */
export function ephemeralEnvironments(root: string): EphemeralEnvironment[] {
  return environments(root).flatMap((name) => {
    const stack = Stack.safeParse({ config: readValues(root, name) });
    if (!stack.success) return [];
    const { "strata:environment": environment, "strata:network": network, "strata:ephemeral": ephemeral } = stack.data.config;
    const { from, expires } = ephemeral;
    return [{ name, file: fileOf(name), from, owner: environment.owner, expires, cidr: network.cidr }];
  });
}

/** Those whose time is over. */
export function expiredEnvironments(root: string, now = new Date()): EphemeralEnvironment[] {
  return ephemeralEnvironments(root).filter(({ expires }) => isExpired(expires, now));
}

/**
 * Destroys an ephemeral environment, and removes its stack and its stack file: nothing of it is left to be looked after. Both stay when something
 * could not be deleted.
 * @throws {UserError} when it is none: an environment that stays is destroyed by `strata destroy` alone.
 */
export async function destroyEphemeral(
  name: string,
  platform: Destroyer,
  { root, ...options }: ChangeOptions & { readonly root: string },
): Promise<OperationResult> {
  const known = ephemeralEnvironments(root);
  const found = known.find((one) => one.name === name);
  if (!found)
    throw new UserError(
      `${name}: is no ephemeral environment; ${
        known.length === 0
          ? "there is none"
          : suggestion(
              name,
              known.map((one) => one.name),
            )
      }`,
    );
  const result = await platform.destroy(name, options);
  await platform.removeStack(name);
  rmSync(join(root, found.file));
  return result;
}
