import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { ownOrClusters } from "../../../lib/stores/cluster-settings";
import { INSIGHTS_TYPES, keepsInsights } from "../../../lib/stores/insights";
import { isCustomerKey } from "../../../lib/keys";
import * as stores from "../../../lib/stores/store-rule";

const KEY = "performanceInsightsKmsKeyId";

/** Of databases that keep performance insights. */
export const performanceInsightsHasCustomerKey = stackRule({
  id: "performance-insights-has-customer-key",
  title: "Performance insights are encrypted with a customer key",
  severity: "low",
  why: "They hold the texts of statements, with what stands in them; under a key of AWS nobody can withhold them, and the key can never be changed afterwards.",
  fix: "Set performanceInsightsKmsKeyId to the key of the database before insights are first turned on.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.cmk-policy.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_354" }],
  check: (stack) =>
    stores.storeVerdicts(
      stack,
      [
        { types: INSIGHTS_TYPES, applies: (database) => keepsInsights(database, stack) !== false, findings },
        {
          types: [stores.RDS_CLUSTER],
          applies: (cluster) => stores.isMultiAzCluster(cluster) && keepsInsights(cluster, stack) !== false,
          findings,
        },
      ],
      "keeps its performance insights under a key of AWS",
    ),
});

function findings(database: StackResource, graph: StackGraph): Finding[] {
  const [holder, property] = ownOrClusters(database, KEY, graph);
  const isCustomers = holder === undefined ? undefined : isCustomerKey(holder, KEY, read(holder, KEY), graph);
  if (isCustomers === true) return [];
  if (isCustomers === undefined) return [{ what: "whether its key is a customer key is not known yet", property, unknown: true }];
  if (keepsInsights(database, graph) === undefined)
    return [{ what: "whether it keeps performance insights is not known yet", property, unknown: true }];
  return [{ what: `${KEY} names no customer key`, property }];
}
