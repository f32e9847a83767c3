import { parseJson } from "../../policy/lib/json";
import { type Json } from "../graph";
import { isRecord } from "../simulate/shapes";

/** What of an environment gets into names, ids and ARNs. */
export interface Names {
  readonly environment: string;
  readonly project: string;
}

/** What AWS or Pulumi makes up: ids, account numbers, the ends of generated names. */
const MADE_UP = /\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|Z[0-9A-Z]{12,}|(?=[a-f]*\d)[0-9a-f]{7,}|\d{7,})\b/gi;

/** Secrets Manager ends an ARN with six characters of its own. */
const SECRET_ARN = /(:secret:[^"\s]*?)-[0-9a-zA-Z]{6}(?![\w/-])/g;

/** What AWS puts between the name and the service in the host names of a cluster: `b-1.kafka-1a2b3c4.8bf3b1.c2.kafka.us-east-1.amazonaws.com`. */
const HOST_PART = /(?<=[\w-]\.)(?=[a-z]*\d)[0-9a-z]{6}(?=\.[\w.-]+\.amazonaws\.com)/g;

/** Numbers of a certain length in a text are ids, so no text that is a number as a whole is one. */
const NUMBER = /^\d+(\.\d+)?$/;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * A value without what follows from the environment's own name: `arn:aws:iam::111122223333:role/dev-orders-1a2b3c4` reads as in every other environment.
 * @returns the value, with keys in order, so that two of them can be compared as text.
 */
export function normaliser({ environment }: Names): (value: Json) => Json {
  const name = escaped(environment);
  // Labels of Kubernetes are called `strata.dev/…` in every environment, also in one named dev.
  const own = new RegExp(`(?<![a-z0-9])(?!(?<=strata\\.)${name}/)${name}(?![a-z0-9])`, "gi");
  const text = (value: string) =>
    NUMBER.test(value)
      ? value
      : value.replace(SECRET_ARN, "$1").replace(MADE_UP, "<id>").replace(HOST_PART, "<id>").replace(own, "<environment>");
  const normalise = (value: Json): Json => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(normalise);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [text(key), normalise(inner)] as const);
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  return normalise;
}

/** One input that differs. */
export interface PropertyChange {
  readonly path: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** The object or list that a text is JSON of, such as a policy or the containers of a task; undefined for another text. */
function jsonIn(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  const parsed = parseJson(value);
  return parsed instanceof Error ? undefined : parsed;
}

/** What both elements of two lists are called, such as the variable of a container; undefined where they are not, or not the same. */
function elementName(one: Json, other: Json | undefined): string | undefined {
  const [name, same] = [isRecord(one) ? one["name"] : undefined, isRecord(other) ? other["name"] : undefined];
  return typeof name === "string" && name === same ? name : undefined;
}

/** The elements of a list by their names, in its order; undefined where not every one has a name of its own. */
function byName(list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const named = new Map(list.flatMap((one) => (isRecord(one) && typeof one["name"] === "string" ? [[one["name"], one] as const] : [])));
  return named.size === list.length ? named : undefined;
}

/** Elements of two lists that are the same by name, and those that only one has; undefined where names do not tell, or others stand in another order. */
function elements(
  from: readonly Json[],
  to: readonly Json[],
): readonly (readonly [string, Json | undefined, Json | undefined])[] | undefined {
  const [before, after] = [byName(from), byName(to)];
  if (!before || !after) return undefined;
  const stayed = [...before.keys()].filter((name) => after.has(name));
  if (stayed.join("\n") !== [...after.keys()].filter((name) => before.has(name)).join("\n")) return undefined;
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((name) => [name, before.get(name), after.get(name)]);
}

/**
 * The inputs that differ between two normalised values, each by the path of the smallest part that does, also inside of texts that are JSON. Lists of which one
 * is longer differ as a whole, unless their elements have names: nobody knows otherwise which of them is new.
 */
export function propertyChanges(from: Json | undefined, to: Json | undefined, path = ""): PropertyChange[] {
  if (isRecord(from) && isRecord(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return keys.flatMap((key) => propertyChanges(from[key], to[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
    return from.flatMap((value, index) => propertyChanges(value, to[index], `${path}[${elementName(value, to[index]) ?? index}]`));
  const named = Array.isArray(from) && Array.isArray(to) ? elements(from, to) : undefined;
  if (named) return named.flatMap(([name, one, other]) => propertyChanges(one, other, `${path}[${name}]`));
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const [before, after] = [jsonIn(from), jsonIn(to)];
  if (before !== undefined && after !== undefined) return propertyChanges(before, after, path);
  return [{ path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}
