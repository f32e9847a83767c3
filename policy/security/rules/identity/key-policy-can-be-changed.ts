import { unlessOff } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "bypassPolicyLockoutSafetyCheck";

export const keyPolicyCanBeChanged = resourceRule({
  id: "key-policy-can-be-changed",
  title: "KMS checks that a key's policy does not lock its owner out",
  severity: "high",
  why: "A key whose policy nobody may change any more can't be given to anybody else, and what it encrypted is lost with its last user.",
  fix: `Leave ${PROPERTY} out, so that KMS refuses a policy that its writer could not change again.`,
  links: ["https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html"],
  frameworks: [],
  types: ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey", "aws:kms/keyPolicy:KeyPolicy"],
  check: (key) => [judge(key, `${key.name} may lock its owner out`, unlessOff(key, PROPERTY, false, `${PROPERTY} is on`))],
});
