import { isObject, type Json, parseJson } from "./json";
import type { Reading } from "./resource";

/** One statement of a policy document, as IAM spells it. */
export type PolicyStatement = { readonly [key: string]: Json };

/** The statements of a policy document; undefined for one that is not known. A text that is none is not known either: AWS refuses it. */
export function statementsOf(reading: Reading): PolicyStatement[] | undefined {
  if (reading.state !== "known") return undefined;
  const document = parseJson(reading.value);
  if (document instanceof Error || !isObject(document)) return undefined;
  return listed(document["Statement"]).filter(isObject);
}

/** What IAM takes as one value or as a list of them. */
export function listed(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
