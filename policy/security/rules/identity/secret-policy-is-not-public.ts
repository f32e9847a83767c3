import { publicVerdicts } from "../../../lib/iam/resource-policies";
import { resourceRule } from "../../../lib/rule";

export const secretPolicyIsNotPublic = resourceRule({
  id: "secret-policy-is-not-public",
  title: "No policy of a secret lets everyone read it",
  severity: "critical",
  why: "Everyone is every account of AWS: whoever finds the name of the secret reads what is in it.",
  fix: "Name the roles in Principal, or keep others out with a Condition on aws:PrincipalOrgID or aws:PrincipalAccount; set blockPublicPolicy.",
  links: ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html"],
  frameworks: [],
  types: ["aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretPolicy:SecretPolicy"],
  check: (secret) => publicVerdicts(secret, "policy"),
});
