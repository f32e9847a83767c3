import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type StackResource, text } from "../../../lib/resource";
import { notEvaluated, stackRule, type Verdict } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { RDS_ENGINE_RULES } from "../../../../facts/rds-engines";
import { DB_CLUSTER } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const TARGET = "aws:rds/proxyTarget:ProxyTarget";
const PROXY = "aws:rds/proxy:Proxy";

/** Looks at the whole stack, which has the proxy and the database; a target of which one is outside is not asked. */
export const proxyFitsDatabase = stackRule({
  id: "proxy-fits-database",
  title: "Every RDS proxy is of the family of the database behind it",
  severity: "high",
  why: "A proxy speaks one protocol; RDS refuses a target of another, when both the proxy and the database have been made.",
  fix: "Set engineFamily of the proxy to POSTGRESQL, MYSQL (also MariaDB and Aurora MySQL) or SQLSERVER, as the engine is. Oracle and Db2 have no proxy.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html"],
  frameworks: [],
  check: (stack) => stack.ofType(TARGET).flatMap((target) => verdicts(target, stack)),
});

function verdicts(target: StackResource, stack: StackGraph): Verdict[] {
  const proxy = stack.reference(target, "dbProxyName", [PROXY]);
  const database =
    stack.reference(target, "dbClusterIdentifier", [DB_CLUSTER]) ?? stack.reference(target, "dbInstanceIdentifier", [DB_INSTANCE]);
  if (proxy?.kind === "unknown") return [notEvaluated(target.urn, "which proxy it is of is not known yet", "dbProxyName")];
  if (database?.kind === "unknown") return [notEvaluated(target.urn, "which database it leads to is not known yet", database.property)];
  if (proxy?.kind !== "resource" || database?.kind !== "resource") return [];
  return [refused(target, findings(proxy.resource, database.resource))];
}

function findings(proxy: StackResource, database: StackResource): Finding[] {
  const property = "dbProxyName";
  const [family, engine] = [text(read(proxy, "engineFamily")), text(read(database, "engine"))];
  if (family === undefined) return [{ what: `engineFamily of ${proxy.name} is not known yet`, property, unknown: true }];
  if (engine === undefined) return [{ what: `engine of ${database.name} is not known yet`, property, unknown: true }];
  const rules = RDS_ENGINE_RULES[engine];
  if (rules === undefined || rules.proxy === family) return [];
  const wanted = rules.proxy === undefined ? "which has no proxy" : `which takes ${rules.proxy}`;
  return [{ what: `proxy ${proxy.name} is of ${family}, and ${database.name} is ${engine}, ${wanted}`, property }];
}
