import { publicVerdicts } from "../../../lib/iam/resource-policies";
import { resourceRule } from "../../../lib/rule";

export const vaultPolicyIsNotPublic = resourceRule({
  id: "vault-policy-is-not-public",
  title: "No policy of a backup vault lets everyone in",
  severity: "critical",
  why: "Whoever may copy a backup out of the vault has the data of the store, as of any night he likes.",
  fix: "Name the accounts in Principal, or keep others out with a Condition on aws:PrincipalOrgID.",
  links: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html"],
  frameworks: [],
  types: ["aws:backup/vaultPolicy:VaultPolicy"],
  check: (vault) => publicVerdicts(vault, "policy"),
});
