import { keyRotates as rule } from "../../../../../policy/security/rules/identity/key-rotates";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const KEY = "aws:kms/key:Key";

function key(inputs: Inputs): Given {
  return (stack) => stack.add(KEY, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with rotation": key({ enableKeyRotation: true }), "with rotation as a text": key({ enableKeyRotation: "true" }) },
  fail: {
    "with rotation turned off": { given: key({ enableKeyRotation: false }), says: /orders keeps its key material for ever/ },
    "as a symmetric key that says so": { given: key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT" }), says: /enableKeyRotation is off/ },
  },
  absent: {
    "without a word on rotation": { given: key({}), says: /enableKeyRotation is off/ },
    "of a key that can't be rotated": { given: key({ customerMasterKeySpec: "RSA_3072" }), says: "nothing" },
    "of a key in a store of the customer's own": { given: key({ customKeyStoreId: "cks-1" }), says: "nothing" },
  },
  unknown: {
    "while it is not known whether it is rotated": key({ enableKeyRotation: UNKNOWN }),
    "while it is not known what kind it is": key({ customerMasterKeySpec: UNKNOWN }),
  },
  mutations: {
    "the key of the stores is not rotated": (stack) => stack.set(stack.one(KEY, "persistence"), "enableKeyRotation", false),
  },
};
