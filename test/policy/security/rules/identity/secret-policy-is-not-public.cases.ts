import { secretPolicyIsNotPublic as rule } from "../../../../../policy/security/rules/identity/secret-policy-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { admit, documentOf, type Statement } from "../../../documents";

const TYPE = "aws:secretsmanager/secret:Secret";

function made(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(TYPE, "orders", { policy: documentOf(...statements) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for a role": made(admit({ AWS: "arn:aws:iam::123456789012:role/orders" }, "secretsmanager:GetSecretValue")),
    "for everyone of an organisation": made(
      admit("*", "secretsmanager:GetSecretValue", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    ),
    "when everyone is denied": made({ Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
  },
  fail: {
    "for everyone": {
      given: made(admit("*", "secretsmanager:GetSecretValue")),
      says: /orders .*statement 1 allows secretsmanager:GetSecretValue to everyone/,
    },
    "for everyone with a condition that keeps nobody out": {
      given: made(admit({ AWS: "*" }, "secretsmanager:GetSecretValue", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })),
      says: /to everyone/,
    },
    "in a policy of its own": {
      given: (stack) =>
        stack.add("aws:secretsmanager/secretPolicy:SecretPolicy", "orders", { policy: documentOf(admit("*", "secretsmanager:*")) }),
      says: /everyone/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(TYPE, "orders"), says: "nothing" } },
  unknown: {
    "while its policy is not known": (stack) => stack.add(TYPE, "orders", { policy: UNKNOWN }),
    "while a condition is not known": (stack) =>
      stack.add(TYPE, "orders", { policy: { Statement: [admit("*", "secretsmanager:GetSecretValue", { Condition: UNKNOWN })] } }),
  },
  mutations: {
    "everyone may read a secret": (stack) =>
      stack.set(stack.one(TYPE, "payment-provider"), "policy", documentOf(admit("*", "secretsmanager:GetSecretValue"))),
  },
};
