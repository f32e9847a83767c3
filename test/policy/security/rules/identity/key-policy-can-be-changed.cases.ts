import { keyPolicyCanBeChanged as rule } from "../../../../../policy/security/rules/identity/key-policy-can-be-changed";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const KEY = "aws:kms/key:Key";

function key(inputs: Inputs): Given {
  return (stack) => stack.add(KEY, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with the check left on": key({ bypassPolicyLockoutSafetyCheck: false }) },
  fail: { "without the check": { given: key({ bypassPolicyLockoutSafetyCheck: true }), says: /orders may lock its owner out/ } },
  absent: { "without a word on it, when KMS checks": { given: key({}), says: "pass" } },
  unknown: { "while it is not known": key({ bypassPolicyLockoutSafetyCheck: UNKNOWN }) },
  mutations: {
    "the key of the logs may lock its owner out": (stack) =>
      stack.set(stack.one(KEY, "visibility"), "bypassPolicyLockoutSafetyCheck", true),
  },
};
