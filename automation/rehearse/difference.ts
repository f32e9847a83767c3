import { isDeepStrictEqual } from "node:util";
import { replacing } from "../../facts/replacements/conditions";
import { type Json, type Properties, UNKNOWN } from "../../plan/graph";

/** How one input property differs. */
export type Change = "add" | "update" | "delete";

/** What differs between the inputs a resource was last made or changed with and those it is asked for now. */
export interface Difference {
  readonly changes: Readonly<Record<string, Change>>;
  /** Changed properties that replace the resource: paths, such as `encryptionInfo.encryptionAtRestKmsKeyArn`. */
  readonly replaces: readonly string[];
}

/** Inputs that a provider writes down for itself begin so: `__defaults`. */
const INTERNAL = "__";

/** A value that is not known yet may turn out to be the old one, but nobody can promise it. */
function holdsUnknown(value: Json | undefined): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** Compares old inputs of a type with new ones, property by property, and says which changes its facts know to replace it. */
export function difference(type: string, olds: Properties, news: Properties): Difference {
  const changes: Record<string, Change> = {};
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (key.startsWith(INTERNAL)) continue;
    if (!Object.hasOwn(news, key)) changes[key] = "delete";
    else if (!Object.hasOwn(olds, key)) changes[key] = "add";
    else if (holdsUnknown(news[key]) || !isDeepStrictEqual(olds[key], news[key])) changes[key] = "update";
  }
  const paths = replacing(type, olds, news, (value) => !holdsUnknown(value as Json | undefined)).map(({ path }) => path);
  return { changes, replaces: paths.filter((path) => (path.split(".")[0] ?? "") in changes) };
}
