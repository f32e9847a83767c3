import { functionSpansZones as rule } from "../../../../../policy/security/rules/functions/function-spans-zones";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { called, FUNCTION } from "./functions";

/** A function in subnets of these zones. */
function inZones(...zones: readonly string[]): Given {
  return (stack) => {
    const subnets = zones.map((availabilityZone, index) => stack.add("aws:ec2/subnet:Subnet", `subnet-${index}`, { availabilityZone }));
    return stack.add(FUNCTION, "orders", { vpcConfig: { subnetIds: subnets.map(id) } });
  };
}
const inSubnets = (subnetIds: readonly string[]): Given => called({ vpcConfig: { subnetIds } });

export const cases: RuleCases = {
  rule,
  pass: {
    "in two zones": inZones("us-east-1a", "us-east-1b"),
    "in two zones whose subnets are not made yet": { given: inZones("us-east-1a", "us-east-1b"), known: false },
  },
  fail: {
    "in one subnet": { given: inZones("us-east-1a"), says: /orders does not span zones: its only subnet is subnet-0/ },
    "in one subnet of another stack": { given: inSubnets(["subnet-1"]), says: /its only subnet is one of another stack/ },
    "in two subnets of one zone": { given: inZones("us-east-1a", "us-east-1a"), says: /all its subnets stand in us-east-1a/ },
  },
  absent: {
    "outside a VPC, where Lambda spreads it": { given: called({}), says: "nothing" },
    "with an empty list, which is outside a VPC": { given: inSubnets([]), says: "nothing" },
    "where nothing is durable": { given: called({ durable: false, vpcConfig: { subnetIds: ["subnet-1"] } }), says: "nothing" },
  },
  unknown: {
    "while its subnets are not known": called({ vpcConfig: UNKNOWN }),
    "in subnets of another stack": inSubnets(["subnet-1", "subnet-2"]),
  },
  mutations: {
    "a function has one subnet": (stack) => {
      const changed = stack.one(FUNCTION, "log-shipper");
      const { vpcConfig } = changed.inputs as { vpcConfig: { subnetIds: string[] } };
      stack.set(changed, ["vpcConfig", "subnetIds"], vpcConfig.subnetIds.slice(0, 1));
    },
  },
};
