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
  const own = new RegExp(`(?<![a-z0-9])${escaped(environment)}(?![a-z0-9])`, "gi");
  const text = (value: string) =>
    NUMBER.test(value) ? value : value.replace(SECRET_ARN, "$1").replace(MADE_UP, "<id>").replace(own, "<environment>");
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

/** The inputs that differ between two normalised values, each by the path of the smallest part that does. Lists differ as a whole. */
export function propertyChanges(from: Json | undefined, to: Json | undefined, path = ""): PropertyChange[] {
  if (isRecord(from) && isRecord(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return keys.flatMap((key) => propertyChanges(from[key], to[key], path === "" ? key : `${path}.${key}`));
  }
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  return [{ path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}
