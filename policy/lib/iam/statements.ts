import type { Finding } from "../finding";
import { isObject, isUnknown, type Json, parseJson } from "../json";
import { listed, type PolicyStatement } from "../policy-document";
import type { Reading, Tri } from "../resource";

/** A policy document as far as it can be read. A statement is undefined that is not known yet, or is none. */
export type Document =
  | { readonly state: "absent" }
  | { readonly state: "unknown" }
  /** A text that is no policy: AWS refuses it, so nothing can be said of it. */
  | { readonly state: "invalid"; readonly why: string }
  | { readonly state: "known"; readonly statements: readonly (PolicyStatement | undefined)[] };

/** Reads a document that is JSON in a text, or an object; a text with an unknown in it is unknown as a whole, an object only in that part. */
export function documentOf(reading: Reading): Document {
  if (reading.state !== "known") return { state: reading.state };
  const parsed = parseJson(reading.value);
  if (parsed instanceof Error) return { state: "invalid", why: parsed.message };
  if (!isObject(parsed)) return { state: "invalid", why: "it is no object" };
  return {
    state: "known",
    statements: listed(parsed["Statement"]).map((statement) => (isObject(statement) ? statement : undefined)),
  };
}

/** What a rule finds in the statements of a document. What can't be read is found as not known. */
export function documentFindings(
  reading: Reading,
  property: string,
  check: (statement: PolicyStatement, name: string) => readonly Finding[],
): Finding[] {
  const document = documentOf(reading);
  if (document.state === "absent") return [];
  if (document.state === "unknown") return [{ what: `${property} is not known yet`, property, unknown: true }];
  if (document.state === "invalid") return [{ what: `${property} is no policy document: ${document.why}`, property, unknown: true }];
  return document.statements.flatMap((statement, index) =>
    statement === undefined
      ? [{ what: `statement ${index + 1} of ${property} is not known yet`, property, unknown: true }]
      : check(statement, nameOf(statement, index)),
  );
}

/** A finding for what is true, one that is not known for what can't be told, none for what is false. */
export function found(fault: Tri, what: string, property: string): Finding[] {
  if (fault === false) return [];
  return fault === undefined ? [{ what: `whether ${what} is not known yet`, property, unknown: true }] : [{ what, property }];
}

/** What a statement is called in a message: its Sid, or its number. */
function nameOf(statement: PolicyStatement, index: number): string {
  const sid = statement["Sid"];
  return typeof sid === "string" && sid !== "" && !isUnknown(sid) ? `statement ${sid}` : `statement ${index + 1}`;
}

/** The texts of an element such as `Action`; `open` when some of it is not known yet. */
export interface Values {
  readonly texts: readonly string[];
  readonly open: boolean;
}

export function valuesOf(value: Json | undefined): Values {
  const all = listed(value);
  return {
    texts: all.flatMap((element) => (isScalar(element) && !isUnknown(element) ? [String(element)] : [])),
    open: all.some(isUnknown),
  };
}

function isScalar(value: Json): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** Whether any of the values is one that a rule looks for. */
export function someOf({ texts, open }: Values, test: (text: string) => boolean): Tri {
  if (texts.some(test)) return true;
  return open ? undefined : false;
}

/** Whether a statement has this effect. */
export function hasEffect(statement: PolicyStatement, effect: "Allow" | "Deny"): Tri {
  return isUnknown(statement["Effect"]) ? undefined : statement["Effect"] === effect;
}

/** Whether a pattern of IAM stands for everything of its kind, such as `*`, `**` or `*:*`. */
export function isEverything(pattern: string): boolean {
  return /^[*:]*\*[*:]*$/.test(pattern);
}

/** Whether an action pattern of IAM, such as `kms:De*`, takes in an action. IAM reads actions without regard to case. */
export function covers(pattern: string, action: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === action.toLowerCase();
  return isEverything(pattern) || wildcard(pattern).test(action);
}

/** An IAM pattern as an expression. */
function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "i");
}

/** One test of a condition: the operator, the key in lower case, and the values. */
export interface ConditionTest {
  readonly operator: string;
  readonly key: string;
  readonly values: Values;
}

/** The tests of a statement's condition, all of which must hold; undefined when they are not known yet. */
export function conditionOf(statement: PolicyStatement): readonly ConditionTest[] | undefined {
  const condition = statement["Condition"];
  if (condition === undefined || condition === null) return [];
  if (!isObject(condition)) return undefined;
  const operators = Object.entries(condition);
  if (operators.some(([, keys]) => !isObject(keys))) return undefined;
  return operators.flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, value]) => ({ operator, key: key.toLowerCase(), values: valuesOf(value) })),
  );
}

/** Whether a test admits only what it names: it is false when the key is missing, and it is no negation. */
export function isPositive({ operator }: ConditionTest): boolean {
  // Of an empty set all values pass, and `…IfExists` passes without the key.
  return !/^ForAllValues:|IfExists$|Not|^Null$/i.test(operator);
}
