import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { WAREHOUSE } from "../../../lib/stores/store-rule";

const PROPERTY = "allowVersionUpgrade";

/** Absent is on. Serverless warehouses have no choice. */
export const warehouseTakesUpgrades = resourceRule({
  id: "warehouse-takes-upgrades",
  title: "Every warehouse takes upgrades of its engine by itself",
  severity: "medium",
  why: "Redshift patches holes only with its upgrades; a cluster that refuses them stays on what it was made with.",
  fix: "Leave allowVersionUpgrade on, choose a preferredMaintenanceWindow, and follow the trailing track (maintenanceTrackName) to see upgrades elsewhere first.",
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html#rs-cluster-maintenance"],
  frameworks: [
    { name: "FSBP", id: "Redshift.6" },
    { name: "Checkov", id: "CKV_AWS_141" },
    { name: "AwsSolutions", id: "RS9" },
  ],
  types: [WAREHOUSE],
  check: (cluster) => [judge(cluster, `${cluster.name} stays on its version`, unlessOn(cluster, PROPERTY, true, `${PROPERTY} is off`))],
});
