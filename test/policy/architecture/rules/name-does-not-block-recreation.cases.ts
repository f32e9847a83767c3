import { nameDoesNotBlockRecreation as rule } from "../../../../policy/architecture/rules/name-does-not-block-recreation";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const GROUP = "aws:lb/targetGroup:TargetGroup";

function group(inputs: Inputs): Given {
  return (stack) => stack.add(GROUP, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a name that Pulumi made up": group({ name: "orders-0a1b2c3" }),
    "with a reason for a fixed one": group({ name: "orders", tags: { "strata:because": "a partner names it" } }),
  },
  fail: {
    "with a fixed name": { given: group({ name: "orders" }), says: /orders has the fixed name "orders"; a change of .* replaces it/ },
    "with a reason that says nothing": { given: group({ name: "orders", tags: { "strata:because": "" } }), says: /fixed name/ },
  },
  absent: { "of a name: Pulumi makes one up": { given: group({}), says: "pass" } },
  unknown: {
    "while the name is not known": group({ name: UNKNOWN }),
    "while it is not known whether it gives a reason": group({ name: "orders", tags: UNKNOWN }),
  },
  mutations: {
    "a target group with a fixed name": (stack) => stack.set(stack.one(GROUP, "orders"), "name", "orders"),
    "a security group with a fixed name": (stack) =>
      stack.set(stack.one("aws:ec2/securityGroup:SecurityGroup", "orders"), "name", "orders"),
  },
};
