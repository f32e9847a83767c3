import { subnetsDoNotOverlap as rule } from "../../../../../policy/preflight/rules/network/subnets-do-not-overlap";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type TestStack } from "../../../stack";

const SUBNET = "aws:ec2/subnet:Subnet";

function subnets(...blocks: readonly string[]): Given {
  return (stack: TestStack) => {
    const vpc = stack.add("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.1.0.0/16" });
    const made = blocks.map((cidrBlock, index) => stack.add(SUBNET, `subnet-${index + 1}`, { vpcId: id(vpc), cidrBlock }));
    const last = made.at(-1);
    if (last === undefined) throw new Error("there is no subnet");
    return last;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "blocks side by side": subnets("10.1.0.0/24", "10.1.1.0/24"),
    "blocks side by side in a VPC that is not made yet": { given: subnets("10.1.0.0/24", "10.1.1.0/24"), known: false },
    "equal blocks of two VPCs": (stack) => {
      const [one, other] = ["one", "other"].map((name) => {
        const vpc = stack.add("aws:ec2/vpc:Vpc", name, { cidrBlock: "10.1.0.0/16" });
        stack.add(SUBNET, `${name}-first`, { vpcId: id(vpc), cidrBlock: "10.1.1.0/24" });
        return stack.add(SUBNET, `${name}-second`, { vpcId: id(vpc), cidrBlock: "10.1.2.0/24" });
      });
      return other ?? one ?? stack.add(SUBNET, "none");
    },
  },
  fail: {
    "a block inside another": {
      given: subnets("10.1.0.0/20", "10.1.3.0/24"),
      says: /10\.1\.3\.0\/24 of subnet-2 overlaps 10\.1\.0\.0\/20 of subnet-1/,
    },
    "a block inside one that is not its neighbour": {
      given: subnets("10.1.0.0/20", "10.1.1.0/24", "10.1.4.0/24"),
      says: /overlaps 10\.1\.0\.0\/20/,
    },
    "the same block twice, before they are made": { given: subnets("10.1.0.0/24", "10.1.0.0/24"), known: false, says: /overlaps/ },
  },
  absent: {
    "with one of them without IPv4": {
      given: (stack) => {
        const vpc = stack.add("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.1.0.0/16" });
        stack.add(SUBNET, "six", { vpcId: id(vpc), ipv6Native: true });
        return stack.add(SUBNET, "four", { vpcId: id(vpc), cidrBlock: "10.1.0.0/24" });
      },
      says: "pass",
    },
  },
  unknown: {
    "while its block is not known": subnets("10.1.0.0/24", UNKNOWN),
    "while the VPC of another one is not known": (stack) => {
      stack.add(SUBNET, "other", { vpcId: UNKNOWN, cidrBlock: "10.1.0.0/24" });
      return subnets("10.1.0.0/24")(stack);
    },
    "while the block of another one is not known": subnets(UNKNOWN, "10.1.0.0/24"),
  },
  mutations: {
    "a subnet has the addresses of another": (stack) => {
      stack.set(stack.one(SUBNET, "isolated-2"), "cidrBlock", stack.one(SUBNET, "isolated-1").inputs["cidrBlock"]);
    },
    "a subnet is as large as its zone": (stack) => stack.set(stack.one(SUBNET, "private-1"), "cidrBlock", "10.20.0.0/18"),
  },
};
