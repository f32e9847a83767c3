import { ifAsked } from "../../../lib/asked";
import { notKnown, unlessListed } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, readFlag, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { SERVERLESS_NAMESPACE, storeVerdicts, WAREHOUSE } from "../../../lib/stores/store-rule";

const LOGGING = "aws:redshift/logging:Logging";
const DESTINATION = "logDestinationType";
const LOGS = ["connectionlog", "userlog"];

/** A cluster's logging is a resource of its own; older versions of the provider have it in the cluster. */
export const warehouseKeepsAuditLog = stackRule({
  id: "warehouse-keeps-audit-log",
  title: "Every warehouse keeps a log of who connects and of who may",
  severity: "medium",
  why: "Without the logs of connections and users nobody can say who was in the warehouse, or who was let in and when; its own tables keep a week.",
  fix: "Add a redshift.Logging for the cluster, and list connectionlog and userlog in logExports.",
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html"],
  frameworks: [
    { name: "FSBP", id: "Redshift.4" },
    { name: "FSBP", id: "RedshiftServerless.6" },
    { name: "Checkov", id: "CKV_AWS_71" },
    { name: "AwsSolutions", id: "RS5" },
  ],
  check: (stack) =>
    storeVerdicts(
      stack,
      [
        { types: [WAREHOUSE], findings: clusterFindings },
        { types: [SERVERLESS_NAMESPACE], findings: (namespace) => exportsAll(namespace) },
      ],
      "keeps no full audit log",
    ),
});

function clusterFindings(cluster: StackResource, graph: StackGraph): Finding[] {
  const property = "logging";
  const inline = readFlag(cluster, "logging.enable", false);
  if (inline === true) return [];
  const all = graph.ofType(LOGGING).map((logging): [StackResource, Tri] => [logging, isOf(logging, cluster, graph)]);
  const own = all.filter(([, isIts]) => isIts === true).map(([logging]) => logging);
  // S3 gets the logs of connections and users always, CloudWatch those that are listed.
  if (own.length > 0)
    return own.flatMap((logging) => {
      const destination = read(logging, DESTINATION);
      if (destination.state === "unknown") return ifAsked(undefined, exportsAll(logging), notKnown(DESTINATION));
      return text(destination) === "cloudwatch" ? exportsAll(logging) : [];
    });
  if (inline === undefined || all.some(([, isIts]) => isIts === undefined))
    return [{ what: "whether it has a redshift.Logging is not known yet", property, unknown: true }];
  return [{ what: "it has no redshift.Logging", property }];
}

function isOf(logging: StackResource, cluster: StackResource, graph: StackGraph): Tri {
  const reference = graph.reference(logging, "clusterIdentifier", [WAREHOUSE]);
  if (reference?.kind === "resource") return reference.resource.urn === cluster.urn;
  return reference?.kind === "unknown" ? undefined : false;
}

function exportsAll(exporter: StackResource): Finding[] {
  return unlessListed(exporter, "logExports", LOGS, (lacking) => `logExports lacks ${lacking}`);
}
