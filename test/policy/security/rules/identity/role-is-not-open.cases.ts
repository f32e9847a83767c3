import { roleIsNotOpen as rule } from "../../../../../policy/security/rules/identity/role-is-not-open";
import { type Json, UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addStatement, ROLE, trust, trusting } from "../../../documents";

const ROOT = "arn:aws:iam::123456789012:root";

function when(operator: string, key: string, value: Json): { Condition: Json } {
  return { Condition: { [operator]: { [key]: value } } };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for a service": trusting(trust({ Service: "lambda.amazonaws.com" })),
    "for a role": trusting(trust({ AWS: "arn:aws:iam::123456789012:role/deploy" })),
    "for an account with an external id": trusting(trust({ AWS: ROOT }, when("StringEquals", "sts:ExternalId", "x"))),
    "for everyone of an organisation": trusting(trust("*", when("StringEquals", "aws:PrincipalOrgID", "o-abcdefghij"))),
    "when everyone is denied": trusting({ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }),
  },
  fail: {
    "for everyone": { given: trusting(trust("*")), says: /statement 1 lets everyone assume it/ },
    "for everyone in a list": { given: trusting(trust({ AWS: ["arn:aws:iam::123456789012:role/a", "*"] })), says: /everyone/ },
    "for all but some": { given: trusting({ Effect: "Allow", NotPrincipal: { AWS: ROOT }, Action: "sts:AssumeRole" }), says: /everyone/ },
    "for everyone from any organisation": {
      given: trusting(trust("*", when("StringLike", "aws:PrincipalOrgID", "*"))),
      says: /everyone/,
    },
    "for everyone, if there is an organisation it is this one": {
      given: trusting(trust("*", when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-abcdefghij"))),
      says: /everyone/,
    },
    "for a whole account by its root": { given: trusting(trust({ AWS: ROOT })), says: /all of account 123456789012/ },
    "for a whole account by its number": { given: trusting(trust({ AWS: ["123456789012"] })), says: /all of account 123456789012/ },
  },
  absent: { "without a trust policy, which AWS refuses": { given: (stack) => stack.add(ROLE, "orders"), says: "pass" } },
  unknown: {
    "while its trust policy is not known": (stack) => stack.add(ROLE, "orders", { assumeRolePolicy: UNKNOWN }),
    "when its trust policy is no JSON": (stack) => stack.add(ROLE, "orders", { assumeRolePolicy: "lambda" }),
    "while its principal is not known": (stack) => stack.add(ROLE, "orders", { assumeRolePolicy: { Statement: [trust(UNKNOWN)] } }),
  },
  mutations: {
    "everyone may assume the role of a service": (stack) => addStatement(stack, ROLE, /::orders$/, "assumeRolePolicy", trust({ AWS: "*" })),
    "a whole account may assume the role of a function": (stack) =>
      addStatement(stack, ROLE, "thumbnails", "assumeRolePolicy", trust({ AWS: "arn:aws:iam::999900001111:root" })),
  },
};
