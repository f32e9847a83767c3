import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { number, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { ownOrClusters } from "../../../lib/stores/cluster-settings";
import * as stores from "../../../lib/stores/store-rule";

const INTERVAL = "monitoringInterval";

const config = z.strictObject(DURABLE_CONFIG);

/** Of durable environments. A cluster can say it for its instances; DocumentDB and Neptune have no such metrics. */
export const databaseHasEnhancedMonitoring = stackRule({
  id: "database-has-enhanced-monitoring",
  title: "Every durable database has enhanced monitoring",
  severity: "low",
  why: "CloudWatch sees a database from outside, once a minute; which process took the memory or the disk is only seen from inside, and nobody can look after the fact.",
  fix: "Set monitoringInterval to 60 or less, and monitoringRoleArn to a role that monitoring.rds.amazonaws.com may assume.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.6" },
    { name: "Checkov", id: "CKV_AWS_118" },
  ],
  config,
  check: (stack, { durable }) =>
    stores.durableStoreVerdicts(
      stack,
      [
        { types: [stores.DB_INSTANCE, stores.RDS_MEMBER], findings },
        { types: [stores.RDS_CLUSTER], applies: stores.isMultiAzCluster, findings },
      ],
      "is not watched from inside",
      durable,
    ),
});

function findings(database: StackResource, graph: StackGraph): Finding[] {
  const [holder, path] = ownOrClusters(database, INTERVAL, graph);
  if (holder === undefined) return [notKnown(path)];
  const interval = read(holder, INTERVAL);
  // Without an interval, RDS takes 0, which is off.
  const seconds = interval.state === "absent" ? 0 : number(interval);
  if (seconds === undefined) return [notKnown(path)];
  return seconds > 0 ? [] : [{ what: `${INTERVAL} is 0`, property: path }];
}
