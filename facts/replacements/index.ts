import { BUS_REPLACEMENTS } from "./buses";
import { COMPUTE_REPLACEMENTS } from "./compute";
import { DATA_REPLACEMENTS } from "./data";
import { NETWORK_REPLACEMENTS } from "./network";
import { RELATIONAL_REPLACEMENTS } from "./relational";
import { type Replacement, type ReplacingProperty } from "./replacement";
import { STORAGE_REPLACEMENTS } from "./storage";

/** What replaces a resource, by type token. A type that is not here is not known to be replaced by anything. */
export const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  ...BUS_REPLACEMENTS,
  ...COMPUTE_REPLACEMENTS,
  ...DATA_REPLACEMENTS,
  ...NETWORK_REPLACEMENTS,
  ...RELATIONAL_REPLACEMENTS,
  ...STORAGE_REPLACEMENTS,
};

/** Types whose replacement loses data, or the only way to it. */
export const STATEFUL_TYPES: ReadonlySet<string> = new Set(
  Object.entries(REPLACEMENTS).flatMap(([type, { stateful }]) => (stateful ? [type] : [])),
);

/** A value at a path; lists are looked into, because Terraform's blocks of one are objects in some places and lists in others. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  if (typeof value !== "object" || value === null) return [undefined];
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], rest);
}

/** A value as text that is the same for the same value: keys in order, what is undefined left out. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
        : inner,
    ) ?? ""
  );
}

/**
 * The properties that differ between two inputs of a resource and may replace it.
 * A property with a `when` is listed whatever the change is: only the provider can tell.
 */
export function replacingChanges(
  type: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly ReplacingProperty[] {
  return (REPLACEMENTS[type]?.properties ?? []).filter(({ path }) => {
    const steps = path.split(".");
    return canonical(valuesAt(before, steps)) !== canonical(valuesAt(after, steps));
  });
}
