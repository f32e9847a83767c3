import { replacingChanges, STATEFUL_TYPES } from "../../facts/replacements";
import { isUnknown, type Json } from "./json";
import type { Properties, Resource } from "./resource";
import type { Remedy, ResourceRule, RuleConfig, Verdict } from "./rule";

type Changes = Readonly<Record<string, Json>>;

/** What mends a resource, once it is known to be safe. */
export interface Mending {
  /** New values by the path of an input. */
  readonly changes: Changes;
  /** The inputs with them. */
  readonly inputs: Properties;
  /** What was wrong before. */
  readonly message: string;
}

/**
 * Types whose inputs hold an archive. The policy SDK loses the files of one when it hands inputs back to the engine, so none of them is touched.
 * Source: serializeProperty in @pulumi/policy 1.21 deserialize.js (2026-11).
 */
const HOLDS_ARCHIVE: ReadonlySet<string> = new Set([
  "aws:lambda/function:Function",
  "aws:lambda/layerVersion:LayerVersion",
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:synthetics/canary:Canary",
]);

/**
 * Says how a rule would mend a resource; undefined where it keeps to the rule, or can't be mended safely. Settings are read once.
 * Throws when the remedy of the rule does. A check that throws does so again when it judges, and is reported then.
 */
export function mender(rule: ResourceRule, config: RuleConfig): ((resource: Resource) => Mending | undefined) | undefined {
  const remedies = rule.remedies?.(config);
  if (remedies === undefined) return undefined;
  const check = rule.configured(config);
  return (resource) => {
    if (HOLDS_ARCHIVE.has(resource.type)) return undefined;
    const found = failureIn(check, resource);
    if (found === undefined) return undefined;
    const changes = changesOf(remedies(resource));
    if (Object.keys(changes).length === 0) return undefined;
    const inputs = withChanges(resource.inputs, changes);
    if (inputs === undefined || !isHarmless(resource, inputs)) return undefined;
    // What still fails, or can't be told, is for a person.
    if (check({ ...resource, inputs }).some(({ kind }) => kind !== "pass")) return undefined;
    return { changes, inputs, message: found.message };
  };
}

function failureIn(check: (resource: Resource) => readonly Verdict[], resource: Resource): Extract<Verdict, { kind: "fail" }> | undefined {
  try {
    return check(resource).find(isFailure);
  } catch {
    return undefined;
  }
}

function isFailure(verdict: Verdict): verdict is Extract<Verdict, { kind: "fail" }> {
  return verdict.kind === "fail";
}

/** Nothing that keeps data is replaced by the change. */
function isHarmless({ type, inputs }: Resource, next: Properties): boolean {
  return !STATEFUL_TYPES.has(type) || replacingChanges(type, inputs, next).length === 0;
}

function changesOf(remedy: Remedy = {}): Changes {
  return Object.fromEntries(Object.entries(remedy).flatMap(([path, value]) => (value === undefined ? [] : [[path, value]])));
}

/** Inputs with new values; undefined when one of them, or what it stands in, is not known or no object. */
export function withChanges<P extends Readonly<Record<string, unknown>>>(inputs: P, changes: Changes): P | undefined {
  let result: unknown = inputs;
  for (const [path, value] of Object.entries(changes)) {
    const next = withValue(result, steps(path), value);
    if (next === undefined) return undefined;
    result = next.value;
  }
  return result as P;
}

function withValue(value: unknown, [step, ...rest]: readonly string[], next: Json): { value: unknown } | undefined {
  if (step === undefined) return isPlain(value) ? { value: next } : undefined;
  if (value !== undefined && value !== null && !isContainer(value)) return undefined;
  const inner = withValue(value === undefined || value === null ? undefined : ownValue(value, step), rest, next);
  return inner && { value: { ...withOwnValues(value ?? {}), [step]: inner.value } };
}

/** True for a value that may be written over: absent, or known throughout. */
function isPlain(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return !isUnknown(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object") return true;
  return isContainer(value) && Object.values(withOwnValues(value)).every(isPlain);
}

/** True for an object of JSON; not for a list, a secret, an asset or an archive. */
function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A property as it is. The SDK hands out proxies whose `get` unwraps a secret and throws on an unknown, and a descriptor is not a `get`. */
function ownValue(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value as unknown;
}

function withOwnValues(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(object).map((key) => [key, ownValue(object, key)]));
}

/** The steps of a path such as `metadataOptions.httpTokens` or `tags["cost-centre"]`. Elements of lists can't be mended. */
function steps(path: string): string[] {
  const found = [...path.matchAll(/\.?([A-Za-z_$][\w$-]*)|\["([^"]*)"\]/g)];
  if (found.map(([text]) => text).join("") !== path || path === "")
    throw new Error(`"${path}" is not the path of an input that can be mended`);
  return found.map(([, name, quoted]) => name ?? quoted ?? "");
}

/** A resource after it was mended: what repeats the changed inputs among its outputs follows them. */
export function mended<R extends Resource & { readonly outputs?: Properties }>(resource: R, { changes, inputs }: Mending): R {
  if (resource.outputs === undefined) return { ...resource, inputs };
  const changed = [...new Set(Object.keys(changes).map((path) => steps(path)[0] ?? ""))];
  const outputs = Object.fromEntries(changed.map((key) => [key, inputs[key] ?? null]));
  return { ...resource, inputs, outputs: { ...resource.outputs, ...outputs } };
}
