import { cacheTakesMinorVersions as rule } from "../../../../../policy/security/rules/databases/cache-takes-minor-versions";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const NODE = "aws:elasticache/cluster:Cluster";
const FLAG = "autoMinorVersionUpgrade";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(GROUP, { [FLAG]: true }), "with it on as text": given(NODE, { engine: "redis", [FLAG]: "true" }) },
  fail: {
    "with it off": { given: given(GROUP, { [FLAG]: false }), says: /orders stays on its minor version/ },
    "with it off as text": { given: given(NODE, { engine: "redis", [FLAG]: "false" }), says: /is off/ },
    "of MemoryDB": { given: given("aws:memorydb/cluster:Cluster", { [FLAG]: false }), says: /is off/ },
  },
  absent: {
    "without the flag, which is on": { given: given(GROUP), says: "pass" },
    "of memcached, which has none": { given: given(NODE, { engine: "memcached", [FLAG]: "false" }), says: "nothing" },
    "of a node of a group": { given: given(NODE, { replicationGroupId: "orders", [FLAG]: "false" }), says: "nothing" },
  },
  unknown: {
    "while the flag is not known": given(GROUP, { [FLAG]: UNKNOWN }),
    "with it off, while the engine is not known": given(NODE, { engine: UNKNOWN, [FLAG]: false }),
  },
  mutations: { "the cache waits for a person to patch it": (stack) => stack.set(stack.one(GROUP), FLAG, false) },
};
