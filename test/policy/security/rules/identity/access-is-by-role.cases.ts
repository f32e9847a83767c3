import { accessIsByRole as rule } from "../../../../../policy/security/rules/identity/access-is-by-role";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { ROLE } from "../../../documents";
import { type Inputs } from "../../../stack";

const USER = "aws:iam/user:User";

function user(inputs: Inputs): Given {
  return (stack) => stack.add(USER, "mailer", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with a reason": user({ tags: { "strata:because": "SES takes SMTP passwords only from users" } }) },
  fail: {
    "with an empty reason": { given: user({ tags: { "strata:because": " " } }), says: /mailer is an IAM user/ },
    "with a reason under another tag than asked for": {
      given: user({ tags: { "strata:because": "x" } }),
      config: { reasonTag: "why" },
      says: /credentials do not expire/,
    },
  },
  absent: {
    "without tags": { given: user({}), says: /mailer is an IAM user/ },
    "of a role": { given: (stack) => stack.add(ROLE, "mailer"), says: "nothing" },
  },
  unknown: { "while its tags are not known": user({ tags: UNKNOWN }) },
  mutations: { "somebody gets a user": (stack) => stack.add(USER, "carol", { path: "/people/" }) },
};
