import { databaseRequiresTls as rule } from "../../../../../policy/security/rules/databases/database-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Inputs, type TestStack } from "../../../stack";
import { type StackResource } from "../../../../../policy/lib/resource";
import { id } from "../../../stack";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const CLUSTER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

/** A database with a parameter group of the stack. */
function grouped(database: Inputs, group: Inputs): (stack: TestStack) => StackResource {
  return (stack) => stack.add(INSTANCE, "orders", { ...database, parameterGroupName: id(stack.add(GROUP, "orders", group)) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "SQL Server with rds.force_ssl": grouped(
      { engine: "sqlserver-se" },
      { family: "sqlserver-se-16.0", parameters: [{ name: "rds.force_ssl", value: "1" }] },
    ),
    "MySQL whose group is not made yet": {
      given: grouped({ engine: "mysql" }, { family: "mysql8.4", parameters: [{ name: "require_secure_transport", value: "ON" }] }),
      known: false,
    },
    "a value that is a number": grouped(
      { engine: "mysql" },
      { family: "mysql8.4", parameters: [{ name: "require_secure_transport", value: 1 }] },
    ),
    "a group that is partly unknown, and sets it in the rest": grouped(
      { engine: "mysql" },
      { family: "mysql8.4", parameters: [UNKNOWN, { name: "require_secure_transport", value: "1" }] },
    ),
    "Aurora by the group of its cluster": (stack) =>
      stack.add(CLUSTER, "orders", {
        engine: "aurora-postgresql",
        dbClusterParameterGroupName: id(stack.add(CLUSTER_GROUP, "orders", { parameters: [{ name: "rds.force_ssl", value: "1" }] })),
      }),
    "DocumentDB, which has TLS where nobody turns it off": given("aws:docdb/cluster:Cluster"),
    "PostgreSQL 15 and later with the default group": given(INSTANCE, { engine: "postgres", parameterGroupName: "default.postgres16" }),
    "PostgreSQL by its own version": given(INSTANCE, { engine: "postgres", engineVersion: "17.9" }),
    "MariaDB 11.8 with a group that says nothing": grouped({ engine: "mariadb" }, { family: "mariadb11.8", parameters: [] }),
  },
  fail: {
    "MySQL with it off": {
      given: grouped({ engine: "mysql" }, { family: "mysql8.4", parameters: [{ name: "require_secure_transport", value: "0" }] }),
      says: /orders takes connections in the clear: require_secure_transport is 0/,
    },
    "PostgreSQL 17 that turns it off": {
      given: grouped({ engine: "postgres" }, { family: "postgres17", parameters: [{ name: "rds.force_ssl", value: "0" }] }),
      says: /rds.force_ssl is 0/,
    },
    "PostgreSQL 14 with the default group": {
      given: given(INSTANCE, { engine: "postgres", parameterGroupName: "default.postgres14" }),
      says: /nothing sets rds.force_ssl/,
    },
    "DocumentDB that turns TLS off": {
      given: (stack) =>
        stack.add("aws:docdb/cluster:Cluster", "orders", {
          dbClusterParameterGroupName: id(
            stack.add("aws:docdb/clusterParameterGroup:ClusterParameterGroup", "orders", {
              parameters: [{ name: "tls", value: "disabled" }],
            }),
          ),
        }),
      says: /tls is disabled/,
    },
  },
  absent: {
    "without a group, of an engine that leaves it off": {
      given: given(CLUSTER, { engine: "aurora-mysql" }),
      says: /nothing sets require_secure_transport, which aurora-mysql leaves off/,
    },
    "of an engine that has no such parameter": { given: given(INSTANCE, { engine: "oracle-ee" }), says: "nothing" },
  },
  unknown: {
    "while the value is not known": grouped(
      { engine: "mysql" },
      { family: "mysql8.4", parameters: [{ name: "require_secure_transport", value: UNKNOWN }] },
    ),
    "while the parameters are not known": grouped({ engine: "mysql" }, { family: "mysql8.4", parameters: UNKNOWN }),
    "while the group is not known": given(INSTANCE, { engine: "mysql", parameterGroupName: UNKNOWN }),
    "with a group from outside": given(INSTANCE, { engine: "mysql", parameterGroupName: "shared-mysql" }),
    "while the engine is not known": given(INSTANCE, { engine: UNKNOWN }),
    "without a version, by which the default goes": given(INSTANCE, { engine: "mariadb" }),
  },
  mutations: {
    "MySQL loses the parameter": (stack) => stack.set(stack.one(GROUP, "crm"), "parameters", []),
    "SQL Server turns it off": (stack) => stack.set(stack.one(GROUP, "billing"), ["parameters", 0, "value"], "0"),
    "Aurora turns it off": (stack) => stack.set(stack.one(CLUSTER_GROUP), ["parameters", 0, "value"], "0"),
  },
};
