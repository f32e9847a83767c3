import { UNKNOWN } from "../../../../../policy/lib/resource";
import { replicaSourceHasBackups as rule } from "../../../../../policy/preflight/rules/databases/replica-source-has-backups";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";
import { INSTANCE } from "../../given";

function replica(source: Inputs): Given {
  return (stack) => stack.add(INSTANCE, "reader", { replicateSourceDb: id(stack.add(INSTANCE, "orders", source)) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of a database with backups": replica({ backupRetentionPeriod: 7 }),
    "of a database with backups that is not made yet": { given: replica({ backupRetentionPeriod: "1" }), known: false },
  },
  fail: {
    "of a database that keeps none": {
      given: replica({ backupRetentionPeriod: 0 }),
      says: /it copies orders, whose backupRetentionPeriod is 0/,
    },
  },
  absent: {
    "of a database that says nothing, which keeps none": { given: replica({}), known: false, says: /backupRetentionPeriod is 0/ },
    "of a database from outside": { given: (stack) => stack.add(INSTANCE, "reader", { replicateSourceDb: "theirs" }), says: "nothing" },
    "of no database": { given: (stack) => stack.add(INSTANCE, "orders", {}), says: "nothing" },
  },
  unknown: {
    "while the days are not known": replica({ backupRetentionPeriod: UNKNOWN }),
    "while the source is not known": (stack) => stack.add(INSTANCE, "reader", { replicateSourceDb: UNKNOWN }),
  },
  mutations: {
    "the source of a replica loses its backups, which AWS Backup keeps": (stack) => {
      const source = stack.one(INSTANCE, "grafana");
      const kept = [
        "instanceClass",
        "storageEncrypted",
        "kmsKeyId",
        "multiAz",
        "copyTagsToSnapshot",
        "enabledCloudwatchLogsExports",
        "storageType",
      ];
      const watched = ["monitoringInterval", "monitoringRoleArn", "performanceInsightsEnabled", "performanceInsightsKmsKeyId"];
      const signIn = ["iamDatabaseAuthenticationEnabled", "autoMinorVersionUpgrade", "parameterGroupName", "vpcSecurityGroupIds"];
      const same = Object.fromEntries(
        [...kept, ...watched, ...signIn].flatMap((key) => (key in source.inputs ? [[key, source.inputs[key] ?? null]] : [])),
      );
      const replica = { ...same, skipFinalSnapshot: true, replicateSourceDb: id(source) };
      stack.add(INSTANCE, "grafana-reader", replica, stack.one("strata:persistence:RdsInstance", "grafana"));
      stack.set(source, "backupRetentionPeriod", 0);
    },
    "the source of a replica loses its backups": {
      change: (stack) => {
        const source = stack.one(INSTANCE, "grafana");
        const good = { engine: "postgres", instanceClass: "db.t4g.micro", storageEncrypted: true, skipFinalSnapshot: true, multiAz: true };
        stack.add(
          INSTANCE,
          "grafana-reader",
          { ...good, replicateSourceDb: id(source) },
          stack.one("strata:persistence:RdsInstance", "grafana"),
        );
        stack.set(source, "backupRetentionPeriod", 0);
      },
      also: [
        "database-copies-tags-to-snapshots",
        "database-exports-logs",
        "database-has-enhanced-monitoring",
        "database-has-performance-insights",
        "database-takes-iam-tokens",
      ],
    },
  },
};
