import { databaseExportsLogs as rule } from "../../../../../policy/security/rules/databases/database-exports-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const LOGS = "enabledCloudwatchLogsExports";

export const cases: RuleCases = {
  rule,
  pass: {
    PostgreSQL: given(INSTANCE, { engine: "postgres", [LOGS]: ["postgresql"] }),
    "SQL Server Express, which has no agent": given(INSTANCE, { engine: "sqlserver-ex", [LOGS]: ["error"] }),
    "Aurora MySQL with its audit log": given(CLUSTER, { engine: "aurora-mysql", [LOGS]: ["error", "audit"] }),
    DocumentDB: given("aws:docdb/cluster:Cluster", { [LOGS]: ["audit"] }),
    "Neptune, which spells it another way": given("aws:neptune/cluster:Cluster", { enableCloudwatchLogsExports: ["audit"] }),
    "every log, where the settings ask for it": {
      given: given(INSTANCE, { engine: "mysql", [LOGS]: ["audit", "error", "general", "slowquery"] }),
      config: { everyLog: true },
    },
    "a list of which a part is not known, with what is needed in the rest": given(INSTANCE, {
      engine: "mysql",
      [LOGS]: [UNKNOWN, "error"],
    }),
    "a copy, by the engine of its original": (stack) =>
      stack.add(INSTANCE, "copy", { replicateSourceDb: id(stack.add(INSTANCE, "orders", { engine: "postgres" })), [LOGS]: ["postgresql"] }),
    "an engine that nobody knows": given(INSTANCE, { engine: "custom-oracle-ee" }),
  },
  fail: {
    "PostgreSQL without": {
      given: given(INSTANCE, { engine: "postgres", [LOGS]: [] }),
      says: /orders keeps its logs to itself: \w+ lacks postgresql/,
    },
    "MariaDB without its audit log": { given: given(INSTANCE, { engine: "mariadb", [LOGS]: ["error"] }), says: /lacks audit/ },
    "SQL Server without its agent": { given: given(INSTANCE, { engine: "sqlserver-se", [LOGS]: ["error"] }), says: /lacks agent/ },
    "MySQL without the general log, where the settings ask for it": {
      given: given(INSTANCE, { engine: "mysql", [LOGS]: ["error"] }),
      config: { everyLog: true },
      says: /lacks audit, general, slowquery/,
    },
  },
  absent: {
    "without a list, which exports nothing": { given: given(CLUSTER, { engine: "aurora-postgresql" }), says: /lacks postgresql/ },
  },
  unknown: {
    "while the list is not known": given(INSTANCE, { engine: "postgres", [LOGS]: UNKNOWN }),
    "while the engine is not known": given(INSTANCE, { engine: UNKNOWN, [LOGS]: ["postgresql"] }),
    "while a copy's original is not known": given(INSTANCE, { replicateSourceDb: UNKNOWN }),
  },
  mutations: {
    "a database exports no logs": (stack) => stack.set(stack.one(INSTANCE, "partners"), LOGS, undefined),
    "Aurora exports no logs": (stack) => stack.set(stack.one(CLUSTER), LOGS, []),
    "SQL Server exports one log of two": (stack) => stack.set(stack.one(INSTANCE, "billing"), LOGS, ["error"]),
  },
};
