import { judge } from "../../../lib/finding";
import { unlessCustomerKey } from "../../../lib/keys";
import { stackRule } from "../../../lib/rule";

export const vaultHasOwnKey = stackRule({
  id: "vault-has-own-key",
  title: "Every backup vault is encrypted with a customer key",
  severity: "medium",
  why: "Backups hold all that the stores hold; with the key of AWS they can't be copied to another account, nor withheld from anyone in this one.",
  fix: "Set kmsKeyArn to a key of KMS that the stack makes for backups.",
  links: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_166" }],
  check: (stack) =>
    stack
      .ofType("aws:backup/vault:Vault")
      .map((vault) => judge(vault, `${vault.name} has no key of its own`, unlessCustomerKey(vault, "kmsKeyArn", stack))),
});
