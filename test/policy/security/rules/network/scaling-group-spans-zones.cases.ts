import { scalingGroupSpansZones as rule } from "../../../../../policy/security/rules/network/scaling-group-spans-zones";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input } from "../../../stack";

const TYPE = "aws:autoscaling/group:Group";

/** A group in subnets of these zones. */
function inZones(...zones: readonly string[]): Given {
  return (stack) => {
    const subnets = zones.map((availabilityZone, index) =>
      stack.add("aws:ec2/subnet:Subnet", `private-${index + 1}`, { availabilityZone }),
    );
    return stack.add(TYPE, "workers", { vpcZoneIdentifiers: subnets.map(id) });
  };
}

function group(vpcZoneIdentifiers: Input): Given {
  return (stack) => stack.add(TYPE, "workers", { vpcZoneIdentifiers });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "in two zones": inZones("eu-west-1a", "eu-west-1b"),
    "in two zones before anything is made": { given: inZones("eu-west-1a", "eu-west-1b"), known: false },
    "when it names two zones": (stack) => stack.add(TYPE, "workers", { availabilityZones: ["a", "b"] }),
  },
  fail: {
    "with two subnets of one zone": { given: inZones("eu-west-1a", "eu-west-1a"), says: /workers is gone with one zone: .* eu-west-1a/ },
    "with one subnet from outside": { given: group(["subnet-1"]), says: /one zone/ },
  },
  absent: {
    "of the zone of its only subnet, which is one wherever it is": {
      given: (stack) => stack.add(TYPE, "workers", { vpcZoneIdentifiers: [id(stack.add("aws:ec2/subnet:Subnet", "private"))] }),
      says: /one zone/,
    },
  },
  unknown: {
    "while its subnets are not known": group(UNKNOWN),
    "while it is not known which of the subnets of its VPC they are": {
      given: (stack) => {
        const tiers = ["a", "b"].map((availabilityZone) => stack.add("aws:ec2/subnet:Subnet", availabilityZone, { availabilityZone }));
        const made = stack.add(TYPE, "workers", { vpcZoneIdentifiers: [UNKNOWN] });
        const changed = { ...made, propertyDependencies: { vpcZoneIdentifiers: tiers.map(({ urn }) => urn) } };
        stack.resources[stack.resources.indexOf(made)] = changed;
        return changed;
      },
      known: false,
    },
    "with several subnets from outside": group(["subnet-1", "subnet-2"]),
    "while the zone of one is not known": inZones("eu-west-1a", UNKNOWN),
    "without subnets": (stack) => stack.add(TYPE, "workers", {}),
  },
  mutations: {
    "the instances of the cluster stand in one zone": (stack) => {
      const group = stack.one(TYPE);
      const { vpcZoneIdentifiers: subnets } = group.inputs;
      stack.set(group, "vpcZoneIdentifiers", Array.isArray(subnets) ? subnets.slice(0, 1) : []);
    },
  },
};
