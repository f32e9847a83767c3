import { deletionWindowIsAccepted as rule } from "../../../../../policy/preflight/rules/identity/deletion-window-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";

const KEY = "aws:kms/key:Key";
const SECRET = "aws:secretsmanager/secret:Secret";

function key(deletionWindowInDays: Input): Given {
  return (stack) => stack.add(KEY, "orders", { deletionWindowInDays });
}

function secret(recoveryWindowInDays: Input): Given {
  return (stack) => stack.add(SECRET, "orders", { recoveryWindowInDays });
}

export const cases: RuleCases = {
  rule,
  pass: { "a week of a key": key(7), "30 days of a secret, as text": secret("30"), "0 of a secret, which is gone at once": secret(0) },
  fail: {
    "a day of a secret": { given: secret(1), says: /refuses to delete orders: recoveryWindowInDays is 1, not 7 to 30/ },
    "60 days of a key": { given: key(60), says: /deletionWindowInDays is 60/ },
    "0 of a key": { given: key(0), says: /deletionWindowInDays is 0/ },
  },
  absent: { "of a number, which is then 30": { given: key(null), says: "pass" } },
  unknown: { "while it is not known": secret(UNKNOWN) },
  mutations: {
    "a secret can be had back for a day": (stack) => stack.set(stack.one(SECRET, "payment-provider"), "recoveryWindowInDays", 1),
  },
};
