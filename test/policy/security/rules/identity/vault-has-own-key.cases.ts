import { vaultHasOwnKey as rule } from "../../../../../policy/security/rules/identity/vault-has-own-key";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Input } from "../../../stack";

const TYPE = "aws:backup/vault:Vault";

function made(key?: Input): Given {
  return (stack) => stack.add(TYPE, "orders", { ...(key === undefined ? {} : { kmsKeyArn: key }) });
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
  fail: { "with a key of AWS": { given: made("alias/aws/backup"), says: /orders has no key of its own/ } },
  absent: {
    "without a key, when AWS takes its own": { given: made(), says: /kmsKeyArn names no customer key/ },
  },
  unknown: { "while its key is not known": made(UNKNOWN) },
  mutations: { "the backups have the key of AWS": (stack) => stack.set(stack.one(TYPE, "backups"), "kmsKeyArn", undefined) },
};
