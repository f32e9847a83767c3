import { RESTRICTING_KEYS, WIDEST_RANGE } from "../../../facts/policy-conditions";
import { isObject, isUnknown, type Json } from "../json";
import type { PolicyStatement } from "../policy-document";
import { every, not, some, type Tri } from "../resource";
import { conditionOf, type ConditionTest, hasEffect, isPositive, someOf, type Values, valuesOf } from "./statements";

export type PrincipalKind = "AWS" | "Service" | "Federated";

/** The principals of one kind; `*` alone is everyone, and so one of each kind. */
export function principalsOf(statement: PolicyStatement, kind: PrincipalKind): Values {
  const principal = statement["Principal"];
  if (!isObject(principal)) return valuesOf(principal);
  return valuesOf(principal[kind]);
}

/** Whether a statement is about everyone. Who allows all but some (`NotPrincipal`) allows everyone. */
export function isForEveryone(statement: PolicyStatement): Tri {
  if ("NotPrincipal" in statement) return true;
  const principal: Json | undefined = statement["Principal"];
  if (isUnknown(principal)) return undefined;
  const values = isObject(principal) ? Object.values(principal).map(valuesOf) : [valuesOf(principal)];
  return some(values.map((value) => someOf(value, (text) => text === "*")));
}

/** Whether anyone in the world may do what a statement allows: it names everyone, and no condition keeps them out. */
export function isPublic(statement: PolicyStatement): Tri {
  return every([hasEffect(statement, "Allow"), isForEveryone(statement), not(isRestricted(statement))]);
}

/** Whether a condition admits only callers that are known beforehand: one test is enough, as all must hold. */
export function isRestricted(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  return tests === undefined ? undefined : some(tests.map(restricts));
}

function restricts(test: ConditionTest): Tri {
  if (!RESTRICTING_KEYS.has(test.key) || !isPositive(test)) return false;
  // Values are alternatives: one that is open lets everyone in.
  const open = someOf(test.values, (value) => !isFixed(test.key, value));
  return not(open);
}

function isFixed(key: string, value: string): boolean {
  if (key.endsWith("sourceip")) return isNarrow(value);
  if (key === "aws:principalisawsservice") return value === "true";
  if (!/[*?]/.test(value)) return true;
  // A pattern may leave open which resource or principal it is, but not whose.
  return /\d{12}|\bo-[a-z0-9]{10,32}\b/.test(value);
}

function isNarrow(range: string): boolean {
  const [, length] = range.split("/");
  if (length === undefined) return true;
  return Number(length) >= (range.includes(":") ? WIDEST_RANGE.ipv6 : WIDEST_RANGE.ipv4);
}

/** The account that a principal is as a whole, as its number or its root; undefined for one that is not a whole account. */
export function wholeAccount(principal: string): string | undefined {
  return /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
}

/** The account that a principal belongs to; undefined where it does not say one. */
export function accountOf(principal: string): string | undefined {
  return wholeAccount(principal) ?? /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
}
