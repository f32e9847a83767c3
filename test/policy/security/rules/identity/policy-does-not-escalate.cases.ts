import { policyDoesNotEscalate as rule } from "../../../../../policy/security/rules/identity/policy-does-not-escalate";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addStatement, allow, ROLE, ROLE_POLICY, rolePolicy, SILENT_ON_UNKNOWN_POLICY, UNKNOWN_POLICIES } from "../../../documents";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a role that is named": rolePolicy(allow("iam:PassRole", "arn:aws:iam::123456789012:role/orders-task")),
    "when it may only look at roles": rolePolicy(allow(["iam:GetRole", "iam:List*"], "*")),
    "when it is denied": rolePolicy({ Effect: "Deny", Action: "iam:PassRole", Resource: "*" }),
  },
  fail: {
    "with any role to pass on": { given: rolePolicy(allow("iam:PassRole", "*")), says: /statement 1 allows iam:PassRole on all/ },
    "with any role to pass to one service": {
      given: rolePolicy(allow("iam:passrole", "*", { Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } })),
      says: /iam:PassRole/,
    },
    "with any role of its account to assume": {
      given: rolePolicy(allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/*")),
      says: /sts:AssumeRole/,
    },
    "with all that begins alike": { given: rolePolicy(allow("iam:Put*", ["*"])), says: /iam:PutRolePolicy/ },
  },
  absent: { "without a policy": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" } },
  unknown: {
    ...UNKNOWN_POLICIES,
    "while it is not known which role may be passed": (stack) =>
      stack.add(ROLE_POLICY, "orders", { policy: { Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: UNKNOWN }] } }),
  },
  silentWhileUnknown: SILENT_ON_UNKNOWN_POLICY,
  mutations: {
    "a schedule may pass any role": (stack) =>
      addStatement(stack, ROLE_POLICY, "nightly-reports-scheduler", "policy", allow("iam:PassRole", "*")),
    "a service may assume any role": (stack) =>
      addStatement(stack, ROLE_POLICY, "orders", "policy", allow("sts:AssumeRole", "arn:aws:iam::444455556666:role/*")),
  },
};
