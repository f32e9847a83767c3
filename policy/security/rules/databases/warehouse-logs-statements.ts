import { unlessListed } from "../../../lib/expect";
import { stackRule } from "../../../lib/rule";
import { SERVERLESS_NAMESPACE, SERVERLESS_WORKGROUP, storeVerdicts, WAREHOUSE } from "../../../lib/stores/store-rule";
import { unlessParameterOn } from "../../../lib/stores/warehouses";

const PARAMETER = "enable_user_activity_logging";

/** A cluster leaves it off, a workgroup turns it on by itself; a namespace says what leaves the warehouse. */
export const warehouseLogsStatements = stackRule({
  id: "warehouse-logs-statements",
  title: "Every warehouse logs the statements of its users",
  severity: "medium",
  why: "The logs of connections tell who was there, not what they read; after a leak nobody can say which rows went.",
  fix: "Set enable_user_activity_logging to true in the parameter group (configParameters of a workgroup), and list useractivitylog in logExports of the namespace.",
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html"],
  frameworks: [{ name: "AwsSolutions", id: "RS11" }],
  check: (stack) =>
    storeVerdicts(
      stack,
      [
        { types: [WAREHOUSE], findings: (cluster, graph) => unlessParameterOn(cluster, PARAMETER, () => false, graph) },
        { types: [SERVERLESS_WORKGROUP], findings: (workgroup, graph) => unlessParameterOn(workgroup, PARAMETER, () => true, graph) },
        {
          types: [SERVERLESS_NAMESPACE],
          findings: (namespace) => unlessListed(namespace, "logExports", ["useractivitylog"], (lacking) => `logExports lacks ${lacking}`),
        },
      ],
      "does not log the statements of its users",
    ),
});
