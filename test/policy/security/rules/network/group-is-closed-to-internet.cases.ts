import { groupIsClosedToInternet as rule } from "../../../../../policy/security/rules/network/group-is-closed-to-internet";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type Inputs, TestNetwork, type TestStack } from "../../../stack";
import type { StackResource } from "../../../../../policy/lib/resource";

const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const CLASSIC = "aws:ec2/securityGroupRule:SecurityGroupRule";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const SSH = { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" };

/** A rule of a group that nothing uses. */
function ruleOf(inputs: Inputs, group: Inputs = {}): Given {
  return (stack) => stack.add(RULE, "in", { securityGroupId: id(stack.add(GROUP, "some", group)), ...inputs });
}

function classic(inputs: Inputs): Given {
  return (stack) =>
    stack.add(CLASSIC, "in", {
      securityGroupId: id(stack.add(GROUP, "some")),
      type: "ingress",
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      ...inputs,
    });
}

/** A rule of the group of a load balancer that listens on one port. */
function ofBalancer(inputs: Inputs, balancer: Inputs = {}, listens: Inputs = { port: 8443 }): Given {
  return (stack) => {
    const network = new TestNetwork(stack);
    const group = network.group("front");
    const made = stack.add("aws:lb/loadBalancer:LoadBalancer", "front", {
      subnets: network.public.map(id),
      securityGroups: [id(group)],
      ...balancer,
    });
    stack.add("aws:lb/listener:Listener", "front", { loadBalancerArn: arn(made), protocol: "HTTPS", ...listens });
    return opened(stack, group, inputs);
  };
}

function ofService(inputs: Inputs): Given {
  return (stack) => {
    const network = new TestNetwork(stack);
    const group = network.group("orders");
    network.service("orders", group);
    return opened(stack, group, inputs);
  };
}

function opened(stack: TestStack, group: StackResource, inputs: Inputs): StackResource {
  return stack.add(RULE, "in", { securityGroupId: id(group), ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0", ...inputs });
}

const port = (number: number): Inputs => ({ fromPort: number, toPort: number });

export const cases: RuleCases = {
  rule,
  pass: {
    "when it lets in a network": ruleOf({ ...SSH, cidrIpv4: "10.0.0.0/8" }),
    "when it lets in another group": ruleOf({ ipProtocol: "tcp", ...port(22), referencedSecurityGroupId: "sg-1" }),
    "when it lets in a group that is not made yet": {
      given: (stack) => {
        const [one, other] = [stack.add(GROUP, "one"), stack.add(GROUP, "other")];
        return stack.add(RULE, "in", { securityGroupId: id(one), ipProtocol: "tcp", ...port(22), referencedSecurityGroupId: id(other) });
      },
      known: false,
    },
    "on the port of a public load balancer's listener": ofBalancer(port(8443)),
    "on that port before anything is made": { given: ofBalancer(port(8443)), known: false },
    "on the port of its redirect": ofBalancer(port(80)),
    "for HTTPS in a group that another stack uses": ruleOf({ ...SSH, ...port(443) }),
    "with a reason on its group": ruleOf(SSH, { tags: { "strata:because": "the mail server of everyone" } }),
    "for a protocol without ports": ruleOf({ ipProtocol: "icmp", fromPort: 3, toPort: 4, cidrIpv4: "0.0.0.0/0" }),
    "inline for a network": (stack) =>
      stack.add(GROUP, "some", { ingress: [{ protocol: "tcp", ...port(22), cidrBlocks: ["192.168.0.0/16"] }] }),
  },
  fail: {
    "for SSH": { given: ruleOf(SSH), says: /in lets the internet in: port 22 from 0\.0\.0\.0\/0/ },
    "for SSH over IPv6": { given: ruleOf({ ipProtocol: "6", ...port(22), cidrIpv6: "::/0" }), says: /port 22 from ::\/0/ },
    "for half of the internet": { given: ruleOf({ ...SSH, cidrIpv4: "128.0.0.0/1" }), says: /128\.0\.0\.0\/1/ },
    "for every protocol": { given: ruleOf({ ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }), says: /ports 0 to 65535/ },
    "as the older kind of rule": { given: classic({ cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] }), says: /port 22 from 0\.0\.0\.0\/0/ },
    inline: {
      given: (stack) =>
        stack.add(GROUP, "some", { ingress: [{ protocol: "tcp", fromPort: 3000, toPort: 4000, cidrBlocks: ["0.0.0.0/0"] }] }),
      says: /some lets the internet in: ports 3000 to 4000/,
    },
    "by a prefix list": {
      given: (stack) => {
        const list = stack.add("aws:ec2/managedPrefixList:ManagedPrefixList", "all", { entries: [{ cidr: "0.0.0.0/0" }] });
        return stack.add(RULE, "in", {
          securityGroupId: id(stack.add(GROUP, "some")),
          ipProtocol: "tcp",
          ...port(22),
          prefixListId: id(list),
        });
      },
      says: /port 22/,
    },
    "to a service, even on 443": { given: ofService(port(443)), says: /port 443/ },
    "on a port that the load balancer does not listen on": { given: ofBalancer(port(22)), says: /port 22/ },
    "on more than the load balancer's ports": { given: ofBalancer({ fromPort: 0, toPort: 65_535 }), says: /ports 0 to 65535/ },
    "to an internal load balancer": { given: ofBalancer(port(8443), { internal: true }), says: /port 8443/ },
  },
  absent: {
    "of addresses, when it lets in a group": {
      given: ruleOf({ ipProtocol: "tcp", ...port(22), referencedSecurityGroupId: "sg-1" }),
      says: "pass",
    },
    "of a group's own rules, which is none": { given: (stack) => stack.add(GROUP, "some"), says: "nothing" },
    "with nothing to say about what goes out": { given: classic({ type: "egress", cidrBlocks: ["0.0.0.0/0"] }), says: "nothing" },
  },
  unknown: {
    "while its addresses are not known": ruleOf({ ...SSH, cidrIpv4: UNKNOWN }),
    "while its ports are not known": ruleOf({ ...SSH, fromPort: UNKNOWN }),
    "while its protocol is not known": ruleOf({ ...SSH, ipProtocol: UNKNOWN }),
    "while its direction is not known": classic({ type: UNKNOWN, cidrBlocks: ["0.0.0.0/0"] }),
    "when it names a prefix list from outside": ruleOf({ ipProtocol: "tcp", ...port(22), prefixListId: "pl-1" }),
    "while the rules of a group are not known": (stack) => stack.add(GROUP, "some", { ingress: UNKNOWN }),
    "while it is not known what the load balancer listens on": ofBalancer(port(8443), {}, { port: UNKNOWN }),
    "while it is not known whether it gives a reason": ruleOf({ ...SSH, tags: UNKNOWN }),
    "while it is not known whose rule it is": (stack) => stack.add(RULE, "in", { securityGroupId: UNKNOWN, ...SSH }),
  },
  mutations: {
    "a service on ECS takes connections from everywhere": (stack) =>
      stack.add(RULE, "orders-from-everywhere", {
        securityGroupId: id(stack.one(GROUP, "orders")),
        description: "Debugging",
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
      }),
    "instances answer SSH": (stack) =>
      stack.add(RULE, "containers-ssh", {
        securityGroupId: id(stack.one(GROUP, /EcsCapacity.*::containers/)),
        description: "Somebody had to look",
        ...SSH,
      }),
    "the public load balancer opens a port that it does not listen on": (stack) => {
      const opened = stack.one(RULE, "public-from-internet-443");
      stack.set(opened, "toPort", 9443);
    },
  },
};
