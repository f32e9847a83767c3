import { TLS_PARAMETERS, type TlsParameter } from "../../../../facts/database-tls";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { engineOf } from "../../../lib/stores/engine";
import { parameterOf } from "../../../lib/stores/parameters";
import * as stores from "../../../lib/stores/store-rule";
import { isAtLeast } from "../../../lib/versions";

/** Where a type names its parameter group, and the type of that. */
const GROUPS: Readonly<Record<string, readonly [path: string, type: string]>> = {
  [stores.DB_INSTANCE]: ["parameterGroupName", "aws:rds/parameterGroup:ParameterGroup"],
  [stores.RDS_CLUSTER]: ["dbClusterParameterGroupName", "aws:rds/clusterParameterGroup:ClusterParameterGroup"],
  "aws:docdb/cluster:Cluster": ["dbClusterParameterGroupName", "aws:docdb/clusterParameterGroup:ClusterParameterGroup"],
};

/** Where the parameter group says nothing, what the engine does by default in that version decides. */
export const databaseRequiresTls = stackRule({
  id: "database-requires-tls",
  title: "Every database refuses connections in the clear",
  severity: "high",
  why: "A client that is set up carelessly falls back to plain text, and passwords and rows cross the network for all to read; only the server can refuse that.",
  fix: "Give the database a parameter group of its own that sets rds.force_ssl to 1 (PostgreSQL, SQL Server), require_secure_transport to 1 (MySQL, MariaDB) or tls to enabled (DocumentDB).",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.38" },
    { name: "FSBP", id: "RDS.39" },
    { name: "FSBP", id: "RDS.41" },
    { name: "FSBP", id: "RDS.44" },
    { name: "FSBP", id: "DocumentDB.6" },
    { name: "Checkov", id: "CKV_AWS_90" },
    { name: "Checkov", id: "CKV2_AWS_69" },
  ],
  check: (stack) =>
    stores.storeVerdicts(
      stack,
      [
        {
          types: Object.keys(GROUPS),
          applies: (database) => {
            const engine = text(engineOf(database, stack));
            return engine === undefined || engine in TLS_PARAMETERS;
          },
          findings,
        },
      ],
      "takes connections in the clear",
    ),
});

function findings(database: StackResource, graph: StackGraph): Finding[] {
  const engine = text(engineOf(database, graph));
  const tls = engine === undefined ? undefined : TLS_PARAMETERS[engine];
  const [path, groupType] = GROUPS[database.type] ?? ["", ""];
  if (engine === undefined || tls === undefined) return [notKnown("engine")];
  const set = parameterOf(database, path, groupType, tls.parameter, graph);
  if (set.state === "unknown") return [{ what: set.why, property: path, unknown: true }];
  if (set.state === "set")
    return tls.on.includes(set.value.toLowerCase()) ? [] : [{ what: `${tls.parameter} is ${set.value}`, property: path }];
  const required = requiredByDefault(tls, versionOf(database, engine, text(set.family)));
  if (required === true) return [];
  if (required === undefined) return [notKnown("engineVersion")];
  return [{ what: `nothing sets ${tls.parameter}, which ${engine} leaves off`, property: path }];
}

/** The version of the family of its parameter group, else its own; a family is spelled `postgres17` or `mysql8.4`. */
function versionOf(database: StackResource, engine: string, family: string | undefined): string | undefined {
  const ofFamily = family?.startsWith(engine) === true ? family.slice(engine.length) : "";
  return /^\d/.test(ofFamily) ? ofFamily : text(read(database, "engineVersion"));
}

/** Which version a database without one gets changes over time, so nothing is decided then. */
function requiredByDefault({ byDefaultFrom }: TlsParameter, version: string | undefined): Tri {
  if (byDefaultFrom === undefined) return false;
  if (byDefaultFrom === "every") return true;
  return version === undefined ? undefined : isAtLeast(version, byDefaultFrom);
}
