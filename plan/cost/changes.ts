import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { UserError } from "../../components/faults";
import { suggestion } from "../../components/parse";
import { COST_ASSUMPTION_IDS, type CostAssumptionId } from "../../facts/cost-assumptions";
import { SERVICES_FOLDER } from "../../stacks/catalogue";
import { NAMESPACE, SECTIONS } from "../../stacks/environment";
import { type AssumptionValues } from "./assumptions";

/** A value for a path, of a stack's section or of a service's descriptor. */
interface PathValue {
  /** Section or service. */
  readonly of: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What a question about costs changes first. */
export interface Changes {
  readonly assumptions: AssumptionValues;
  readonly sections: readonly PathValue[];
  readonly descriptors: readonly PathValue[];
}

const PATHS = /^([a-z][a-z0-9-]*)\.([A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*)$/;

/** A copy of a value with one inside it set by its path. */
export function withValue(document: unknown, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  const object = typeof document === "object" && document !== null ? (document as Record<string, unknown>) : {};
  return { ...object, [key]: rest.length === 0 ? value : withValue(object[key], rest, value) };
}

function isAssumption(key: string): key is CostAssumptionId {
  return COST_ASSUMPTION_IDS.some((id) => id === key);
}

/** What YAML makes of a value; text that is none stays text. */
function valueOf(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return text;
  }
}

/** One `--set`, read as an assumption, a section of the stack or a service; else what is wrong with it. */
function read(set: string, services: readonly string[]): Partial<Changes> | string {
  const [, key = "", text = ""] = /^([^=]+)=(.+)$/.exec(set) ?? [];
  if (isAssumption(key)) {
    const value = Number(text);
    return Number.isFinite(value) && value >= 0
      ? { assumptions: { [key]: { value, from: "--set" } } }
      : `--set ${key}: is not a number above or at 0, got ${text}`;
  }
  const inStack = key.startsWith(NAMESPACE);
  const [, of = "", path = ""] = PATHS.exec(inStack ? key.slice(NAMESPACE.length) : key) ?? [];
  if (path === "")
    return `--set ${set}: is not a change; write an assumption such as demand.share=0.5, a key such as ${NAMESPACE}network.nat=single, or a service's such as orders.demand.average=200/s`;
  const change = { of, path: path.split("."), value: valueOf(text) };
  const known = inStack ? Object.keys(SECTIONS) : services;
  if (!known.includes(of))
    return `--set ${set}: ${of} is not a ${inStack ? "section of a stack file" : "service or assumption"}; ${suggestion(of, inStack ? known : [...known, ...COST_ASSUMPTION_IDS])}`;
  return inStack ? { sections: [change] } : { descriptors: [change] };
}

function servicesIn(root: string): string[] {
  return readdirSync(join(root, SERVICES_FOLDER), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/**
 * Reads what `--set` was given.
 * @throws {UserError} with everything that is none of the three.
 */
export function readChanges(root: string, set: readonly string[]): Changes {
  const services = set.length > 0 ? servicesIn(root) : [];
  const all = set.map((one) => read(one, services));
  const wrong = all.filter((one) => typeof one === "string");
  if (wrong.length > 0) throw new UserError(wrong.join("\n"));
  const right = all.filter((one) => typeof one !== "string");
  return {
    assumptions: Object.assign({}, ...right.map(({ assumptions }) => assumptions)) as AssumptionValues,
    sections: right.flatMap(({ sections = [] }) => sections),
    descriptors: right.flatMap(({ descriptors = [] }) => descriptors),
  };
}

/** Configuration with values of its sections changed. */
export function withSections(config: Readonly<Record<string, string>>, changes: Changes["sections"]): Record<string, string> {
  return changes.reduce<Record<string, string>>(
    (changed, { of, path, value }) => {
      const key = `${NAMESPACE}${of}`;
      return { ...changed, [key]: JSON.stringify(withValue(JSON.parse(changed[key] ?? "{}"), path, value)) };
    },
    { ...config },
  );
}

/**
 * Runs something in a copy of the project whose descriptors are changed; everything else in it is the project's own. Nothing is kept.
 * @param root folder of the project.
 */
export async function withDescriptors<Result>(
  root: string,
  changes: Changes["descriptors"],
  run: (root: string) => Promise<Result>,
): Promise<Result> {
  if (changes.length === 0) return run(root);
  const copy = mkdtempSync(join(tmpdir(), "strata-cost-"));
  try {
    for (const name of readdirSync(root)) if (name !== SERVICES_FOLDER) symlinkSync(resolve(root, name), join(copy, name));
    cpSync(join(root, SERVICES_FOLDER), join(copy, SERVICES_FOLDER), { recursive: true });
    for (const { of, path, value } of changes) {
      const file = join(copy, SERVICES_FOLDER, of, "service.yaml");
      writeFileSync(file, stringify(withValue(parse(readFileSync(file, "utf8")), path, value)));
    }
    return await run(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
