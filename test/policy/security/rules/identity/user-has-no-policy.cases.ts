import { userHasNoPolicy as rule } from "../../../../../policy/security/rules/identity/user-has-no-policy";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { allow, documentOf } from "../../../documents";
import { type Inputs } from "../../../stack";

const POLICY = documentOf(allow("s3:GetObject", "arn:aws:s3:::orders/*"));

function attachment(inputs: Inputs): Given {
  return (stack) => stack.add("aws:iam/policyAttachment:PolicyAttachment", "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "when only roles and groups have it": attachment({ roles: ["orders"], groups: ["people"], users: [] }) },
  fail: {
    "with a policy of a user": {
      given: (stack) => stack.add("aws:iam/userPolicy:UserPolicy", "mailer", { user: "mailer", policy: POLICY }),
      says: /mailer gives a policy to a user/,
    },
    "with a policy attached to a user": {
      given: (stack) => stack.add("aws:iam/userPolicyAttachment:UserPolicyAttachment", "mailer", { user: UNKNOWN, policyArn: UNKNOWN }),
      says: /to a user/,
    },
    "when a user is among those who have it": { given: attachment({ users: ["carol"] }), says: /to users: carol/ },
    "when a user is among those who have it, of whom nobody knows the name": { given: attachment({ users: [UNKNOWN] }), says: /to users/ },
  },
  absent: { "without users": { given: attachment({ roles: ["orders"] }), says: "pass" } },
  unknown: { "while the users are not known": attachment({ users: UNKNOWN }) },
  mutations: {
    "a user gets a policy of his own": (stack) => stack.add("aws:iam/userPolicy:UserPolicy", "carol", { user: "carol", policy: POLICY }),
  },
};
