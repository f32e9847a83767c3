import { EKS_LIMITS } from "../../../../facts/limits-eks";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { SUBNET } from "../../../lib/network/subnets";
import { zonesOf } from "../../../lib/network/zones";
import { read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const LEAST = EKS_LIMITS.zones.value;
const property = "vpcConfig";

/** Subnets from outside the stack are taken to be in zones of their own. */
export const clusterHasSubnetsInTwoZones = stackRule({
  id: "cluster-has-subnets-in-two-zones",
  title: "An EKS cluster has subnets in at least two zones",
  severity: "high",
  why: "EKS refuses a cluster with subnets of a single zone, when the network, its gateways and the roles have been waited for.",
  fix: "Give vpcConfig.subnetIds subnets of two zones or more.",
  links: [EKS_LIMITS.zones.source],
  frameworks: [],
  check: (stack) =>
    stack.ofType(EKS_CLUSTER).map((cluster) => judge(cluster, `EKS refuses the subnets of ${cluster.name}`, zoneFindings(cluster, stack))),
});

function zoneFindings(cluster: StackResource, graph: StackGraph): Finding[] {
  if (read(cluster, "vpcConfig.subnetIds").state === "unknown") return [notKnown(property)];
  const subnets = graph.references(cluster, "vpcConfig.subnetIds[*]", [SUBNET]);
  if (subnets.some(({ kind }) => kind === "unknown")) return [notKnown(property)];
  if (subnets.length < LEAST) return [{ what: `there are ${subnets.length} of at least ${LEAST}`, property }];
  const zones = zonesOf(subnets);
  const known = new Set(zones.flatMap((zone) => zone ?? []));
  if (known.size >= LEAST || subnets.some(({ kind }) => kind === "external")) return [];
  if (zones.includes(undefined)) return [{ what: "their zones are not known yet", property, unknown: true }];
  return [{ what: `all are in ${[...known].join(", ")}`, property }];
}
