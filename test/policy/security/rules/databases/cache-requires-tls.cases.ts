import { cacheRequiresTls as rule } from "../../../../../policy/security/rules/databases/cache-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const NODE = "aws:elasticache/cluster:Cluster";
const FLAG = "transitEncryptionEnabled";

export const cases: RuleCases = {
  rule,
  pass: {
    "with it on": given(GROUP, { engine: "valkey", [FLAG]: true, transitEncryptionMode: "required" }),
    "memcached with it on": given(NODE, { engine: "memcached", [FLAG]: true }),
    "of MemoryDB, which has it on": given("aws:memorydb/cluster:Cluster"),
  },
  fail: {
    "with it off": {
      given: given(GROUP, { [FLAG]: false }),
      says: /orders takes connections in the clear: transitEncryptionEnabled is off/,
    },
    "that only prefers it": { given: given(GROUP, { [FLAG]: true, transitEncryptionMode: "preferred" }), says: /is preferred/ },
    "a single node of Redis, which can't": { given: given(NODE, { engine: "redis" }), says: /only a replication group can/ },
    "of MemoryDB with it off": { given: given("aws:memorydb/cluster:Cluster", { tlsEnabled: false }), says: /tlsEnabled is off/ },
  },
  absent: {
    "without the flag, which is off": { given: given(GROUP), says: /transitEncryptionEnabled is off/ },
    "of a node of a group": { given: given(NODE, { replicationGroupId: "orders" }), says: "nothing" },
    "of a further group of a global one": { given: given(GROUP, { globalReplicationGroupId: "orders" }), says: "nothing" },
  },
  unknown: {
    "while the flag is not known": given(GROUP, { [FLAG]: UNKNOWN }),
    "while the mode is not known": given(GROUP, { [FLAG]: true, transitEncryptionMode: UNKNOWN }),
    "while the engine is not known": given(NODE, { engine: UNKNOWN }),
  },
  mutations: { "the cache takes plain connections too": (stack) => stack.set(stack.one(GROUP), "transitEncryptionMode", "preferred") },
};
