import { secretHasOwnKey as rule } from "../../../../../policy/security/rules/identity/secret-has-own-key";
import { type RuleCases } from "../../../cases";
import { ownKey } from "./own-key";

const TYPE = "aws:secretsmanager/secret:Secret";

export const cases: RuleCases = {
  ...ownKey({ rule, type: TYPE, property: "kmsKeyId", ofAws: "alias/aws/secretsmanager" }),
  mutations: { "a secret has the key of AWS": (stack) => stack.set(stack.one(TYPE, "payment-provider"), "kmsKeyId", undefined) },
};
