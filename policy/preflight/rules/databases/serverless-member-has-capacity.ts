import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type StackResource, text } from "../../../lib/resource";
import { notEvaluated, stackRule, type Verdict } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { clusterOf, DB_MEMBER } from "../../../lib/stores/databases";

const CAPACITY = "serverlessv2ScalingConfiguration";
const SERVERLESS = "db.serverless";

/** Looks at the whole stack: what an instance needs is said of its cluster. A cluster from outside is not asked. */
export const serverlessMemberHasCapacity = stackRule({
  id: "serverless-member-has-capacity",
  title: "Every serverless instance is of a cluster that says how far it scales",
  severity: "high",
  why: "An instance of class db.serverless is refused by a cluster without a capacity range, once the cluster itself has been made.",
  fix: `Give the cluster ${CAPACITY} with minCapacity and maxCapacity, and leave engineMode out or at provisioned.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html"],
  frameworks: [],
  check: (stack) => stack.ofType(DB_MEMBER).flatMap((member) => verdicts(member, stack)),
});

function verdicts(member: StackResource, stack: StackGraph): Verdict[] {
  const cluster = clusterOf(member, stack);
  if (cluster === undefined || cluster.kind === "external") return [];
  if (cluster.kind === "unknown") return [notEvaluated(member.urn, "which cluster it is of is not known yet", "clusterIdentifier")];
  return [refused(member, findings(member, cluster.resource))];
}

function findings(member: StackResource, cluster: StackResource): readonly Finding[] {
  const mode = read(cluster, "engineMode");
  const old: readonly Finding[] =
    mode.state === "unknown"
      ? [{ what: `engineMode of its cluster ${cluster.name} is not known yet`, property: "engineMode", unknown: true }]
      : text(mode) === "serverless"
        ? [{ what: `its cluster ${cluster.name} has engineMode serverless, which takes no instances`, property: "engineMode" }]
        : [];
  const range = read(cluster, CAPACITY);
  if (range.state === "known") return old;
  const property = "instanceClass";
  const reading = read(member, property);
  if (reading.state === "unknown") return [...old, { what: `${property} is not known yet`, property, unknown: true }];
  if (text(reading) !== SERVERLESS) return old;
  if (range.state === "unknown") return [...old, { what: `${CAPACITY} of ${cluster.name} is not known yet`, property, unknown: true }];
  return [...old, { what: `it is ${SERVERLESS}, and its cluster ${cluster.name} has no ${CAPACITY}`, property }];
}
