import { publicVerdicts } from "../../../lib/iam/resource-policies";
import { resourceRule } from "../../../lib/rule";

/** Of private repositories, and of the registry they are in. Without a policy only the account itself comes in. */
export const repositoryIsNotPublic = resourceRule({
  id: "repository-is-not-public",
  title: "No policy lets everyone read or push images",
  severity: "critical",
  why: "Images hold code and often more than was meant to be in them; who may push puts his own code into every task that starts next.",
  fix: "Name accounts or roles in Principal of the policy, or keep the rest out with a Condition on aws:PrincipalOrgID.",
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_32" },
    { name: "AwsSolutions", id: "ECR1" },
  ],
  types: ["aws:ecr/repositoryPolicy:RepositoryPolicy", "aws:ecr/registryPolicy:RegistryPolicy"],
  check: (policy) => publicVerdicts(policy, "policy"),
});
