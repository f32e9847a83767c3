import { UNKNOWN } from "../../../../../policy/lib/resource";
import { cacheShardsAreWithinLimits as rule } from "../../../../../policy/preflight/rules/messaging/cache-shards-are-within-limits";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const group = like(GROUP, { nodeType: "cache.m7g.large" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with six nodes": group({ numCacheClusters: 6 }),
    "with shards of five replicas": group({ numNodeGroups: 3, replicasPerNodeGroup: 5 }),
    "with as many zones as nodes": group({ numCacheClusters: 2, preferredCacheClusterAzs: ["a", "b"] }),
  },
  fail: {
    "with seven nodes": { given: group({ numCacheClusters: 7 }), says: /numCacheClusters is 7; it can be 1 to 6 nodes/ },
    "with six replicas": { given: group({ numNodeGroups: 1, replicasPerNodeGroup: 6 }), says: /0 to 5 replicas/ },
    "with both ways to count": { given: group({ numCacheClusters: 2, numNodeGroups: 2 }), says: /numCacheClusters is set, and so is/ },
    "with more zones than nodes": {
      given: group({ numCacheClusters: 2, preferredCacheClusterAzs: ["a", "b", "c"] }),
      says: /2 nodes and 3/,
    },
  },
  absent: { "without a number": { given: group(), says: "pass" } },
  unknown: {
    "while nobody knows whether it has shards too": group({ numCacheClusters: 2, numNodeGroups: UNKNOWN }),
    "while the nodes are not known": group({ numCacheClusters: UNKNOWN }),
    "while the zones are not known": group({ numCacheClusters: 2, preferredCacheClusterAzs: UNKNOWN }),
  },
  mutations: {
    "the cache has more replicas than it can": (stack) => stack.set(stack.one(GROUP), "numCacheClusters", 8),
    "the cache names one zone for two nodes": (stack) => stack.set(stack.one(GROUP), "preferredCacheClusterAzs", ["us-east-1a"]),
  },
};
