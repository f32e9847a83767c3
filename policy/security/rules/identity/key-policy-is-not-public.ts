import { publicVerdicts } from "../../../lib/iam/resource-policies";
import { resourceRule } from "../../../lib/rule";

/** A key without a policy gets that of AWS, which lets its own account decide: nothing is said about it. */
export const keyPolicyIsNotPublic = resourceRule({
  id: "key-policy-is-not-public",
  title: "No key policy lets everyone use the key",
  severity: "critical",
  why: "Who may use the key decrypts what it encrypted: with everyone as principal that is any account of AWS.",
  fix: "Name the accounts and roles in Principal, or keep others out with a Condition on kms:CallerAccount or aws:PrincipalOrgID.",
  links: ["https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html"],
  frameworks: [
    { name: "FSBP", id: "KMS.5" },
    { name: "Checkov", id: "CKV_AWS_33" },
  ],
  types: ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey", "aws:kms/keyPolicy:KeyPolicy"],
  check: (key) => publicVerdicts(key, "policy"),
});
