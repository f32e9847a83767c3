import type { StackGraph } from "../graph";
import { read, type StackResource } from "../resource";
import { RDS_CLUSTER, RDS_MEMBER } from "./store-rule";

/**
 * Who says a setting that an instance of a cluster has from its cluster where it says nothing itself, and the property of the database that
 * decides. Nobody where that is not known yet.
 */
export function ownOrClusters(
  database: StackResource,
  property: string,
  graph: StackGraph,
): readonly [holder: StackResource | undefined, property: string] {
  if (database.type !== RDS_MEMBER || read(database, property).state !== "absent") return [database, property];
  const cluster = graph.reference(database, "clusterIdentifier", [RDS_CLUSTER]);
  if (cluster?.kind === "resource") return [cluster.resource, property];
  return cluster?.kind === "unknown" ? [undefined, "clusterIdentifier"] : [database, property];
}
