import { UNKNOWN } from "../../../../../policy/lib/resource";
import { cacheNodeFitsFeatures as rule } from "../../../../../policy/preflight/rules/messaging/cache-node-fits-features";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const CLUSTER = "aws:elasticache/cluster:Cluster";
const group = like(GROUP, { nodeType: "cache.m7g.large" });

export const cases: RuleCases = {
  rule,
  pass: {
    "of a current family": group({ automaticFailoverEnabled: true, snapshotRetentionLimit: 7 }),
    "with data on disk": group({ nodeType: "cache.r6gd.xlarge", dataTieringEnabled: true }),
    "of an old family that is asked for nothing": like(CLUSTER, { nodeType: "cache.t1.micro" })(),
  },
  fail: {
    "with data on disk of other nodes": {
      given: group({ dataTieringEnabled: true }),
      says: /dataTieringEnabled is on with cache\.m7g\.large/,
    },
    "of an old family that fails over": {
      given: group({ nodeType: "cache.t1.micro", automaticFailoverEnabled: true }),
      says: /does not fail over/,
    },
    "of an old family with backups": {
      given: like(CLUSTER, { nodeType: "cache.t1.micro", snapshotRetentionLimit: 1 })(),
      says: /takes no backups/,
    },
    "of EC2": { given: group({ nodeType: "m7g.large" }), says: /"m7g\.large", which is no type of a cache/ },
  },
  absent: {
    "without a type": { given: group({ nodeType: null }), says: /nodeType is absent/ },
    "of disks without the switch": { given: group({ nodeType: "cache.r6gd.xlarge" }), says: /dataTieringEnabled is off with cache\.r6gd/ },
    "of a member of a group": { given: like(CLUSTER, { replicationGroupId: "a" })(), says: "nothing" },
  },
  unknown: {
    "while the type is not known": group({ nodeType: UNKNOWN }),
    "while nobody knows whether data is on disk": group({ dataTieringEnabled: UNKNOWN }),
  },
  mutations: {
    "data is to be on the disks of nodes without any": (stack) => stack.set(stack.one(GROUP), "dataTieringEnabled", true),
  },
};
