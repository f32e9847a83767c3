import { notKnown, unlessOn } from "../expect";
import type { Finding } from "../finding";
import type { StackGraph } from "../graph";
import { readFlag, type StackResource, type Tri } from "../resource";
import { ownOrClusters } from "./cluster-settings";
import { DB_INSTANCE, RDS_MEMBER } from "./store-rule";

const DOCUMENT_MEMBER = "aws:docdb/clusterInstance:ClusterInstance";

/** Types of which each resource keeps performance insights of its own. */
export const INSIGHTS_TYPES = [DB_INSTANCE, RDS_MEMBER, DOCUMENT_MEMBER];

function switchOf({ type }: StackResource): string {
  return type === DOCUMENT_MEMBER ? "enablePerformanceInsights" : "performanceInsightsEnabled";
}

/** What is found where a database keeps no performance insights; an instance of a cluster may have them from that. Absent is off. */
export function insightsFindings(database: StackResource, graph: StackGraph): Finding[] {
  const [holder, property] = ownOrClusters(database, switchOf(database), graph);
  return holder === undefined ? [notKnown(property)] : unlessOn(holder, property, false, `${property} is off`);
}

/** Whether a database keeps performance insights; undefined when that is not known yet. */
export function keepsInsights(database: StackResource, graph: StackGraph): Tri {
  const [holder, property] = ownOrClusters(database, switchOf(database), graph);
  return holder === undefined ? undefined : readFlag(holder, property, false);
}
