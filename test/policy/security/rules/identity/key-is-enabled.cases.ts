import { keyIsEnabled as rule } from "../../../../../policy/security/rules/identity/key-is-enabled";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const KEY = "aws:kms/key:Key";

function key(inputs: Inputs): Given {
  return (stack) => stack.add(KEY, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "when it is enabled": key({ isEnabled: true }) },
  fail: {
    "when it is disabled": { given: key({ isEnabled: false }), says: /orders is disabled: isEnabled is off/ },
    "when it is a replica that is disabled": {
      given: (stack) => stack.add("aws:kms/replicaKey:ReplicaKey", "orders", { enabled: false }),
      says: /enabled is off/,
    },
  },
  absent: { "without a word on it, when KMS enables it": { given: key({}), says: "pass" } },
  unknown: { "while it is not known": key({ isEnabled: UNKNOWN }) },
  mutations: { "the key of the backups is disabled": (stack) => stack.set(stack.one(KEY, "backups"), "isEnabled", false) },
};
