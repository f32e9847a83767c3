import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type StackResource, text } from "../../../lib/resource";
import { notEvaluated, stackRule, type Verdict } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { clusterOf, DB_MEMBER } from "../../../lib/stores/databases";

/** Looks at the whole stack: the engine of an instance is right or wrong by its cluster's. A cluster from outside is not asked. */
export const clusterMemberMatchesCluster = stackRule({
  id: "cluster-member-matches-cluster",
  title: "Every instance of an Aurora cluster has the engine and the version of its cluster",
  severity: "high",
  why: "The cluster is made first, and only minutes later its instances are refused: one that has another engine or version than its cluster.",
  fix: "Give the instance engine and engineVersion from the cluster's own outputs, or leave engineVersion out of the instance.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"],
  frameworks: [],
  check: (stack) => stack.ofType(DB_MEMBER).flatMap((member) => verdicts(member, stack)),
});

function verdicts(member: StackResource, stack: StackGraph): Verdict[] {
  const cluster = clusterOf(member, stack);
  if (cluster === undefined || cluster.kind === "external") return [];
  if (cluster.kind === "unknown") return [notEvaluated(member.urn, "which cluster it is of is not known yet", "clusterIdentifier")];
  return [refused(member, [...engine(member, cluster.resource), ...version(member, cluster.resource)])];
}

function engine(member: StackResource, cluster: StackResource): Finding[] {
  return differing(member, cluster, "engine", (own, its) => own === its);
}

/** A version may be given in part, such as `17`: then AWS completes it. */
function version(member: StackResource, cluster: StackResource): Finding[] {
  const property = "engineVersion";
  if (!isSet(member, property) || !isSet(cluster, property)) return [];
  return differing(member, cluster, property, (own, its) => own === its || own.startsWith(`${its}.`) || its.startsWith(`${own}.`));
}

function differing(
  member: StackResource,
  cluster: StackResource,
  property: string,
  same: (own: string, its: string) => boolean,
): Finding[] {
  const [own, its] = [text(read(member, property)), text(read(cluster, property))];
  if (own === undefined || its === undefined) return [{ what: `${property} is not known yet`, property, unknown: true }];
  return same(own, its) ? [] : [{ what: `${property} is ${own}, and that of its cluster ${cluster.name} is ${its}`, property }];
}
