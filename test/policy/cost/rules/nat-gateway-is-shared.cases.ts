import { natGatewayIsShared as rule } from "../../../../policy/cost/rules/nat-gateway-is-shared";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { id, type Input, TestStack } from "../../stack";
import type { StackResource } from "../../../../policy/lib/resource";

const NAT = "aws:ec2/natGateway:NatGateway";

/** A gateway in each of the VPCs, by name; gives the last one. */
function gateways(vpcs: readonly string[], durable: Input = false): Given {
  return (stack: TestStack) => {
    const owner = stack.add("strata:network:Network", "network", { durable });
    const made = new Map<string, StackResource>();
    let last = owner;
    for (const [index, name] of vpcs.entries()) {
      const vpc = made.get(name) ?? stack.add("aws:ec2/vpc:Vpc", name, {}, owner);
      made.set(name, vpc);
      const subnet = stack.add("aws:ec2/subnet:Subnet", `public-${index}`, { vpcId: id(vpc) }, owner);
      last = stack.add(NAT, `nat-${index}`, { subnetId: id(subnet) }, owner);
    }
    return last;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with one gateway": gateways(["main"]),
    "with one gateway in each of two VPCs": gateways(["main", "other"]),
    "with the first of several, which is the one to share": (stack) => {
      gateways(["main", "main"])(stack);
      return stack.resources.find(({ type }) => type === NAT) ?? stack.add(NAT, "none");
    },
  },
  fail: {
    "with a gateway in each zone": {
      given: gateways(["main", "main", "main"]),
      says: /nat-2 is one of several NAT gateways of its VPC: nat-0 is there already/,
    },
    "with gateways that are not made yet": { given: gateways(["main", "main"]), known: false, says: /nat-0 is there already/ },
    "where the settings say that the stack is not durable": {
      given: (stack) => {
        const vpc = stack.add("aws:ec2/vpc:Vpc", "main");
        const [, last] = [0, 1].map((zone) =>
          stack.add(NAT, `nat-${zone}`, { subnetId: id(stack.add("aws:ec2/subnet:Subnet", `public-${zone}`, { vpcId: id(vpc) })) }),
        );
        return last ?? vpc;
      },
      config: { durable: false },
      says: /several NAT gateways/,
    },
  },
  absent: {
    "where a durable environment wants one in each zone": { given: gateways(["main", "main"], true), says: "nothing" },
    "where nothing says that a stack is not durable": {
      given: (stack) => stack.add(NAT, "nat", { subnetId: "subnet-1" }),
      says: "nothing",
    },
  },
  unknown: {
    "while it is not known whether the environment is durable": gateways(["main", "main"], UNKNOWN),
    "while it is not known in which VPC they are": (stack) => {
      const owner = stack.add("strata:network:Network", "network", { durable: false });
      stack.add(NAT, "first", { subnetId: UNKNOWN }, owner);
      return stack.add(NAT, "second", { subnetId: UNKNOWN }, owner);
    },
  },
  mutations: {
    "what goes out by a gateway in each zone is not durable": (stack) => {
      for (const gateway of stack.all(NAT)) stack.set(gateway, "durable", false);
    },
  },
};
