import { subnetIsInsideItsVpc as rule } from "../../../../../policy/preflight/rules/network/subnet-is-inside-its-vpc";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, type TestStack } from "../../../stack";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

function subnet(inputs: Inputs, vpc: Inputs = { cidrBlock: "10.1.0.0/16" }): Given {
  return (stack) => stack.add(SUBNET, "private", { vpcId: id(stack.add(VPC, "net", vpc)), ...inputs });
}

/** A VPC with a second block. */
function wider(stack: TestStack) {
  const vpc = stack.add(VPC, "net", { cidrBlock: "10.1.0.0/16" });
  stack.add("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "more", { vpcId: id(vpc), cidrBlock: "10.2.0.0/16" });
  return stack.add(SUBNET, "private", { vpcId: id(vpc), cidrBlock: "10.2.1.0/24" });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "a part of its VPC": subnet({ cidrBlock: "10.1.4.0/22" }),
    "a part of a VPC that is not made yet": { given: subnet({ cidrBlock: "10.1.4.0/22" }), known: false },
    "a part of a second block of its VPC": wider,
    "a subnet of a VPC from outside the stack": (stack) => stack.add(SUBNET, "private", { vpcId: "vpc-1", cidrBlock: "10.9.0.0/24" }),
  },
  fail: {
    "a block beside its VPC": {
      given: subnet({ cidrBlock: "10.2.0.0/24" }),
      known: false,
      says: /10\.2\.0\.0\/24 is outside 10\.1\.0\.0\/16 of net/,
    },
    "a block larger than its VPC": {
      given: subnet({ cidrBlock: "10.1.0.0/16" }, { cidrBlock: "10.1.0.0/20" }),
      says: /10\.1\.0\.0\/16 is outside/,
    },
    "a block that is too small": { given: subnet({ cidrBlock: "10.1.0.0/29" }), says: /not between \/16 and \/28/ },
    "a block that begins inside itself": { given: subnet({ cidrBlock: "10.1.1.0/22" }), says: /its own boundary, which is 10\.1\.0\.0/ },
    "a text that is no block": { given: subnet({ cidrBlock: "10.1.0.0" }), says: /no block of IPv4/ },
  },
  absent: { "of a subnet that has only IPv6": { given: subnet({ ipv6Native: true }), says: "nothing" } },
  unknown: {
    "while its block is not known": subnet({ cidrBlock: UNKNOWN }),
    "while IPAM has not chosen the block of its VPC": {
      given: subnet({ cidrBlock: "10.1.0.0/24" }, { ipv4IpamPoolId: "pool-1" }),
      known: false,
    },
  },
  mutations: {
    "a subnet has addresses of another VPC": (stack) => stack.set(stack.one(SUBNET, "isolated"), "cidrBlock", "10.21.0.0/22"),
    "a subnet does not begin on its boundary": (stack) => stack.set(stack.one(SUBNET, "isolated-3"), "cidrBlock", "10.20.239.0/22"),
  },
};
