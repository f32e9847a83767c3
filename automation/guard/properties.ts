import { replacingChanges } from "../../facts/replacements";
import { type Json, type Properties, SECRET, UNKNOWN } from "../../plan/graph";
import { type Change } from "./changes";

/** A property whose change replaces a resource. */
export interface ReplacingChange {
  /** Path as Pulumi spells it, or the engine's own reason. */
  readonly path: string;
  /** Old and new value in short; absent for a reason that is no property. */
  readonly before?: string;
  readonly after?: string;
  /** The only change that replaces it, when not every change does. */
  readonly when?: string;
  /** What a reason of the engine's own means. */
  readonly means?: string;
}

/** Reasons that the engine gives in place of a property. Source: pkg/resource/deploy/step_generator.go of pulumi 3.260 (2026-11-26), tried. */
const REASONS: Readonly<Record<string, string>> = {
  provider: "the provider that manages it is replaced",
  deletedWith: "the resource it is deleted with is replaced",
  id: "it is another resource than the one that was read",
  replaceWith: "a resource that it is replaced with is replaced",
  replacementTrigger: "its replacement trigger has another value",
};

/** Names that say that a value is one, for programs that forgot to make it a secret. */
const SENSITIVE = /passw(or)?d|passphrase|auth_?token|secret_?string|secret_?key|private_?key|credential/i;

const LONGEST_VALUE = 60;

/** What replaces a resource: as the provider says it in detail, else as the facts know it, else by the engine's keys. */
export function replacingProperties({ type, replaceKeys, detail, before, after }: Change): ReplacingChange[] {
  const [old, now] = [before?.inputs ?? {}, after?.inputs ?? {}];
  const known = replacingChanges(type, old, now);
  const detailed = Object.entries(detail).flatMap(([path, kind]) => (kind.endsWith("-replace") ? [path] : []));
  const paths = (detailed.length > 0 ? detailed : replaceKeys).flatMap((path) => {
    // A simulated or an older provider names the outermost property only.
    const within = known.filter((one) => one.path.startsWith(`${path}.`)).map((one) => one.path);
    return within.length > 0 ? within : [path];
  });
  return [...new Set(paths)].sort().map((path) => {
    const [left, right] = [valueAt(old, path), valueAt(now, path)];
    const means = REASONS[path];
    if (means !== undefined && left === undefined && right === undefined) return { path, means };
    const when = known.find((one) => one.path === path.replace(/\[[^\]]*\]/g, ""))?.when;
    return { path, before: shown(path, left), after: shown(path, right), ...(when !== undefined && { when }) };
  });
}

/** The steps of a path: `a.b[0]["c.d"]`. Source: `ParsePropertyPath` in sdk/go/property/path.go of pulumi 3.260 (2026-11-26). */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) =>
    quoted !== undefined ? quoted.replace(/\\(.)/g, "$1") : (index ?? plain ?? ""),
  );
}

/** The value at a path; blocks of one are lists in some inputs and objects in the path. */
function valueAt(inputs: Properties, path: string): Json | undefined {
  let value: Json | undefined = inputs;
  for (const step of stepsOf(path)) {
    if (Array.isArray(value) && !/^\d+$/.test(step) && value.length === 1) value = value[0];
    if (typeof value !== "object" || value === null) return undefined;
    value = Array.isArray(value) ? value[Number(step)] : value[step];
  }
  return value;
}

/** A value as a person reads it, without secrets. */
function shown(path: string, value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (value === UNKNOWN) return "not known before it is deployed";
  if (value === SECRET || SENSITIVE.test(path)) return SECRET;
  const text = JSON.stringify(value, (key, inner: Json) => (inner === UNKNOWN ? "(not known yet)" : SENSITIVE.test(key) ? SECRET : inner));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
