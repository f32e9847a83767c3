import { iamNameIsAccepted as rule } from "../../../../../policy/preflight/rules/identity/iam-name-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const ROLE = "aws:iam/role:Role";

function named(inputs: Inputs, type = ROLE): Given {
  return (stack) => stack.add(type, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of 64 characters": named({ name: "a".repeat(64) }),
    "of a policy of 65": named({ name: "a".repeat(65) }, "aws:iam/policy:Policy"),
    "with signs": named({ name: "orders_of+shop=1,2.3@eu-west" }),
  },
  fail: {
    "of 65 characters": {
      given: named({ name: "a".repeat(65) }),
      says: /IAM refuses the name of orders: name "a+" has 65 characters, of at most 64/,
    },
    "of a policy of 129": { given: named({ name: "a".repeat(129) }, "aws:iam/rolePolicy:RolePolicy"), says: /of at most 128/ },
    "with a slash": { given: named({ name: "shop/orders" }), says: /"shop\/orders" is not made of letters/ },
    "by a prefix of 39": { given: named({ namePrefix: "a".repeat(39) }), says: /namePrefix "a+" has 39 characters, of at most 38/ },
  },
  absent: { "of a name, which is then made up": { given: named({}), says: "pass" } },
  unknown: { "while it is not known": named({ name: UNKNOWN }) },
  mutations: {
    "a role has a name of many parts": (stack) =>
      stack.set(stack.one(ROLE, "thumbnails"), "name", "production-us-east-1-media-platform-thumbnails-function-execution-role"),
    "a policy has a name with a slash": (stack) =>
      stack.set(stack.one("aws:iam/rolePolicy:RolePolicy", "storefront"), "name", "shop/storefront"),
  },
};
