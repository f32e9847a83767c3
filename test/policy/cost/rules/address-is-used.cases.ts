import { addressIsUsed as rule } from "../../../../policy/cost/rules/address-is-used";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { id, type Inputs, Ref, type TestStack } from "../../stack";

const ADDRESS = "aws:ec2/eip:Eip";

/** An address that another resource names. */
function usedBy(type: string, naming: (address: Ref) => Inputs): Given {
  return (stack: TestStack) => {
    const address = stack.add(ADDRESS, "front");
    stack.add(type, "user", naming(id(address)));
    return address;
  };
}

const nat = usedBy("aws:ec2/natGateway:NatGateway", (allocationId) => ({ allocationId }));

export const cases: RuleCases = {
  rule,
  pass: {
    "with a NAT gateway": nat,
    "with a NAT gateway that is not made yet": { given: nat, known: false },
    "with a load balancer": usedBy("aws:lb/loadBalancer:LoadBalancer", (allocationId) => ({
      subnetMappings: [{ subnetId: "a", allocationId }],
    })),
    "with an association": usedBy("aws:ec2/eipAssociation:EipAssociation", (allocationId) => ({ allocationId, instanceId: "i-1" })),
    "with an instance of its own": (stack) => stack.add(ADDRESS, "front", { instance: "i-1" }),
    "with an instance that is not made yet": {
      given: (stack) => stack.add(ADDRESS, "front", { instance: id(stack.add("aws:ec2/instance:Instance", "host")) }),
      known: false,
    },
    "with an association by its number": (stack) => {
      const address = stack.add(ADDRESS, "front", {}, undefined, { publicIp: "192.0.2.1" });
      stack.add("aws:ec2/eipAssociation:EipAssociation", "user", { publicIp: new Ref(address, "publicIp") });
      return address;
    },
  },
  fail: {
    "with a record alone, behind which nothing answers": {
      given: usedBy("aws:route53/record:Record", (address) => ({ records: [address] })),
      says: /nothing in the stack uses the address front/,
    },
    "with an empty instance": { given: (stack) => stack.add(ADDRESS, "front", { instance: null }), says: /nothing in the stack uses/ },
  },
  absent: {
    "with nothing at all": { given: (stack) => stack.add(ADDRESS, "front", { domain: "vpc" }), says: /nothing in the stack uses/ },
  },
  unknown: { "while what it belongs to is not known": (stack) => stack.add(ADDRESS, "front", { networkInterface: UNKNOWN }) },
  mutations: {
    "an address is kept for later": (stack) => {
      stack.add(ADDRESS, "spare", { domain: "vpc", tags: { Name: "spare" } });
    },
  },
};
