import { policyDoesNotAllowByExclusion as rule } from "../../../../../policy/security/rules/identity/policy-does-not-allow-by-exclusion";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addStatement, allow, ROLE, ROLE_POLICY, rolePolicy, SILENT_ON_UNKNOWN_POLICY, UNKNOWN_POLICIES } from "../../../documents";

export const cases: RuleCases = {
  rule,
  pass: {
    "with what is named": rolePolicy(allow("s3:GetObject", "arn:aws:s3:::orders/*")),
    "when everything else is denied": rolePolicy({ Effect: "Deny", NotAction: "s3:*", NotResource: "arn:aws:s3:::orders/*" }),
  },
  fail: {
    "with NotAction": {
      given: rolePolicy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      says: /statement 1 allows by NotAction/,
    },
    "with NotResource": {
      given: rolePolicy({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret/*" }),
      says: /by NotResource/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" } },
  unknown: {
    ...UNKNOWN_POLICIES,
    "while it is not known whether it allows or denies": (stack) =>
      stack.add(ROLE_POLICY, "orders", { policy: { Statement: { Effect: UNKNOWN, NotAction: "iam:*", Resource: "*" } } }),
  },
  silentWhileUnknown: SILENT_ON_UNKNOWN_POLICY,
  mutations: {
    "a service may do all but one thing": (stack) =>
      addStatement(stack, ROLE_POLICY, "orders", "policy", { Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
  },
};
