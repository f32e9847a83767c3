import { privateDnsHasVpcDns as rule } from "../../../../../policy/preflight/rules/network/private-dns-has-vpc-dns";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const VPC = "aws:ec2/vpc:Vpc";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ASKS = { vpcEndpointType: "Interface", privateDnsEnabled: true };

function endpoint(vpc: Inputs, inputs: Inputs = ASKS): Given {
  return (stack) => stack.add(ENDPOINT, "logs", { vpcId: id(stack.add(VPC, "net", { cidrBlock: "10.1.0.0/16", ...vpc })), ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with host names on": endpoint({ enableDnsHostnames: true }),
    "with host names on as text, before the VPC is made": { given: endpoint({ enableDnsHostnames: "true" }), known: false },
    "in a VPC from outside the stack": (stack) => stack.add(ENDPOINT, "logs", { vpcId: "vpc-1", ...ASKS }),
  },
  fail: {
    "with host names off": {
      given: endpoint({ enableDnsHostnames: false }),
      says: /private DNS for logs: enableDnsHostnames of net is off/,
    },
    "with DNS support off": {
      given: endpoint({ enableDnsHostnames: true, enableDnsSupport: false }),
      known: false,
      says: /enableDnsSupport of net is off/,
    },
  },
  absent: {
    "of the VPC, which has no host names": { given: endpoint({}), says: /enableDnsHostnames of net is off/ },
    "of the endpoint, which asks for no private DNS": { given: endpoint({}, { vpcEndpointType: "Interface" }), says: "nothing" },
  },
  unknown: {
    "while the VPC's setting is not known": endpoint({ enableDnsHostnames: UNKNOWN }),
    "while it is not known whether it is an interface": endpoint({ enableDnsHostnames: true }, { ...ASKS, vpcEndpointType: UNKNOWN }),
    "while it is not known whether it asks": endpoint({}, { vpcEndpointType: "Interface", privateDnsEnabled: UNKNOWN }),
  },
  mutations: { "the VPC has no host names": (stack) => stack.set(stack.one(VPC), "enableDnsHostnames", false) },
};
