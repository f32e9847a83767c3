import { keyPolicyIsNotPublic as rule } from "../../../../../policy/security/rules/identity/key-policy-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { addStatement, admit, documentOf, type Statement } from "../../../documents";

const KEY = "aws:kms/key:Key";

function key(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(KEY, "orders", { policy: documentOf(...statements) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for its account": key(admit({ AWS: "arn:aws:iam::123456789012:root" }, "kms:*")),
    "for everyone in one account": key(admit("*", "kms:Decrypt", { Condition: { StringEquals: { "kms:CallerAccount": "123456789012" } } })),
  },
  fail: {
    "for everyone": {
      given: key(admit("*", "kms:Decrypt")),
      says: /orders is open to the world: statement 1 allows kms:Decrypt to everyone/,
    },
    "for everyone through one service": {
      given: key(admit({ AWS: "*" }, "kms:*", { Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } })),
      says: /kms:\* to everyone/,
    },
    "in a policy of its own": {
      given: (stack) => stack.add("aws:kms/keyPolicy:KeyPolicy", "orders", { keyId: UNKNOWN, policy: documentOf(admit("*", "kms:*")) }),
      says: /everyone/,
    },
  },
  absent: { "without a policy, when that of AWS is for its account": { given: (stack) => stack.add(KEY, "orders"), says: "nothing" } },
  unknown: { "while its policy is not known": (stack) => stack.add(KEY, "orders", { policy: UNKNOWN }) },
  mutations: {
    "everyone may decrypt what the stores hold": (stack) => addStatement(stack, KEY, "persistence", "policy", admit("*", "kms:Decrypt")),
  },
};
