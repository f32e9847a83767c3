import { cacheHasOwnSubnetGroup as rule } from "../../../../../policy/security/rules/databases/cache-has-own-subnet-group";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const NODE = "aws:elasticache/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: { "with a group of its own": given(GROUP, { subnetGroupName: "orders" }) },
  fail: { "with the default group": { given: given(NODE, { subnetGroupName: "default" }), says: /orders stands in the default subnets/ } },
  absent: {
    "without a group, which is the default one": { given: given("aws:memorydb/cluster:Cluster"), says: /stands in the default subnets/ },
    "of a node of a group": { given: given(NODE, { replicationGroupId: "orders" }), says: "nothing" },
  },
  unknown: { "while the group is not known": given(GROUP, { subnetGroupName: UNKNOWN }) },
  mutations: { "the cache stands in the default subnets": (stack) => stack.set(stack.one(GROUP), "subnetGroupName", "default") },
};
