import { type Json, UNKNOWN } from "../../policy/lib/resource";
import type { Given } from "./cases";
import type { Mutant } from "./mutant";

export type Statement = { readonly [key: string]: Json };

export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const ROLE = "aws:iam/role:Role";

/** A policy document as programs write it. */
export function documentOf(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A statement that allows. */
export function allow(action: Json, resource: Json, more: Statement = {}): Statement {
  return { Effect: "Allow", Action: action, Resource: resource, ...more };
}

/** A statement of a resource's policy that allows something to somebody. */
export function admit(principal: Json, action: Json, more: Statement = {}): Statement {
  return { Effect: "Allow", Principal: principal, Action: action, Resource: "arn:aws:test:us-east-1:123456789012:thing", ...more };
}

/** A statement of a trust policy. */
export function trust(principal: Json, more: Statement = {}): Statement {
  return { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more };
}

/** A role's policy with these statements. */
export function rolePolicy(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(ROLE_POLICY, "orders", { role: "orders", policy: documentOf(...statements) });
}

/** A role that may be assumed as these statements say. */
export function trusting(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(ROLE, "orders", { assumeRolePolicy: documentOf(...statements) });
}

/** Why only one rule tells of a policy of which nothing is known. */
export const SILENT_ON_UNKNOWN_POLICY = { policy: "policy-is-not-administrator tells of a policy that is not known" };

/** A role's policy that is not known yet, in part. */
export const UNKNOWN_POLICIES: Readonly<Record<string, Given>> = {
  "while a statement of its policy is not known": (stack) =>
    stack.add(ROLE_POLICY, "orders", { role: "orders", policy: { Version: "2012-10-17", Statement: [UNKNOWN] } }),
  "when its policy is no JSON": (stack) => stack.add(ROLE_POLICY, "orders", { role: "orders", policy: "{" }),
};

/** Adds a statement to a document of our own stack. */
export function addStatement(stack: Mutant, type: string, name: string | RegExp, input: string, statement: Statement): void {
  stack.edit(stack.one(type, name), input, (document) => {
    const { Statement: statements = [], ...others } = document as { [key: string]: Json };
    return { ...others, Statement: [...(Array.isArray(statements) ? statements : [statements]), statement] };
  });
}
