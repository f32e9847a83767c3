import { balancerDropsInvalidHeaders as rule } from "../../../../../policy/security/rules/network/balancer-drops-invalid-headers";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";

function balancer(inputs: Inputs, type = TYPE): Given {
  return (stack) => stack.add(type, "public", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it drops them": balancer({ dropInvalidHeaderFields: true }),
    "when the flag is a text, as the engine may carry it": balancer({ dropInvalidHeaderFields: "true" }),
    "whatever its type turns out to be, when it drops them": balancer({ loadBalancerType: UNKNOWN, dropInvalidHeaderFields: true }),
  },
  fail: {
    "when it passes them on": { given: balancer({ dropInvalidHeaderFields: false }), says: /public passes on headers/ },
    "under the other name of the type": {
      given: balancer({ loadBalancerType: "application" }, "aws:alb/loadBalancer:LoadBalancer"),
      says: /dropInvalidHeaderFields is off/,
    },
  },
  absent: {
    "which is off": { given: balancer({ dropInvalidHeaderFields: null }), says: /is off/ },
    "with nothing to say about a load balancer that reads no HTTP": { given: balancer({ loadBalancerType: "network" }), says: "nothing" },
  },
  unknown: {
    "while the flag is not known": balancer({ dropInvalidHeaderFields: UNKNOWN }),
    "while its type is not known": balancer({ loadBalancerType: UNKNOWN }),
  },
  mutations: {
    "the public load balancer passes on headers that are not valid": (stack) =>
      stack.set(stack.one(TYPE, "public"), "dropInvalidHeaderFields", false),
    "the flag is taken out": (stack) => stack.set(stack.one(TYPE, "public"), "dropInvalidHeaderFields", undefined),
  },
};
