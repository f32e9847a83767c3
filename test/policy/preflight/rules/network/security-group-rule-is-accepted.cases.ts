import { securityGroupRuleIsAccepted as rule } from "../../../../../policy/preflight/rules/network/security-group-rule-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const WEB = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" };

function rules(inputs: Inputs): Given {
  return (stack) => stack.add(INGRESS, "web", { securityGroupId: "sg-1", ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "one port": rules(WEB),
    "ports as text": rules({ ...WEB, fromPort: "80", toPort: "443" }),
    "a peer that is not known yet": rules({ ipProtocol: "udp", fromPort: 53, toPort: 53, referencedSecurityGroupId: UNKNOWN }),
    "every protocol without ports": rules({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }),
    "ICMP of every type": rules({ ipProtocol: "icmp", fromPort: -1, toPort: -1, cidrIpv4: "10.0.0.0/8" }),
  },
  fail: {
    "a range the wrong way round": {
      given: rules({ ...WEB, fromPort: 443, toPort: 80 }),
      says: /web: it begins at port 443 and ends at 80/,
    },
    "a port that there is not": { given: rules({ ...WEB, toPort: 70000 }), says: /toPort is 70000/ },
    "two peers": { given: rules({ ...WEB, cidrIpv6: "::/0" }), says: /it names cidrIpv4 and cidrIpv6/ },
    "a peer left out, though its ports are not known": {
      given: rules({ ipProtocol: "tcp", fromPort: UNKNOWN, toPort: UNKNOWN }),
      says: /names none of/,
    },
  },
  absent: {
    "TCP without a port": { given: rules({ ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8" }), says: /it is of tcp and has no fromPort/ },
    "TCP with its number and one port": { given: rules({ ipProtocol: 6, fromPort: 1, cidrIpv4: "10.0.0.0/8" }), says: /no toPort/ },
  },
  unknown: {
    "while a port is not known": rules({ ...WEB, toPort: UNKNOWN }),
    "while the protocol is not known": rules({ ...WEB, ipProtocol: UNKNOWN }),
  },
  mutations: {
    "a rule ends before it begins": (stack) => stack.set(stack.one(INGRESS), "toPort", 1),
    "a rule names a block besides a group": (stack) => {
      const [found] = stack.all(INGRESS).filter(({ inputs }) => inputs["referencedSecurityGroupId"] !== undefined);
      if (found === undefined) throw new Error("no rule names a group");
      stack.set(found, "cidrIpv4", "10.20.0.0/16");
    },
  },
};
