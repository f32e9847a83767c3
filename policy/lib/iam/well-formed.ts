import { isObject, type Json, parseJson } from "../json";
import { listed } from "../policy-document";
import { isUnknown } from "../resource";

/** What a policy is attached to: somebody who acts, somebody who may become a role, or something that is acted on. */
export type PolicyKind = "identity" | "trust" | "resource";

/** The versions of the policy language. Source: "Version" in the IAM JSON policy reference (2026-11). */
const VERSIONS: readonly Json[] = ["2012-10-17", "2008-10-17"];
/** Policies of resources also take spaces in a Sid. Source: "Sid" in the IAM JSON policy reference (2026-11). */
const SID = /^[A-Za-z0-9]*$/;
const ACTION = /^(\*|[A-Za-z0-9-]+:.+)$/;
const RESOURCE = /^(\*|arn:.+)$/;

type Statement = { readonly [key: string]: Json };

/** What AWS can't read in a policy document; nothing when it can. What names resources is taken to be well formed while it is not known. */
export function faultsOf(document: Json, kind: PolicyKind): string[] {
  const parsed = parseJson(document);
  if (parsed instanceof Error) return [`it is no JSON: ${parsed.message}`];
  if (!isObject(parsed)) return ["it is no JSON object"];
  const { Version: version, Statement: statement } = parsed;
  const statements = listed(statement);
  return [
    ...(version === undefined || isUnknown(version) || VERSIONS.includes(version) ? [] : [`its Version is ${JSON.stringify(version)}`]),
    ...(statements.length === 0 ? ["it has no Statement"] : []),
    ...statements.flatMap((one, index) =>
      isUnknown(one) ? [] : isObject(one) ? inStatement(one, `statement ${nameOf(one, index)}`, kind) : ["a statement is no object"],
    ),
    ...(kind === "resource" ? [] : sidFaults(statements.filter(isObject))),
  ];
}

/** What is not known yet in a document, of the parts that name no resources. */
export function unknownIn(document: Json): string[] {
  const parsed = parseJson(document);
  if (parsed instanceof Error || !isObject(parsed)) return [];
  const { Version: version, Statement: statement } = parsed;
  const statements = listed(statement);
  return [
    ...(isUnknown(version) ? ["its Version"] : []),
    ...(statements.some(isUnknown) ? ["a statement"] : []),
    ...statements.filter(isObject).flatMap((one, index) => {
      const parts = ["Sid", "Effect", "Action", "NotAction"].filter((key) => listed(one[key]).some(isUnknown));
      return parts.map((key) => `the ${key} of statement ${index + 1}`);
    }),
  ];
}

function inStatement(statement: Statement, name: string, kind: PolicyKind): string[] {
  const { Effect: effect } = statement;
  const faults =
    effect === "Allow" || effect === "Deny" || isUnknown(effect) ? [] : [`${name} has the Effect ${JSON.stringify(effect ?? null)}`];
  faults.push(...exactlyOne(statement, ["Action", "NotAction"], name));
  faults.push(...formFaults(statement, ["Action", "NotAction"], ACTION, name));
  if (kind === "identity") {
    faults.push(...exactlyOne(statement, ["Resource", "NotResource"], name));
    faults.push(...formFaults(statement, ["Resource", "NotResource"], RESOURCE, name));
    if (has(statement, "Principal") || has(statement, "NotPrincipal"))
      faults.push(`${name} has a Principal, which is who the policy is attached to`);
  } else {
    faults.push(...exactlyOne(statement, ["Principal", "NotPrincipal"], name));
    if (kind === "trust" && has(statement, "Resource")) faults.push(`${name} has a Resource, which is the role itself`);
  }
  return faults;
}

function exactlyOne(statement: Statement, keys: readonly string[], name: string): string[] {
  const given = keys.filter((key) => has(statement, key));
  if (given.length === 1) return [];
  return [given.length === 0 ? `${name} has no ${keys[0] ?? ""}` : `${name} has both ${given.join(" and ")}`];
}

function formFaults(statement: Statement, keys: readonly string[], form: RegExp, name: string): string[] {
  const values = keys.flatMap((key) => listed(statement[key]).map((value) => [key, value] as const));
  return values.flatMap(([key, value]) => {
    if (isUnknown(value) || (typeof value === "string" && form.test(value))) return [];
    return [`${name} has the ${key} ${JSON.stringify(value)}`];
  });
}

function sidFaults(statements: readonly Statement[]): string[] {
  const sids = statements.flatMap(({ Sid: sid }) => (typeof sid === "string" && sid !== "" && !isUnknown(sid) ? [sid] : []));
  const doubled = new Set(sids.filter((sid, index) => sids.indexOf(sid) !== index));
  return [
    ...sids.filter((sid) => !SID.test(sid)).map((sid) => `the Sid "${sid}" is not made of letters and digits`),
    ...[...doubled].map((sid) => `two statements have the Sid ${sid}`),
  ];
}

function has(statement: Statement, key: string): boolean {
  return statement[key] !== undefined && statement[key] !== null;
}

function nameOf({ Sid: sid }: Statement, index: number): string {
  return typeof sid === "string" && sid !== "" && !isUnknown(sid) ? sid : `${index + 1}`;
}
