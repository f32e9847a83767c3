import { defaultGroupIsClosed as rule } from "../../../../../policy/security/rules/network/default-group-is-closed";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const VPC = "aws:ec2/vpc:Vpc";
const GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const OPEN = { protocol: "-1", fromPort: 0, toPort: 0, self: true };

function group(inputs: Inputs): Given {
  return (stack) => stack.add(GROUP, "default", { vpcId: id(stack.add(VPC, "main")), ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with empty lists": group({ ingress: [], egress: [] }),
    "in a VPC that is not made yet": { given: group({ ingress: [], egress: [] }), known: false },
  },
  fail: {
    "when it lets in": {
      given: group({ ingress: [OPEN], egress: [] }),
      says: /default security group default is open: it has a rule of ingress/,
    },
    "when it lets out": { given: group({ egress: [{ ...OPEN, cidrBlocks: ["0.0.0.0/0"] }] }), says: /a rule of egress/ },
    "when a rule of its own opens it": {
      given: (stack) => {
        const closed = stack.add(GROUP, "default", { vpcId: "vpc-1" });
        stack.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ssh", { securityGroupId: id(closed), ipProtocol: "-1" });
        return closed;
      },
      says: /ssh is a rule of it/,
    },
    "when nothing closes it": { given: (stack) => stack.add(VPC, "main"), says: /the default security group of main is open/ },
    "when only that of another VPC is closed": {
      given: (stack) => {
        stack.add(GROUP, "default", { vpcId: "vpc-1" });
        return stack.add(VPC, "main");
      },
      says: /no DefaultSecurityGroup/,
    },
  },
  absent: { "which takes away the rules that AWS made": { given: group({}), says: "pass" } },
  unknown: {
    "while its rules are not known": group({ ingress: UNKNOWN }),
    "while it is not known of which VPC it is": (stack) => {
      stack.add(GROUP, "default", { vpcId: UNKNOWN });
      return stack.add(VPC, "main");
    },
  },
  mutations: {
    "the default group of the VPC stays as AWS made it": (stack) => stack.remove(stack.one(GROUP)),
    "the default group lets its members speak with each other": (stack) => stack.set(stack.one(GROUP), "ingress", [OPEN]),
  },
};
