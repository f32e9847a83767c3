import { keyAliasIsAccepted as rule } from "../../../../../policy/preflight/rules/identity/key-alias-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const ALIAS = "aws:kms/alias:Alias";

function alias(inputs: Inputs): Given {
  return (stack) => stack.add(ALIAS, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with slashes": alias({ name: "alias/shop/orders_1" }), "a prefix": alias({ namePrefix: "alias/shop-" }) },
  fail: {
    "without alias/": { given: alias({ name: "orders" }), says: /KMS refuses orders: name "orders" does not begin with alias\// },
    "as AWS's own": { given: alias({ name: "alias/aws/s3" }), says: /begins with alias\/aws\// },
    "with a dot": { given: alias({ name: "alias/orders.v1" }), says: /is not made of letters/ },
    "by a prefix without alias/": { given: alias({ namePrefix: "orders-" }), says: /namePrefix "orders-"/ },
  },
  absent: { "of a name, which is then made up": { given: alias({}), says: "pass" } },
  unknown: { "while it is not known": alias({ name: UNKNOWN }) },
  mutations: {
    "an alias is called without alias/": (stack) => stack.set(stack.one(ALIAS, "visibility"), "namePrefix", "strata/prod/visibility-"),
  },
};
