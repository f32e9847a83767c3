import { managedPolicyIsNotAttached as rule } from "../../../../../policy/security/rules/identity/managed-policy-is-not-attached";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { ROLE } from "../../../documents";
import { arn, type Input } from "../../../stack";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

function attached(policyArn: Input): Given {
  return (stack) => stack.add(ATTACHMENT, "orders", { role: "orders", policyArn });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a policy of the account": attached("arn:aws:iam::123456789012:policy/orders"),
    "with a policy of the stack that is not made yet": {
      given: (stack) => attached(arn(stack.add("aws:iam/policy:Policy", "own")))(stack),
      known: false,
    },
    "with one for the role of a service": attached("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"),
    "with one that a service asks for": attached("arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"),
    "with one that its settings allow": {
      given: attached("arn:aws:iam::aws:policy/ReadOnlyAccess"),
      config: { allowed: ["ReadOnlyAccess"] },
    },
    "with one that another rule is against": attached("arn:aws:iam::aws:policy/AdministratorAccess"),
  },
  fail: {
    "with a policy of AWS": {
      given: attached("arn:aws:iam::aws:policy/AmazonS3FullAccess"),
      says: /orders attaches policies of AWS: AmazonS3FullAccess/,
    },
    "with a policy of AWS on the role itself": {
      given: (stack) => stack.add(ROLE, "orders", { managedPolicyArns: [UNKNOWN, "arn:aws:iam::aws:policy/job-function/PowerUserAccess"] }),
      says: /job-function\/PowerUserAccess/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" } },
  unknown: { "while the policy is not known": attached(UNKNOWN) },
  mutations: {
    "the nodes may read every bucket": (stack) =>
      stack.set(stack.one(ATTACHMENT, "kubernetes-nodeRole"), "policyArn", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"),
    "a service may use every queue": (stack) =>
      stack.set(stack.one(ROLE, "orders"), "managedPolicyArns", ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"]),
  },
};
