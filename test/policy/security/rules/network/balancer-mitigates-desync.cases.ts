import { balancerMitigatesDesync as rule } from "../../../../../policy/security/rules/network/balancer-mitigates-desync";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";

function balancer(inputs: Inputs, type = TYPE): Given {
  return (stack) => stack.add(type, "public", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it is strict": balancer({ desyncMitigationMode: "strictest" }),
    "when a classic one is defensive": balancer({ desyncMitigationMode: "defensive" }, CLASSIC),
  },
  fail: {
    "when it only watches": { given: balancer({ desyncMitigationMode: "monitor" }), says: /public passes on ambiguous requests/ },
    "when a classic one only watches": { given: balancer({ desyncMitigationMode: "monitor" }, CLASSIC), says: /is monitor/ },
  },
  absent: {
    "which is defensive": { given: balancer({}), says: "pass" },
    "with nothing to say about a load balancer that reads no HTTP": {
      given: balancer({ loadBalancerType: "network", desyncMitigationMode: "monitor" }),
      says: "nothing",
    },
  },
  unknown: {
    "while the mode is not known": balancer({ desyncMitigationMode: UNKNOWN }),
    "while its type is not known": balancer({ loadBalancerType: UNKNOWN, desyncMitigationMode: "monitor" }),
  },
  mutations: {
    "the public load balancer only watches ambiguous requests": (stack) =>
      stack.set(stack.one(TYPE, "public"), "desyncMitigationMode", "monitor"),
  },
};
