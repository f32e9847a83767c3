import { vaultHasOwnKey as rule } from "../../../../../policy/security/rules/identity/vault-has-own-key";
import { type RuleCases } from "../../../cases";
import { ownKey } from "./own-key";

const TYPE = "aws:backup/vault:Vault";

export const cases: RuleCases = {
  ...ownKey({ rule, type: TYPE, property: "kmsKeyArn", ofAws: "alias/aws/backup" }),
  mutations: { "the backups have the key of AWS": (stack) => stack.set(stack.one(TYPE, "backups"), "kmsKeyArn", undefined) },
};
