import { groupSaysWhatItIsFor as rule } from "../../../../../policy/security/rules/network/group-says-what-it-is-for";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const CLASSIC = "aws:ec2/securityGroupRule:SecurityGroupRule";

function add(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when a group says it": add(GROUP, { description: "Service orders" }),
    "when its own rules say it too": add(GROUP, { description: "Service orders", ingress: [{ description: "The load balancer" }] }),
    "when a rule says it": add(RULE, { description: "The load balancer" }),
    "when an older rule says it": add(CLASSIC, { description: "The load balancer" }),
  },
  fail: {
    "when it is empty": { given: add(RULE, { description: " " }), says: /orders does not say what it is for/ },
    "when it says what the provider says": { given: add(GROUP, { description: "Managed by Pulumi" }), says: /no description/ },
    "when one of a group's own rules does not": {
      given: add(GROUP, { description: "Service orders", egress: [{ description: "The database" }, {}] }),
      says: /rule 2 of egress has no description/,
    },
  },
  absent: {
    "of a group's, for which the provider writes that it made it": { given: add(GROUP, {}), says: /it has no description/ },
    "of a rule's, which is empty": { given: add(RULE, {}), says: /it has no description/ },
    "of an older rule's": { given: add(CLASSIC, {}), says: /it has no description/ },
  },
  unknown: {
    "while it is not known": add(RULE, { description: UNKNOWN }),
    "while the rules of a group are not known": add(GROUP, { description: "Service orders", ingress: UNKNOWN }),
  },
  mutations: {
    "a rule does not say what it is for": (stack) => stack.set(stack.one(RULE, "orders"), "description", undefined),
    "a group does not say what it is for": (stack) => stack.set(stack.one(GROUP, "orders"), "description", "Managed by Pulumi"),
  },
};
