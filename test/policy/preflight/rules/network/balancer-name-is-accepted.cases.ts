import { balancerNameIsAccepted as rule } from "../../../../../policy/preflight/rules/network/balancer-name-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const GROUP = "aws:lb/targetGroup:TargetGroup";

function balancer(inputs: Inputs, type = BALANCER): Given {
  return (stack) => stack.add(type, "public", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "a short name": balancer({ name: "public-web" }),
    "a short prefix": balancer({ namePrefix: "web-" }),
    "a target group called internal": balancer({ name: "internal-orders" }, GROUP),
  },
  fail: {
    "a name of 33 characters": { given: balancer({ name: "a".repeat(33) }), says: /has 33 characters, of at most 32/ },
    "a name with a dot": { given: balancer({ name: "orders.v1" }, GROUP), says: /"orders\.v1" is not made of letters/ },
    "a name that ends with a hyphen": { given: balancer({ name: "orders-" }, "aws:alb/targetGroup:TargetGroup"), says: /inner hyphens/ },
    "a name that AWS keeps": { given: balancer({ name: "internal-web" }), says: /begins with internal-/ },
    "a prefix that is too long": {
      given: balancer({ namePrefix: "public-" }),
      says: /namePrefix "public-" has 7 characters, of at most 6/,
    },
  },
  absent: { "without a name, which is made up to fit": { given: balancer({}), says: "pass" } },
  unknown: { "while the name is not known": balancer({ name: UNKNOWN }) },
  mutations: { "a target group has a long prefix": (stack) => stack.set(stack.one(GROUP, "orders"), "namePrefix", "orders-") },
};
