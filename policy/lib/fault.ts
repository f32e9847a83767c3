import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";

/** One thing that is wrong with what a person wrote into a file of levels or exceptions, or gave a rule as a setting. */
export interface Fault {
  /** Where: file and path, such as `policy/config/prod.json: store-has-backups.minimumDays`. */
  readonly key: string;
  /** What is wrong, in words that follow the key: `is not what it takes`. */
  readonly what: string;
  /** The value that was found; absent when nothing was there. */
  readonly got?: unknown;
  /** What would be right. */
  readonly right?: string;
}

const LONGEST_VALUE = 80;

/** A fault as one line: `key: what, got …; what would be right`. */
export function faultLine({ key, what, got, right }: Fault): string {
  const text = got === undefined ? "" : (JSON.stringify(got) ?? typeof got);
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  return `${key}: ${what}${shown === "" ? "" : `, got ${shown}`}${right === undefined ? "" : `; ${right}`}`;
}

/** Files or settings of policies that are wrong: everything that is, a line each. */
export class PolicyConfigError extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(faultLine).join("\n"));
    this.name = "PolicyConfigError";
  }
}

/** "did you mean …" for a word that is nearly one of the known ones; undefined for another. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(word, [...known]);
  return distance(word, near) <= Math.max(2, Math.floor(word.length / 3)) ? `did you mean ${near}?` : undefined;
}

/** As `nearest`, with the list of what there is: for short lists. */
export function suggestion(word: string, known: readonly string[]): string {
  return [nearest(word, known), `one of ${known.join(", ")}`].filter((text) => text !== undefined).join(" ");
}

type Node = z.core.JSONSchema.BaseSchema;

/** What a zod schema finds wrong with a value, each fault with the path in it as its key; empty for the value as a whole. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], schema: Node, value: unknown): Fault[] {
  return issues.flatMap((issue) => {
    const { path } = issue;
    if (issue.code === "unrecognized_keys") {
      const known = Object.keys(nodeAt(schema, path)?.properties ?? {});
      return issue.keys.map((key) => ({
        key: pathText([...path, key]),
        what: "is not known here",
        got: valueAt(value, [...path, key]),
        right: known.length === 0 ? "there are no settings" : suggestion(key, known),
      }));
    }
    const got = valueAt(value, path);
    if (issue.code === "custom") return [{ key: pathText(path), what: issue.message, got }];
    return [
      { key: pathText(path), what: got === undefined ? "is missing" : "is not what it takes", got, right: wanted(nodeAt(schema, path)) },
    ];
  });
}

/** Joins the parts of a key, such as a rule and a path in its settings. */
export function keyOf(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .reduce((text, part) => (text === "" || part.startsWith("[") ? text + part : `${text}.${part}`), "");
}

function pathText(path: readonly PropertyKey[]): string {
  return keyOf(...path.map((part) => (typeof part === "number" ? `[${part}]` : String(part))));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[part] : undefined),
    value,
  );
}

/** The part of a JSON Schema that describes what stands at a path. */
function nodeAt(schema: Node, path: readonly PropertyKey[]): Node | undefined {
  return path.reduce<Node | undefined>((node, part) => {
    const next = typeof part === "number" ? node?.items : (node?.properties?.[String(part)] ?? node?.additionalProperties);
    return typeof next === "object" && !Array.isArray(next) ? next : undefined;
  }, schema);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  integer: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** What a part of a JSON Schema takes, in words; undefined where it can't be said in short. */
function wanted(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  const about = node.description === undefined ? "" : `: ${node.description}`;
  if (node.enum !== undefined) return `give one of ${node.enum.map(String).join(", ")}${about}`;
  const type = typeof node.type === "string" ? TYPE_WORDS[node.type] : undefined;
  if (type === undefined) return node.description;
  const format = node.format === "date" ? " that is a date, such as 2027-03-31" : "";
  return `give ${type}${format}${bounds(node)}${about}`;
}

function bounds({ minimum, maximum, exclusiveMinimum, minLength, minItems }: Node): string {
  const least = minimum !== undefined ? ` from ${minimum}` : exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : "";
  // The largest whole number that JSON holds is no bound that anybody set.
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : "";
  const length = (minLength ?? minItems ?? 0) > 0 ? " that is not empty" : "";
  return `${least}${most}${length}`;
}
