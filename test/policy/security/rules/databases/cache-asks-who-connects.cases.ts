import { cacheAsksWhoConnects as rule } from "../../../../../policy/security/rules/databases/cache-asks-who-connects";
import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given } from "../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const NODE = "aws:elasticache/cluster:Cluster";
const SERVERLESS = "aws:elasticache/serverlessCache:ServerlessCache";
const MEMORY = "aws:memorydb/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a user group that is not made yet": {
      given: (stack) => stack.add(GROUP, "orders", { userGroupIds: [id(stack.add("aws:elasticache/userGroup:UserGroup", "orders"))] }),
      known: false,
    },
    "with a token, which is a secret": given(GROUP, { authToken: SECRET }),
    "a serverless one with a group": given(SERVERLESS, { engine: "valkey", userGroupId: "orders" }),
    "MemoryDB with a list of its own": given(MEMORY, { aclName: "orders" }),
  },
  fail: {
    "with an empty list": { given: given(GROUP, { userGroupIds: [] }), says: /orders lets everybody in: .* userGroupIds is empty/ },
    "a single node": { given: given(NODE, { engine: "redis" }), says: /only a replication group can ask/ },
    "MemoryDB that is open": { given: given(MEMORY, { aclName: "open-access" }), says: /aclName is open-access/ },
  },
  absent: {
    "without a group or a token": { given: given(SERVERLESS, { engine: "valkey" }), says: /userGroupId is empty/ },
    "of memcached, which can't": { given: given(NODE, { engine: "memcached" }), says: "nothing" },
    "of a further group of a global one": { given: given(GROUP, { globalReplicationGroupId: "orders" }), says: "nothing" },
  },
  unknown: {
    "while the groups are not known": given(GROUP, { userGroupIds: UNKNOWN }),
    "while the engine is not known": given(SERVERLESS, { engine: UNKNOWN }),
    "while the list of MemoryDB is not known": given(MEMORY, { aclName: UNKNOWN }),
  },
  mutations: { "the cache asks nobody": (stack) => stack.set(stack.one(GROUP), "userGroupIds", undefined) },
};
