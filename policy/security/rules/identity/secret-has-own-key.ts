import { judge } from "../../../lib/finding";
import { unlessCustomerKey } from "../../../lib/keys";
import { stackRule } from "../../../lib/rule";

export const secretHasOwnKey = stackRule({
  id: "secret-has-own-key",
  title: "Every secret is encrypted with a customer key",
  severity: "medium",
  why: "With the key of AWS everybody of the account who may read the secret may also decrypt it, and nobody can withhold the key.",
  fix: "Set kmsKeyId to a key of KMS that the stack makes, and let only the secret's readers decrypt with it.",
  links: ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_149" }],
  check: (stack) =>
    stack
      .ofType("aws:secretsmanager/secret:Secret")
      .map((secret) => judge(secret, `${secret.name} has no key of its own`, unlessCustomerKey(secret, "kmsKeyId", stack))),
});
