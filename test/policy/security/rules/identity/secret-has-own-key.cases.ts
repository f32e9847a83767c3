import { secretHasOwnKey as rule } from "../../../../../policy/security/rules/identity/secret-has-own-key";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Input } from "../../../stack";

const TYPE = "aws:secretsmanager/secret:Secret";

function made(key?: Input): Given {
  return (stack) => stack.add(TYPE, "orders", { ...(key === undefined ? {} : { kmsKeyId: key }) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key of the stack that is not made yet": {
      given: (stack) => made(arn(stack.add("aws:kms/key:Key", "own")))(stack),
      known: false,
    },
    "with a key from outside": made("arn:aws:kms:us-east-1:123456789012:key/1"),
    "with an alias of the account": made("alias/orders"),
  },
  fail: { "with a key of AWS": { given: made("alias/aws/secretsmanager"), says: /orders has no key of its own/ } },
  absent: {
    "without a key, when AWS takes its own": { given: made(), says: /kmsKeyId names no customer key/ },
  },
  unknown: { "while its key is not known": made(UNKNOWN) },
  mutations: { "a secret has the key of AWS": (stack) => stack.set(stack.one(TYPE, "payment-provider"), "kmsKeyId", undefined) },
};
