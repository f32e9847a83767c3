import { UNKNOWN } from "../../../../../policy/lib/resource";
import { searchDomainSpreadsEvenly as rule } from "../../../../../policy/preflight/rules/databases/search-domain-spreads-evenly";
import { type Given, type RuleCases } from "../../../cases";
import type { Inputs } from "../../../stack";
import { addStore, DOMAIN, GOOD_DOMAIN, subnetIds, within } from "../../given";

function domain(clusterConfig: Inputs, zones?: string): Given {
  return (stack) =>
    stack.add(DOMAIN, "orders", { clusterConfig, ...(zones !== undefined && { vpcOptions: { subnetIds: subnetIds(stack, zones) } }) });
}

const two = { zoneAwarenessEnabled: true, instanceCount: 2 };
const three = { zoneAwarenessEnabled: true, zoneAwarenessConfig: { availabilityZoneCount: 3 }, instanceCount: 3 };

export const cases: RuleCases = {
  rule,
  pass: {
    "in one zone": domain({ instanceCount: 1 }, "a"),
    "in two zones by default": domain(two, "ab"),
    "in three zones, not made yet": { given: domain(three, "abc"), known: false },
    "without a VPC": domain(three),
  },
  fail: {
    "in one zone with two subnets": { given: domain({ instanceCount: 2 }, "ab"), says: /it has 2 subnets and stands in 1 of their zones/ },
    "in three zones with two subnets": { given: domain(three, "ab"), says: /2 subnets where 3 are needed/ },
    "in two zones with both subnets in one": { given: domain(two, "aa"), known: false, says: /stand in eu-west-1a/ },
    "in two zones with three nodes": { given: domain({ ...two, instanceCount: 3 }), says: /3 nodes in 2 zones, and an even number/ },
    "in three zones with two nodes": { given: domain({ ...three, instanceCount: 2 }), says: /2 nodes in 3 zones/ },
    "in four zones": { given: domain({ ...three, zoneAwarenessConfig: { availabilityZoneCount: 4 } }), says: /availabilityZoneCount is 4/ },
    "with a standby and four nodes": {
      given: domain({ ...three, instanceCount: 4, multiAzWithStandbyEnabled: true }),
      says: /a standby needs/,
    },
  },
  absent: {
    "without a configuration": { given: domain({}), says: "pass" },
    "with zones and one node": { given: domain({ zoneAwarenessEnabled: true }), says: /1 nodes in 2 zones/ },
  },
  unknown: {
    "while its subnets are not known": (stack) => stack.add(DOMAIN, "orders", { clusterConfig: {}, vpcOptions: { subnetIds: UNKNOWN } }),
    "while nobody knows whether it has a standby": domain({ ...three, instanceCount: 4, multiAzWithStandbyEnabled: UNKNOWN }),
    "while nobody knows whether it has zones": domain({ zoneAwarenessEnabled: UNKNOWN }),
    "while the nodes are not known": domain({ ...two, instanceCount: UNKNOWN }),
    "while the zones of its subnets are not known": domain(two, "a."),
  },
  mutations: {
    "a search domain in three zones has two nodes": (stack) =>
      addStore(stack, DOMAIN, within(GOOD_DOMAIN, "clusterConfig", { instanceCount: 2 })),
  },
};
