import { networkAclOpensNoAdminPort as rule } from "../../../../../policy/security/rules/network/network-acl-opens-no-admin-port";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const ACL = "aws:ec2/networkAcl:NetworkAcl";
const RULE = "aws:ec2/networkAclRule:NetworkAclRule";
const ALL = { ruleNo: 100, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
const ANSWERS = { ...ALL, protocol: "tcp", fromPort: 1024, toPort: 65_535 };
const NO_DESKTOP = { ...ALL, ruleNo: 90, action: "deny", protocol: "tcp", fromPort: 3389, toPort: 3389 };

function acl(...ingress: readonly Inputs[]): Given {
  return (stack) => stack.add(ACL, "private", { ingress });
}

/** A list with entries that are resources of their own. */
function entries(...all: readonly Inputs[]): Given {
  return (stack) => {
    const list = stack.add(ACL, "private");
    for (const [index, entry] of all.entries()) stack.add(RULE, `entry-${index}`, { networkAclId: id(list), ...entry });
    return list;
  };
}

const OWN = { ruleNumber: 100, ruleAction: "allow", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0" };

export const cases: RuleCases = {
  rule,
  pass: {
    "when it lets in a network": acl({ ...ALL, cidrBlock: "10.0.0.0/8" }),
    "when answers come back past an earlier deny": acl(ANSWERS, NO_DESKTOP),
    "when it lets in other ports": acl({ ...ALL, protocol: "6", fromPort: 443, toPort: 443 }),
    "when it lets in another protocol": acl({ ...ALL, protocol: "icmp" }),
    "when only what goes out is open": entries({ ...OWN, egress: true }),
  },
  fail: {
    "when it lets in everything": { given: acl(ALL), says: /private lets the internet in: ingress number 100 allows port 22.*port 3389/ },
    "when the deny comes too late": { given: acl(ANSWERS, { ...NO_DESKTOP, ruleNo: 110 }), says: /allows port 3389/ },
    "when the deny is of the other version of addresses": {
      given: acl({ ...ANSWERS, cidrBlock: null, ipv6CidrBlock: "::/0" }, NO_DESKTOP),
      says: /port 3389 from ::\/0/,
    },
    "by an entry of its own": { given: entries(OWN), says: /entry-0 number 100 allows port 22/ },
    "before it is made": { given: entries(OWN), known: false, says: /entry-0 number 100 allows port 22/ },
    "by an entry of a list from outside": { given: (stack) => stack.add(RULE, "ssh", { networkAclId: "acl-1", ...OWN }), says: /port 22/ },
    "on a port that its settings name": {
      given: acl({ ...ALL, protocol: "tcp", fromPort: 5900, toPort: 5900 }),
      config: { ports: [5900] },
      says: /port 5900/,
    },
  },
  absent: { "of entries, which lets nothing in": { given: (stack) => stack.add(ACL, "private"), says: "pass" } },
  unknown: {
    "while its entries are not known": (stack) => stack.add(ACL, "private", { ingress: UNKNOWN }),
    "while the addresses of one are not known": acl({ ...ALL, cidrBlock: UNKNOWN }),
    "while the ports of one are not known": entries({ ...OWN, fromPort: UNKNOWN }),
    "while it is not known whether one is of what goes out": entries({ ...OWN, egress: UNKNOWN }),
  },
  mutations: {
    "a list lets SSH in from everywhere": (stack) => {
      const list = stack.add(ACL, "hardened", { vpcId: id(stack.one("aws:ec2/vpc:Vpc")), tags: { Name: "hardened" } });
      stack.add(RULE, "hardened-ssh", { networkAclId: id(list), egress: false, ...OWN });
    },
  },
};
