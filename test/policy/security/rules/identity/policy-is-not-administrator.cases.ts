import { policyIsNotAdministrator as rule } from "../../../../../policy/security/rules/identity/policy-is-not-administrator";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addStatement, allow, documentOf, ROLE, ROLE_POLICY, rolePolicy, UNKNOWN_POLICIES } from "../../../documents";
import { arn } from "../../../stack";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const POLICY = "aws:iam/policy:Policy";

export const cases: RuleCases = {
  rule,
  pass: {
    "with actions that are named": rolePolicy(allow("s3:GetObject", "arn:aws:s3:::orders/*")),
    "when everything is denied": rolePolicy({ Effect: "Deny", Action: "*", Resource: "*" }),
    "with another policy of AWS": (stack) => stack.add(ATTACHMENT, "orders", { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    "with a policy of the stack that is not made yet": {
      given: (stack) => stack.add(ATTACHMENT, "orders", { policyArn: arn(stack.add(POLICY, "own", { policy: documentOf() })) }),
      known: false,
    },
  },
  fail: {
    "with * as action": { given: rolePolicy(allow("*", "*")), says: /statement 1 allows every action/ },
    "with *:* in a list": { given: rolePolicy(allow(["s3:GetObject", "*:*"], "arn:aws:s3:::orders")), says: /every action/ },
    "in one statement that is known while another is not": {
      given: (stack) =>
        stack.add(ROLE_POLICY, "orders", { policy: { Statement: [UNKNOWN, { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] } }),
      says: /statement All/,
    },
    "in the inline policy of a role": {
      given: (stack) => stack.add(ROLE, "orders", { inlinePolicies: [{ policy: documentOf(allow("*", "*")) }] }),
      says: /every action/,
    },
    "with AdministratorAccess attached": {
      given: (stack) => stack.add(ATTACHMENT, "orders", { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      says: /attaches AdministratorAccess/,
    },
    "with IAMFullAccess among the policies of a role": {
      given: (stack) => stack.add(ROLE, "orders", { managedPolicyArns: ["arn:aws-cn:iam::aws:policy/IAMFullAccess"] }),
      says: /IAMFullAccess/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" } },
  unknown: {
    ...UNKNOWN_POLICIES,
    "while its policy is not known": (stack) => stack.add(ROLE_POLICY, "orders", { role: "orders", policy: UNKNOWN }),
    "while the attached policy is not known": (stack) => stack.add(ATTACHMENT, "orders", { policyArn: UNKNOWN }),
  },
  mutations: {
    "a service may do everything": (stack) => addStatement(stack, ROLE_POLICY, "orders", "policy", allow("*", "*")),
    "the role of the nodes is an administrator": (stack) =>
      stack.set(stack.one(ATTACHMENT, "kubernetes-nodeRole"), "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"),
  },
};
