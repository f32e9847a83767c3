import { isDeepStrictEqual } from "node:util";
import { type Json, type Properties, UNKNOWN } from "../../plan/graph";

/** For each resource type, the input properties whose change makes a new resource in place of the old. */
export type Replacements = Readonly<Record<string, readonly string[]>>;

/** How one input property differs. */
export type Change = "add" | "update" | "delete";

/** What differs between the inputs a resource was last made or changed with and those it is asked for now. */
export interface Difference {
  readonly changes: Readonly<Record<string, Change>>;
  /** Changed properties that replace the resource. */
  readonly replaces: readonly string[];
}

/** A value that is not known yet may turn out to be the old one, but nobody can promise it. */
function holdsUnknown(value: Json | undefined): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** Compares old inputs with new ones, property by property. */
export function difference(olds: Properties, news: Properties, replacing: readonly string[] = []): Difference {
  const changes: Record<string, Change> = {};
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (!Object.hasOwn(news, key)) changes[key] = "delete";
    else if (!Object.hasOwn(olds, key)) changes[key] = "add";
    else if (holdsUnknown(news[key]) || !isDeepStrictEqual(olds[key], news[key])) changes[key] = "update";
  }
  return { changes, replaces: replacing.filter((key) => Object.hasOwn(changes, key)) };
}
