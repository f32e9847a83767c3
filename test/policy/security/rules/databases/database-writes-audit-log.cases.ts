import { databaseWritesAuditLog as rule } from "../../../../../policy/security/rules/databases/database-writes-audit-log";
import { type StackResource, UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id, type Input, type TestStack } from "../../../stack";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const OPTIONS = "aws:rds/optionGroup:OptionGroup";
const CLUSTER = "aws:rds/cluster:Cluster";

function mariadb(options: Input): (stack: TestStack) => StackResource {
  return (stack) => stack.add(INSTANCE, "orders", { engine: "mariadb", optionGroupName: id(stack.add(OPTIONS, "orders", { options })) });
}

/** A cluster of a service with one parameter set. */
function cluster(service: string, engine: string, name: string, value: Input): (stack: TestStack) => StackResource {
  return (stack) => {
    const type = `aws:${service}/clusterParameterGroup:ClusterParameterGroup`;
    const group = stack.add(type, "orders", { parameters: [{ name, value }] });
    return stack.add(`aws:${service}/cluster:Cluster`, "orders", { engine, dbClusterParameterGroupName: id(group) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "MariaDB with the option": mariadb([{ optionName: "MARIADB_AUDIT_PLUGIN" }]),
    "MariaDB with an option group that is not made yet": { given: mariadb([{ optionName: "MARIADB_AUDIT_PLUGIN" }]), known: false },
    "Aurora MySQL": cluster("rds", "aurora-mysql", "server_audit_logging", "1"),
    "DocumentDB, which says what it writes": cluster("docdb", "docdb", "audit_logs", "ddl"),
    Neptune: cluster("neptune", "neptune", "neptune_enable_audit_log", 1),
  },
  fail: {
    "MariaDB with other options": { given: mariadb([]), says: /orders does not write down who did what: its option group has no MARIADB/ },
    "Aurora MySQL with it off": {
      given: cluster("rds", "aurora-mysql", "server_audit_logging", "0"),
      says: /server_audit_logging is 0/,
    },
    "DocumentDB with it off": { given: cluster("docdb", "docdb", "audit_logs", "disabled"), says: /audit_logs is disabled/ },
  },
  absent: {
    "without a parameter group, which is off": {
      given: given(CLUSTER, { engine: "aurora-mysql" }),
      says: /nothing sets server_audit_logging/,
    },
    "without an option group, which is empty": { given: given(INSTANCE, { engine: "mariadb" }), says: /has no MARIADB_AUDIT_PLUGIN/ },
    "of an engine that has none": { given: given(INSTANCE, { engine: "postgres" }), says: "nothing" },
  },
  unknown: {
    "while the options are not known": mariadb(UNKNOWN),
    "while the value is not known": cluster("rds", "aurora-mysql", "server_audit_logging", UNKNOWN),
    "with an option group from outside": given(INSTANCE, { engine: "mariadb", optionGroupName: "shared" }),
    "while the engine is not known": given(CLUSTER, { engine: UNKNOWN }),
  },
  mutations: {
    "MariaDB loses its audit log": (stack) => stack.set(stack.one(OPTIONS, "wiki"), "options", []),
  },
};
