import type { Reference, StackGraph } from "../graph";
import type { StackResource } from "../resource";
import { SUBNET } from "./subnets";

export const EKS_CLUSTER = "aws:eks/cluster:Cluster";

/**
 * The subnets of the cluster that a Kubernetes object is in: its nodes, and so its pods, have addresses there.
 * One subnet that nobody here knows when the cluster can't be told.
 */
export function clusterSubnets(object: StackResource, graph: StackGraph): Reference[] {
  const cluster = clusterOf(object, graph);
  if (cluster === undefined) return [{ kind: "external", id: "subnets of a cluster that can't be told" }];
  return graph.references(cluster, "vpcConfig.subnetIds[*]", [SUBNET]);
}

/** The EKS cluster of an object: the only one its provider was made from, or from a component of. */
function clusterOf(object: StackResource, graph: StackGraph): StackResource | undefined {
  const found = new Set<StackResource>();
  for (const urn of graph.providerOf(object)?.dependencies ?? []) {
    const source = graph.get(urn);
    if (source === undefined) continue;
    for (const cluster of source.type === EKS_CLUSTER ? [source] : graph.descendants(source, [EKS_CLUSTER])) found.add(cluster);
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
