import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { read } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { DB_INSTANCE, RDS_CLUSTER, RDS_MEMBER } from "../../../lib/stores/store-rule";

const PROPERTY = "autoMinorVersionUpgrade";

/** Absent is on, in every type. DocumentDB has the property and does nothing by it. */
export const databaseTakesMinorVersions = resourceRule({
  id: "database-takes-minor-versions",
  title: "Every database takes minor versions by itself",
  severity: "medium",
  why: "Minor versions bring the patches of known holes; a database that waits for a person to install them stays open for months.",
  fix: "Leave autoMinorVersionUpgrade on, and choose a preferredMaintenanceWindow that suits.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.13" },
    { name: "FSBP", id: "RDS.35" },
    { name: "FSBP", id: "Neptune.5" },
    { name: "Checkov", id: "CKV_AWS_226" },
    { name: "AwsSolutions", id: "N2" },
  ],
  types: [DB_INSTANCE, RDS_MEMBER, RDS_CLUSTER, "aws:neptune/clusterInstance:ClusterInstance"],
  check: (database) =>
    // Only a Multi-AZ cluster says it itself.
    database.type === RDS_CLUSTER && read(database, PROPERTY).state === "absent"
      ? []
      : [judge(database, `${database.name} stays on its minor version`, unlessOn(database, PROPERTY, true, `${PROPERTY} is off`))],
});
