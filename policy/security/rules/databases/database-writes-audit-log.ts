import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { Reference, StackGraph } from "../../../lib/graph";
import { readAll, readPath, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { engineOf } from "../../../lib/stores/engine";
import { parameterOf } from "../../../lib/stores/parameters";
import * as stores from "../../../lib/stores/store-rule";

const PLUGIN = "MARIADB_AUDIT_PLUGIN";
const CLUSTER_GROUP = "dbClusterParameterGroupName";

/**
 * The parameter that turns the audit log of a cluster on, and values that leave it off, as nothing at all does.
 * Source: the user guides of Aurora, DocumentDB and Neptune, "auditing" (2026-11).
 */
const SWITCHES: Readonly<Record<string, { readonly group: string; readonly name: string; readonly off: readonly string[] }>> = {
  "aurora-mysql": { group: "aws:rds/clusterParameterGroup:ClusterParameterGroup", name: "server_audit_logging", off: ["0", "off"] },
  docdb: { group: "aws:docdb/clusterParameterGroup:ClusterParameterGroup", name: "audit_logs", off: ["disabled", "none"] },
  neptune: { group: "aws:neptune/clusterParameterGroup:ClusterParameterGroup", name: "neptune_enable_audit_log", off: ["0"] },
};

/** Of the engines that have an audit log of their own. */
export const databaseWritesAuditLog = stackRule({
  id: "database-writes-audit-log",
  title: "Every database that has an audit log writes it",
  severity: "medium",
  why: "Exporting an audit log that the engine does not write gives an empty one, and nobody notices before it is needed.",
  fix: "Set server_audit_logging (Aurora MySQL), audit_logs (DocumentDB) or neptune_enable_audit_log in the cluster parameter group, or add MARIADB_AUDIT_PLUGIN to the option group.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MariaDB.Options.AuditPlugin.html",
  ],
  frameworks: [{ name: "FSBP", id: "RDS.45" }],
  check: (stack) =>
    stores.storeVerdicts(
      stack,
      [
        { types: stores.DB_CLUSTERS, applies: (cluster) => isOf(cluster, Object.keys(SWITCHES), stack), findings: clusterFindings },
        { types: [stores.DB_INSTANCE], applies: (instance) => isOf(instance, ["mariadb"], stack), findings: pluginFindings },
      ],
      "does not write down who did what",
    ),
});

/** Also true while the engine is not known yet. */
function isOf(database: StackResource, engines: readonly string[], graph: StackGraph): boolean {
  const engine = text(engineOf(database, graph));
  return engine === undefined || engines.includes(engine);
}

function clusterFindings(cluster: StackResource, graph: StackGraph): Finding[] {
  const found = SWITCHES[text(engineOf(cluster, graph)) ?? ""];
  if (found === undefined) return [notKnown("engine")];
  const set = parameterOf(cluster, CLUSTER_GROUP, found.group, found.name, graph);
  if (set.state === "unknown") return [{ what: set.why, property: CLUSTER_GROUP, unknown: true }];
  if (set.state === "default") return [{ what: `nothing sets ${found.name}`, property: CLUSTER_GROUP }];
  return found.off.includes(set.value.toLowerCase()) ? [{ what: `${found.name} is ${set.value}`, property: CLUSTER_GROUP }] : [];
}

function pluginFindings(instance: StackResource, graph: StackGraph): Finding[] {
  const property = "optionGroupName";
  if (text(engineOf(instance, graph)) === undefined) return [notKnown("engine")];
  const has = hasPlugin(graph.reference(instance, property, ["aws:rds/optionGroup:OptionGroup"]));
  if (has === true) return [];
  if (has === undefined) return [{ what: "what its option group holds is not known", property, unknown: true }];
  return [{ what: `its option group has no ${PLUGIN}`, property }];
}

/** A default option group is empty; what one from outside holds, the stack does not show. */
function hasPlugin(group: Reference | undefined): Tri {
  if (group === undefined) return false;
  if (group.kind !== "resource") return group.kind === "external" && group.id.startsWith("default:") ? false : undefined;
  const names = readAll(group.resource, "options[*]").map((option) =>
    option.state === "known" ? readPath(option.value, "optionName") : option,
  );
  return some(names.map((name) => (name.state === "unknown" ? undefined : text(name) === PLUGIN)));
}
