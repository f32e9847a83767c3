import { judge } from "../../../lib/finding";
import { unlessCustomerKey } from "../../../lib/keys";
import { read, text } from "../../../lib/resource";
import { notEvaluated, stackRule } from "../../../lib/rule";

export const secureParameterHasOwnKey = stackRule({
  id: "secure-parameter-has-own-key",
  title: "Every secure parameter is encrypted with a customer key",
  severity: "medium",
  why: "With the key of AWS everybody of the account who may read the parameter may also decrypt it.",
  fix: "Set keyId to a key of KMS that the stack makes, and let only the parameter's readers decrypt with it.",
  links: ["https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_337" }],
  check: (stack) =>
    stack.ofType("aws:ssm/parameter:Parameter").flatMap((parameter) => {
      const type = read(parameter, "type");
      if (type.state === "unknown") return [notEvaluated(parameter.urn, "type is not known yet", "type")];
      if (text(type) !== "SecureString") return [];
      return [judge(parameter, `${parameter.name} has no key of its own`, unlessCustomerKey(parameter, "keyId", stack))];
    }),
});
