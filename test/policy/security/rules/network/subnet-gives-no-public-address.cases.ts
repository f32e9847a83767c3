import { subnetGivesNoPublicAddress as rule } from "../../../../../policy/security/rules/network/subnet-gives-no-public-address";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, TestNetwork } from "../../../stack";

const SUBNET = "aws:ec2/subnet:Subnet";
const INSTANCE = "aws:ec2/instance:Instance";
const GIVES = { mapPublicIpOnLaunch: true };

/** A subnet with a route to an internet gateway. */
function inPublicTier(inputs: Inputs, instance = false): Given {
  return (stack) => {
    const network = new TestNetwork(stack);
    const [table] = stack.resources.filter(({ type, name }) => type === "aws:ec2/routeTable:RouteTable" && name === "net-public-1");
    const subnet = stack.add(SUBNET, "front", { vpcId: id(network.vpc), cidrBlock: "10.0.99.0/24", ...inputs });
    if (table === undefined) throw new Error("the network has no public tier");
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "front", { subnetId: id(subnet), routeTableId: id(table) });
    if (instance) stack.add(INSTANCE, "web", { subnetId: id(subnet), associatePublicIpAddress: false });
    return subnet;
  };
}

/** A subnet without a route of its own. */
function elsewhere(inputs: Inputs): Given {
  return (stack) => stack.add(SUBNET, "private", { vpcId: id(stack.add("aws:ec2/vpc:Vpc", "main")), ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it gives none": elsewhere({ mapPublicIpOnLaunch: false }),
    "in the tier of load balancers": inPublicTier(GIVES),
    "in that tier before anything is made": { given: inPublicTier(GIVES), known: false },
  },
  fail: {
    "outside the public tier": { given: elsewhere(GIVES), says: /private gives public addresses: .* no route to an internet gateway/ },
    "when instances are started in it": { given: inPublicTier(GIVES, true), says: /web starts instances in it/ },
    "when its settings ask it of every subnet": {
      given: inPublicTier(GIVES),
      config: { publicTier: false },
      says: /mapPublicIpOnLaunch is on/,
    },
  },
  absent: { "which gives none": { given: elsewhere({}), says: "pass" } },
  unknown: {
    "while the flag is not known": elsewhere({ mapPublicIpOnLaunch: UNKNOWN }),
    "when its VPC is not in the stack": (stack) => stack.add(SUBNET, "front", { vpcId: "vpc-1", ...GIVES }),
    "while it is not known in which subnets instances are started": {
      given: (stack) => {
        const subnet = inPublicTier(GIVES)(stack);
        const made = stack.add("awsx:ec2:Vpc", "main");
        for (const [index, child] of [subnet, stack.add(SUBNET, "back")].entries())
          stack.resources[stack.resources.indexOf(child)] = { ...child, parent: made.urn, name: `${child.name}-${index}` };
        stack.add(INSTANCE, "web", { subnetId: id(made), associatePublicIpAddress: false });
        return stack.resources.find(({ urn }) => urn === subnet.urn) ?? subnet;
      },
      known: false,
    },
  },
  mutations: {
    "a subnet of the private tier gives public addresses": (stack) => {
      const [subnet] = stack.all(SUBNET, "network-isolated-1");
      if (subnet !== undefined) stack.set(subnet, "mapPublicIpOnLaunch", true);
    },
  },
};
