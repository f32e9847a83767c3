import { balancerHasOneSubnetAZone as rule } from "../../../../../policy/preflight/rules/network/balancer-has-one-subnet-a-zone";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, type TestStack } from "../../../stack";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const SUBNET = "aws:ec2/subnet:Subnet";

function balancer(zones: readonly string[], inputs: Inputs = {}): Given {
  return (stack: TestStack) => {
    const subnets = zones.map((availabilityZone, index) => stack.add(SUBNET, `public-${index}`, { availabilityZone }));
    return stack.add(BALANCER, "web", { subnets: subnets.map(id), ...inputs });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a subnet in each of two zones": balancer(["a", "b"]),
    "with subnets that are not made yet": { given: balancer(["a", "b", "c"]), known: false },
    "of type network in one zone": balancer(["a"], { loadBalancerType: "network" }),
    "with subnets from outside the stack": (stack) => stack.add(BALANCER, "web", { subnets: ["subnet-1", "subnet-2"] }),
    "with mapped subnets": (stack) => stack.add(BALANCER, "web", { subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] }),
  },
  fail: {
    "with one subnet": { given: balancer(["a"]), says: /web: it has 1 of at least 2 subnets/ },
    "with two subnets of one zone": { given: balancer(["a", "b", "a"]), says: /two of its subnets are in a/ },
    "with two subnets of one zone that are not made yet": {
      given: balancer(["a", "a"]),
      known: false,
      says: /two of its subnets are in a/,
    },
    "of type network with two subnets of one zone": { given: balancer(["a", "a"], { loadBalancerType: "network" }), says: /are in a/ },
  },
  absent: { "without subnets": { given: (stack) => stack.add(BALANCER, "web"), says: /it has 0 of at least 2 subnets/ } },
  unknown: {
    "while its subnets are not known": (stack) => stack.add(BALANCER, "web", { subnets: UNKNOWN }),
    "while the zone of a subnet is not known": balancer(["a", UNKNOWN]),
    "while its type is not known and it has one subnet": balancer(["a"], { loadBalancerType: UNKNOWN }),
  },
  mutations: {
    "the subnets of a load balancer are of one zone": (stack) => {
      for (const subnet of stack.all(SUBNET, "public-2")) stack.set(subnet, "availabilityZone", "us-east-1a");
    },
  },
};
