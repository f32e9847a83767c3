import { repositoryIsNotPublic as rule } from "../../../../../policy/security/rules/containers/repository-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input, type Inputs } from "../../../stack";
import { addRepository } from "./examples";

const TYPE = "aws:ecr/repositoryPolicy:RepositoryPolicy";

function document(principal: Input, more: Inputs = {}): string {
  const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Pull", Effect: "Allow", Principal: principal, Action: pull, ...more }],
  });
}

function policy(text: string, type = TYPE): Given {
  return (stack) => stack.add(type, "orders", { repository: "orders", policy: text });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it names an account": policy(document({ AWS: "arn:aws:iam::444455556666:root" })),
    "when everyone is kept to an organization": policy(
      document("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }),
    ),
    "when everyone is denied something": policy(document("*", { Effect: "Deny" })),
  },
  fail: {
    "when it names everyone": { given: policy(document("*")), says: /orders is open to the world: .*Pull allows ecr:BatchGetImage/ },
    "when it names everyone among others": {
      given: policy(document({ AWS: ["arn:aws:iam::444455556666:root", "*"] })),
      says: /open to the world/,
    },
    "when the registry's does": { given: policy(document("*"), "aws:ecr/registryPolicy:RegistryPolicy"), says: /open to the world/ },
  },
  absent: {
    "of who it is for, in a statement that allows all but some": {
      given: policy(JSON.stringify({ Statement: [{ Effect: "Allow", NotPrincipal: { AWS: "444455556666" }, Action: "ecr:*" }] })),
      says: /open to the world/,
    },
  },
  unknown: {
    "while it is not known": policy(UNKNOWN),
    "when it can't be read": policy("{"),
  },
  mutations: {
    "a repository lets everyone pull": (stack) => {
      const repository = addRepository(stack);
      stack.add(TYPE, "orders", { repository: id(repository), policy: document("*") });
    },
  },
};
