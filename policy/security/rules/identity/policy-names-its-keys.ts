import { DECRYPTING } from "../../../lib/iam/dangerous-actions";
import { allowedVerdicts } from "../../../lib/iam/identity-policies";
import { conditionOf, covers, found, isEverything, isPositive, someOf, valuesOf } from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { every, not, some, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** A condition on the alias or the tags of the keys names them as well; one on the service that calls (kms:ViaService) does not. */
export const policyNamesItsKeys = stackRule({
  id: "policy-names-its-keys",
  title: "No policy lets its holder decrypt with all keys",
  severity: "high",
  why: "The keys of stores are what keeps one service's data from another; who may use them all reads every backup, secret and queue he can lay hands on.",
  fix: "Name the ARNs of the keys in Resource, or their aliases in a Condition on kms:ResourceAliases.",
  links: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1",
    "https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html",
  ],
  frameworks: [
    { name: "FSBP", id: "KMS.1" },
    { name: "FSBP", id: "KMS.2" },
  ],
  check: (stack) =>
    allowedVerdicts(stack, "lets its holder decrypt with all keys", (statement, name, property) => {
      const actions = valuesOf(statement["Action"]);
      const decrypts = someOf(actions, (pattern) => !isEverything(pattern) && DECRYPTING.some((action) => covers(pattern, action)));
      const onAll = someOf(valuesOf(statement["Resource"]), isEveryKey);
      return found(every([decrypts, onAll, not(namesKeys(statement))]), `${name} allows kms:Decrypt on all keys`, property);
    }),
});

function isEveryKey(resource: string): boolean {
  return isEverything(resource) || /^arn:[\w*-]+:kms:[\w*-]*:[\d*]*:(\*|key\/\*+)$/.test(resource);
}

function namesKeys(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  return tests && some(tests.map((test) => isPositive(test) && /^(kms:resourcealiases$|aws:resourcetag\/)/.test(test.key)));
}
