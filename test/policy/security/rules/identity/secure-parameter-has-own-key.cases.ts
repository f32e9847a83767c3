import { secureParameterHasOwnKey as rule } from "../../../../../policy/security/rules/identity/secure-parameter-has-own-key";
import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { ownKey } from "./own-key";

const TYPE = "aws:ssm/parameter:Parameter";
const common = ownKey({ rule, type: TYPE, property: "keyId", ofAws: "alias/aws/ssm", inputs: { type: "SecureString" } });

export const cases: RuleCases = {
  ...common,
  absent: {
    ...common.absent,
    "of a parameter that is no secret": { given: (stack) => stack.add(TYPE, "orders", { type: "String" }), says: "nothing" },
  },
  unknown: { ...common.unknown, "while its type is not known": (stack) => stack.add(TYPE, "orders", { type: UNKNOWN }) },
  mutations: {
    "a parameter has the key of AWS": (stack) => stack.add(TYPE, "orders", { name: "/orders/key", type: "SecureString", value: SECRET }),
  },
};
