import { keyDeletionWaits as rule } from "../../../../../policy/security/rules/identity/key-deletion-waits";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const KEY = "aws:kms/key:Key";

function key(inputs: Inputs, layer: Inputs = {}): Given {
  return (stack) => stack.add(KEY, "orders", inputs, stack.add("strata:persistence:LayerKey", "layer", layer));
}

export const cases: RuleCases = {
  rule,
  pass: { "with 30 days": key({ deletionWindowInDays: 30 }), "with days as a text": key({ deletionWindowInDays: "20" }) },
  fail: {
    "with a week": {
      given: key({ deletionWindowInDays: 7 }),
      says: /orders is gone soon after its deletion: deletionWindowInDays is below 14/,
    },
    "below what its settings ask for": { given: key({ deletionWindowInDays: 14 }), config: { minimumDays: 30 }, says: /below 30/ },
  },
  absent: {
    "without a word on it, when KMS waits 30 days": { given: key({}), says: "pass" },
    "where nothing is durable": { given: key({ deletionWindowInDays: 7 }, { durable: false }), says: "nothing" },
  },
  unknown: {
    "while the days are not known": key({ deletionWindowInDays: UNKNOWN }),
    "while it is not known whether it is durable": key({ deletionWindowInDays: 7 }, { durable: UNKNOWN }),
  },
  mutations: {
    "the key of the stores is gone after a week": (stack) => stack.set(stack.one(KEY, "persistence"), "deletionWindowInDays", 7),
  },
};
