import { UNKNOWN } from "../../../../../policy/lib/resource";
import { backupRetentionIsInRange as rule } from "../../../../../policy/preflight/rules/databases/backup-retention-is-in-range";
import { type RuleCases } from "../../../cases";
import { CLUSTER, INSTANCE, like, WAREHOUSE } from "../../given";

const instance = like(INSTANCE, {});
const cluster = like(CLUSTER, {});

export const cases: RuleCases = {
  rule,
  pass: {
    "of 35 days": cluster({ backupRetentionPeriod: 35 }),
    "of an instance that keeps none": instance({ backupRetentionPeriod: 0 }),
    "as a text": instance({ backupRetentionPeriod: "7" }),
  },
  fail: {
    "of 36 days": { given: instance({ backupRetentionPeriod: 36 }), says: /backupRetentionPeriod is 36; it can be 0 to 35 days/ },
    "of a cluster that keeps none": { given: cluster({ backupRetentionPeriod: 0 }), says: /1 to 35 days/ },
    "of RA3 nodes that keep none": {
      given: like(WAREHOUSE, { nodeType: "ra3.large", automatedSnapshotRetentionPeriod: 0 })(),
      says: /automatedSnapshotRetentionPeriod is 0/,
    },
    "of a cache of 40 days": {
      given: like("aws:elasticache/replicationGroup:ReplicationGroup", { snapshotRetentionLimit: 40 })(),
      says: /snapshotRetentionLimit is 40/,
    },
  },
  absent: { "without one": { given: cluster(), says: "pass" } },
  unknown: {
    "while the nodes say whether there can be none": like(WAREHOUSE, { nodeType: UNKNOWN, automatedSnapshotRetentionPeriod: 0 })(),
    "while it is not known": cluster({ backupRetentionPeriod: UNKNOWN }),
  },
  mutations: {
    "backups are to be kept for 60 days": (stack) => stack.set(stack.one(CLUSTER, "orders"), "backupRetentionPeriod", 60),
    "those of a database too": (stack) => stack.set(stack.one(INSTANCE, "crm"), "backupRetentionPeriod", 90),
  },
};
