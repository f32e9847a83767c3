import { secureParameterHasOwnKey as rule } from "../../../../../policy/security/rules/identity/secure-parameter-has-own-key";
import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Input } from "../../../stack";

const TYPE = "aws:ssm/parameter:Parameter";

function made(key?: Input): Given {
  return (stack) => stack.add(TYPE, "orders", { type: "SecureString", ...(key === undefined ? {} : { keyId: key }) });
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
  fail: { "with a key of AWS": { given: made("alias/aws/ssm"), says: /orders has no key of its own/ } },
  absent: {
    "without a key, when AWS takes its own": { given: made(), says: /keyId names no customer key/ },
    "of a parameter that is no secret": { given: (stack) => stack.add(TYPE, "orders", { type: "String" }), says: "nothing" },
  },
  unknown: {
    "while its key is not known": made(UNKNOWN),
    "while its type is not known": (stack) => stack.add(TYPE, "orders", { type: UNKNOWN }),
  },
  mutations: {
    "a parameter has the key of AWS": (stack) => stack.add(TYPE, "orders", { name: "/orders/key", type: "SecureString", value: SECRET }),
  },
};
