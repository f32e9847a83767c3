import { UNKNOWN } from "../../../../../policy/lib/resource";
import { parameterGroupFitsEngine as rule } from "../../../../../policy/preflight/rules/databases/parameter-group-fits-engine";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";
import { CLUSTER, INSTANCE, MEMBER } from "../../given";

const GROUP = "aws:rds/parameterGroup:ParameterGroup";

function instance(family: string, inputs: Inputs): Given {
  return (stack) => stack.add(INSTANCE, "orders", { parameterGroupName: id(stack.add(GROUP, "orders", { family })), ...inputs });
}

const POSTGRES = { engine: "postgres", engineVersion: "17.9" };

export const cases: RuleCases = {
  rule,
  pass: {
    "of the version": instance("postgres17", POSTGRES),
    "of the version, not made yet": { given: instance("postgres17", POSTGRES), known: false },
    "of MySQL": instance("mysql8.4", { engine: "mysql", engineVersion: "8.4.8" }),
    "of SQL Server": instance("sqlserver-se-16.0", { engine: "sqlserver-se", engineVersion: "16.00.4236.2.v1" }),
    "of AWS itself": (stack) => stack.add(INSTANCE, "orders", { ...POSTGRES, parameterGroupName: "default.postgres17" }),
    "of the cluster's version": (stack) =>
      stack.add(MEMBER, "orders-1", {
        engine: "aurora-mysql",
        clusterIdentifier: id(stack.add(CLUSTER, "orders", { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.4" })),
        dbParameterGroupName: "default.aurora-mysql8.0",
      }),
  },
  fail: {
    "of an older version": { given: instance("postgres16", POSTGRES), says: /a group of postgres16, and postgres 17\.9 takes postgres17/ },
    "of an older version, not made yet": { given: instance("postgres16", POSTGRES), known: false, says: /postgres16/ },
    "of another engine, whatever the version": {
      given: instance("aurora-postgresql17", { engine: "postgres", engineVersion: UNKNOWN }),
      says: /a group of aurora-postgresql17, and its engine is postgres/,
    },
    "of MariaDB on MySQL": { given: instance("mariadb11.8", { engine: "mysql" }), says: /mariadb11\.8/ },
  },
  absent: {
    "without a group, which is then AWS's own": { given: (stack) => stack.add(INSTANCE, "orders", POSTGRES), says: "nothing" },
    "with a group from outside": {
      given: (stack) => stack.add(INSTANCE, "orders", { ...POSTGRES, parameterGroupName: "theirs" }),
      says: "nothing",
    },
  },
  unknown: {
    "while the version is left to AWS": instance("postgres17", { engine: "postgres" }),
    "while the version is not known": instance("postgres17", { engine: "postgres", engineVersion: UNKNOWN }),
    "while the group is not known": (stack) => stack.add(INSTANCE, "orders", { ...POSTGRES, parameterGroupName: UNKNOWN }),
    "while its family is not known": instance(UNKNOWN, POSTGRES),
  },
  mutations: {
    "a version is raised without its parameter group": (stack) => stack.set(stack.one(INSTANCE, "partners"), "engineVersion", "18.1"),
    "a cluster parameter group is of the version before": (stack) =>
      stack.set(stack.one("aws:rds/clusterParameterGroup:ClusterParameterGroup"), "family", "aurora-postgresql16"),
  },
};
