import { isObject, isUnknown, type Json, SECRET } from "./json";

export { isObject, isUnknown, isWhollyKnown, SECRET, UNKNOWN, type Json } from "./json";

/** A property bag of a resource. */
export type Properties = Readonly<Record<string, Json>>;

/**
 * What a resource rule sees: a resource as it is about to be made.
 * The engine tells no more than this when it asks about one resource, so a rule that needs dependencies or outputs is a stack rule.
 */
export interface Resource {
  readonly urn: string;
  /** The type token, for example `aws:rds/cluster:Cluster`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent. */
  readonly parent?: string;
  /** The inputs. Unknown values are the marker `UNKNOWN`. */
  readonly inputs: Properties;
  readonly protect?: boolean;
  /** The old one is deleted before a replacement is made. */
  readonly deleteBeforeReplace?: boolean;
  /** The inputs of the provider that manages it, for rules that say `readsProvider`. Absent: nobody shows it. */
  readonly providerInputs?: Properties;
}

/** What a stack rule sees of each resource: also what it waits for, and what it is known to have become. */
export interface StackResource extends Resource {
  /** The provider it is managed by, as `urn` or `urn::id`; absent for a component. */
  readonly provider?: string;
  /** URNs it waits for. */
  readonly dependencies: readonly string[];
  /** For each input property, the URNs its value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** The outputs; `id` among them where there is one. */
  readonly outputs?: Properties;
}

/** A property is known, absent, or not known yet. `null` counts as absent, as the engine treats it. */
export type Reading =
  | { readonly state: "known"; readonly value: Json }
  | { readonly state: "absent" }
  /** `secret`: it is marked as a secret, and its value was dropped. */
  | { readonly state: "unknown"; readonly secret?: true };

/** True, false, or undefined when it can't be told. */
export type Tri = boolean | undefined;

const ABSENT: Reading = { state: "absent" };
const UNKNOWN_READING: Reading = { state: "unknown" };
const SECRET_READING: Reading = { state: "unknown", secret: true };

/**
 * Reads an input by its path, such as `networkConfiguration.subnets[0]` or `metadata.labels["strata.dev/legacy"]`.
 * Unknown when the value, or anything the path goes through, is unknown. An object or a list is known as soon as it is there;
 * what is inside it may still be unknown.
 */
export function read(resource: Resource, path: string): Reading {
  return readPath(resource.inputs, path);
}

/** As `read`, from any value. */
export function readPath(root: Json | Properties, path: string): Reading {
  const along = steps(path);
  if (along.includes(EACH)) return readAllPaths(root, path)[0] ?? ABSENT;
  // Most paths stand for one value: it is followed without a list for each step.
  let reading: Reading = { state: "known", value: root };
  for (const step of along) {
    if (reading.state !== "known") break;
    const { value }: { value: Json } = reading;
    reading = stepInto(value, step);
  }
  return reading;
}

/**
 * Reads every input a path with `[*]` stands for, such as `subnetMappings[*].subnetId`. Absent ones are left out.
 * An unknown list gives one unknown reading, as nobody can say how many it holds.
 */
export function readAll(resource: Resource, path: string): Reading[] {
  return readAllPaths(resource.inputs, path).filter(({ state }) => state !== "absent");
}

/** Reads a yes or no: absent reads as the provider's default. */
export function readFlag(resource: Resource, path: string, byDefault: boolean): Tri {
  const reading = read(resource, path);
  if (reading.state === "absent") return byDefault;
  if (reading.state === "unknown") return undefined;
  // The engine may carry a boolean as its text.
  return reading.value === true || reading.value === "true";
}

/** The text of a reading; undefined when it is absent, unknown or no text. */
export function text(reading: Reading): string | undefined {
  return reading.state === "known" && typeof reading.value === "string" ? reading.value : undefined;
}

/** True for a value that is marked as a secret, by itself or with what it is in. */
export function isSecret(reading: Reading): boolean {
  return reading.state === "unknown" && reading.secret === true;
}

/** The number of a reading, also when it is carried as text; undefined when it is absent, unknown or no number. */
export function number(reading: Reading): number | undefined {
  if (reading.state !== "known") return undefined;
  if (typeof reading.value === "number") return reading.value;
  return typeof reading.value === "string" && /^-?\d+$/.test(reading.value) ? Number(reading.value) : undefined;
}

/** The elements of a list, each known, absent or unknown; one unknown when the list is; none when it is absent. */
export function elements(reading: Reading): Reading[] {
  if (reading.state === "unknown") return [reading];
  if (reading.state === "absent") return [];
  return Array.isArray(reading.value) ? reading.value.map(reach) : [reading];
}

/** True when any of them is true, false when all are false, undefined when only an unknown one could make it true. */
export function some(values: readonly Tri[]): Tri {
  if (values.includes(true)) return true;
  return values.includes(undefined) ? undefined : false;
}

/** True when all of them are true, false when any is false, undefined when only an unknown one could make it false. */
export function every(values: readonly Tri[]): Tri {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

/** The opposite; undefined when it can't be told. */
export function not(value: Tri): Tri {
  return value === undefined ? undefined : !value;
}

function reach(value: Json | undefined): Reading {
  if (value === undefined || value === null) return ABSENT;
  if (value === SECRET) return SECRET_READING;
  return isUnknown(value) ? UNKNOWN_READING : { state: "known", value };
}

type Step = string | number | typeof EACH;
const EACH = Symbol("each element");

function readAllPaths(root: Json | Properties, path: string): Reading[] {
  let readings: Reading[] = [{ state: "known", value: root }];
  for (const step of steps(path)) readings = readings.flatMap((reading) => follow(reading, step));
  return readings;
}

function follow(reading: Reading, step: Step): Reading[] {
  if (reading.state !== "known") return [reading];
  const { value } = reading;
  if (step === EACH) return Array.isArray(value) ? value.map(reach) : [ABSENT];
  return [stepInto(value, step)];
}

/** One step to one value. */
function stepInto(value: Json, step: Step): Reading {
  if (typeof step === "number") return Array.isArray(value) ? reach(value[step]) : ABSENT;
  return typeof step === "string" && isObject(value) && Object.hasOwn(value, step) ? reach(value[step]) : ABSENT;
}

const parsed = new Map<string, readonly Step[]>();

/** The steps of a path. Throws on a path that can't be read: paths are written in rules, so that is a mistake in a rule. */
function steps(path: string): readonly Step[] {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const token = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[(\*)\]|\["([^"]*)"\]/y;
  const result: Step[] = [];
  while (token.lastIndex < path.length) {
    const at = token.lastIndex;
    const match = token.exec(path);
    if (match === null) throw new Error(`"${path}" is not a property path: cannot read "${path.slice(at)}"`);
    const [, name, index, each, quoted] = match;
    if (name !== undefined) result.push(name);
    else if (index !== undefined) result.push(Number(index));
    else if (each !== undefined) result.push(EACH);
    else result.push(quoted ?? "");
  }
  parsed.set(path, result);
  return result;
}
