import { balancerSpansZones as rule } from "../../../../../policy/security/rules/network/balancer-spans-zones";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";

function balancer(inputs: Inputs, type = TYPE): Given {
  return (stack) => stack.add(type, "gateway", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with two subnets": balancer({ subnets: ["subnet-1", "subnet-2"] }),
    "with two subnets that are not made yet": balancer({ subnets: [UNKNOWN, UNKNOWN] }),
    "with addresses of its own in two zones": balancer({ subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] }),
    "when a classic one names two zones": balancer({ availabilityZones: ["a", "b"] }, "aws:elb/loadBalancer:LoadBalancer"),
  },
  fail: {
    "with one subnet": { given: balancer({ subnets: ["subnet-1"] }), says: /gateway is gone with one zone: it has one subnet/ },
    "with one subnet that is not made yet": { given: balancer({ subnets: [UNKNOWN] }), says: /one subnet/ },
    "with an empty list": { given: balancer({ subnets: [] }), says: /no subnets/ },
  },
  absent: {
    "of the list, which AWS fills by itself from elsewhere, such as a subnet mapping": {
      given: balancer({ subnetMappings: [{ subnetId: "subnet-1" }] }),
      says: /one subnet/,
    },
  },
  unknown: {
    "while the list is not known": balancer({ subnets: UNKNOWN }),
    "when it names none at all": balancer({}),
  },
  mutations: {
    "the load balancer of a service stands in one zone": (stack) => {
      const gateway = stack.one(TYPE, "chat-gateway");
      const { subnets } = gateway.inputs;
      stack.set(gateway, "subnets", Array.isArray(subnets) ? subnets.slice(0, 1) : []);
    },
  },
};
