import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { type Fault } from "./faults";

/** How a path of a value is written: `needs[0].store`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    "",
  );
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[part] : undefined),
    value,
  );
}

/** "did you mean …" for a word that is nearly one of the known ones, else the list of them. */
export function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return "nothing is allowed here";
  const near = closest(word, [...known]);
  const list = `one of ${known.join(", ")}`;
  return distance(word, near) <= Math.max(2, Math.floor(word.length / 3)) ? `did you mean ${near}? (${list})` : list;
}

/** Keys a value may have at a path, read off the JSON Schema of the zod schema, so that an unknown one gets a suggestion. */
function allowedKeys(schema: z.core.JSONSchema.BaseSchema, path: readonly PropertyKey[]): string[] {
  let nodes: z.core.JSONSchema.BaseSchema[] = [schema];
  const branches = (node: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema[] => [
    node,
    ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((branch) => branches(branch)),
  ];
  for (const part of path)
    nodes = nodes.flatMap(branches).flatMap((node) => {
      const next = typeof part === "number" ? node.items : (node.properties?.[String(part)] ?? node.additionalProperties);
      return typeof next === "object" && !Array.isArray(next) ? [next] : [];
    });
  return [...new Set(nodes.flatMap(branches).flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** Of the branches of a union, the issues of the one that the value was most likely meant to be. */
function bestBranch(issue: z.core.$ZodIssueInvalidUnion, value: unknown): readonly z.core.$ZodIssue[] | undefined {
  const isObject = typeof value === "object" && value !== null;
  const score = (branch: readonly z.core.$ZodIssue[]) =>
    branch.reduce(
      (sum, inner) => sum + (inner.code === "unrecognized_keys" ? 2 * inner.keys.length : inner.path.length === 0 ? 100 : 1),
      0,
    );
  const missingSelector = (branch: readonly z.core.$ZodIssue[]) =>
    isObject && branch.some((inner) => inner.code === "unrecognized_keys" && inner.keys.includes(Object.keys(value)[0] ?? ""));
  const fitting = issue.errors.filter((branch) => !missingSelector(branch));
  return fitting.sort((left, right) => score(left) - score(right))[0];
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
};

function describe(issue: z.core.$ZodIssue, value: unknown): Pick<Fault, "what" | "right"> {
  if (issue.code === "invalid_type")
    return value === undefined
      ? {
          what: issue.message.startsWith("Invalid") ? "is missing" : issue.message,
          right: TYPE_WORDS[issue.expected] && `give ${TYPE_WORDS[issue.expected]}`,
        }
      : { what: `has the wrong type`, right: `give ${TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`}` };
  if (issue.code === "invalid_value") {
    const known = issue.values.map(String);
    return { what: "is not one of the known values", right: suggestion(String(value), known) };
  }
  if (issue.code === "too_small" || issue.code === "too_big") {
    if (!/^Too (small|big)/.test(issue.message)) return { what: issue.message };
    const words =
      issue.inclusive === false ? { too_small: "more than", too_big: "less than" } : { too_small: "at least", too_big: "at most" };
    const bound = `${words[issue.code]} ${String(issue.code === "too_small" ? issue.minimum : issue.maximum)}`;
    return {
      what: "is out of range",
      right: `give ${bound}${issue.origin === "array" ? " entries" : issue.origin === "string" ? " characters" : ""}`,
    };
  }
  return { what: issue.message };
}

function faultsOf(
  issue: z.core.$ZodIssue,
  input: unknown,
  schema: z.core.JSONSchema.BaseSchema,
  prefix: string,
  base: readonly PropertyKey[] = [],
): Fault[] {
  const path = [...base, ...issue.path];
  const value = at(input, path);
  const key = [prefix, pathText(path)].filter(Boolean).join(": ");
  if (issue.code === "unrecognized_keys") {
    const known = allowedKeys(schema, path);
    return issue.keys.map((unknownKey) => ({
      key: [prefix, pathText([...path, unknownKey])].filter(Boolean).join(": "),
      what: "is not a known key",
      got: at(value, [unknownKey]),
      right: suggestion(unknownKey, known),
    }));
  }
  if (issue.code === "invalid_union") {
    const branch = issue.errors.length > 0 ? bestBranch(issue, value) : undefined;
    if (branch) return branch.flatMap((inner) => faultsOf(inner, input, schema, prefix, path));
    const keys = allowedKeys(schema, path);
    const word = typeof value === "object" && value !== null ? (Object.keys(value)[0] ?? "") : String(value);
    return [{ key, what: "is of no known kind", got: value, right: suggestion(word, keys) }];
  }
  return [{ key, ...describe(issue, value), got: value }];
}

const jsonSchemas = new WeakMap<z.ZodType, z.core.JSONSchema.BaseSchema>();

function jsonSchemaOf(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  const known = jsonSchemas.get(schema);
  if (known) return known;
  const made = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
  jsonSchemas.set(schema, made);
  return made;
}

/**
 * Parses a value that a person wrote.
 * @param prefix where the value stands, such as `services/orders/service.yaml`; the key of each fault starts with it.
 * @returns the parsed value, or every fault found.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  prefix: string,
): { value: z.output<Schema>; faults: [] } | { value?: undefined; faults: Fault[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, faults: [] };
  return { faults: result.error.issues.flatMap((issue) => faultsOf(issue, value, jsonSchemaOf(schema), prefix)) };
}
