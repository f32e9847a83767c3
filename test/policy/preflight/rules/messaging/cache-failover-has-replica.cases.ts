import { UNKNOWN } from "../../../../../policy/lib/resource";
import { cacheFailoverHasReplica as rule } from "../../../../../policy/preflight/rules/messaging/cache-failover-has-replica";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const group = like(GROUP, { nodeType: "cache.m7g.large" });
const failover = { automaticFailoverEnabled: true };

export const cases: RuleCases = {
  rule,
  pass: {
    "with two nodes": group({ ...failover, multiAzEnabled: true, numCacheClusters: 2 }),
    "with one node and no failover": group({ numCacheClusters: 1, automaticFailoverEnabled: false }),
    "with shards and no replicas, in one zone": group({ ...failover, numNodeGroups: 3, replicasPerNodeGroup: 0 }),
    "with shards and replicas": group({ ...failover, multiAzEnabled: true, numNodeGroups: 3, replicasPerNodeGroup: "1" }),
  },
  fail: {
    "with failover and one node": { given: group({ ...failover, numCacheClusters: 1 }), says: /one node by numCacheClusters/ },
    "in several zones without failover": {
      given: group({ multiAzEnabled: true, numCacheClusters: 2 }),
      says: /multiAzEnabled is on and automaticFailoverEnabled is off/,
    },
    "with shards without failover": {
      given: group({ numNodeGroups: 2, replicasPerNodeGroup: 1 }),
      says: /2 shards and automaticFailoverEnabled is off/,
    },
    "with shards in several zones without replicas": {
      given: group({ ...failover, multiAzEnabled: true, numNodeGroups: 2, replicasPerNodeGroup: 0 }),
      says: /one node by replicasPerNodeGroup/,
    },
  },
  absent: {
    "without any": { given: group(), says: "pass" },
    "with failover alone": { given: group(failover), says: /one node by numCacheClusters/ },
    "of a member of a global group": { given: group({ ...failover, globalReplicationGroupId: "g" }), says: "nothing" },
  },
  unknown: {
    "while nobody knows whether it has shards": group({ ...failover, numNodeGroups: UNKNOWN }),
    "while the nodes are not known": group({ ...failover, numCacheClusters: UNKNOWN }),
    "while nobody knows whether it fails over": group({ automaticFailoverEnabled: UNKNOWN, numCacheClusters: 1 }),
    "while nobody knows whether it stands in several zones": group({ multiAzEnabled: UNKNOWN, numCacheClusters: 2 }),
  },
  mutations: {
    "failover is turned off and several zones stay": {
      change: (stack) => stack.set(stack.one(GROUP), "automaticFailoverEnabled", false),
      also: ["store-spans-zones"],
    },
    "a scratch cache fails over to nothing": (stack) => {
      const scratch = stack.add("strata:persistence:Scratch", "scratch", { durable: false });
      const good = { engine: "valkey", nodeType: "cache.t4g.micro", kmsKeyId: "arn:aws:kms:us-east-1:444455556666:key/scratch" };
      const ways = { atRestEncryptionEnabled: true, transitEncryptionEnabled: true, description: "Scratch", numCacheClusters: 1 };
      stack.add(GROUP, "scratch", { ...good, ...ways, ...failover, userGroupIds: ["scratch"], subnetGroupName: "scratch" }, scratch);
      const alarm = stack.one("aws:cloudwatch/metricAlarm:MetricAlarm");
      stack.set(alarm, "dimensions", { ...(alarm.inputs["dimensions"] as Record<string, string> | undefined), Extra: "scratch-id" });
    },
  },
};
