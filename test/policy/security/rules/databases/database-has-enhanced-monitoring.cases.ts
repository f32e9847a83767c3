import { databaseHasEnhancedMonitoring as rule } from "../../../../../policy/security/rules/databases/database-has-enhanced-monitoring";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given, givenInDev } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";

export const cases: RuleCases = {
  rule,
  pass: {
    "with an interval": given(INSTANCE, { monitoringInterval: 60 }),
    "with an interval as text": given(INSTANCE, { monitoringInterval: "15" }),
    "an instance whose cluster says it": (stack) =>
      stack.add(MEMBER, "orders-1", { clusterIdentifier: id(stack.add(CLUSTER, "orders", { monitoringInterval: 30 })) }),
    "a Multi-AZ cluster": given(CLUSTER, { dbClusterInstanceClass: "db.m6gd.large", monitoringInterval: 60 }),
  },
  fail: {
    "with an interval of 0": {
      given: given(INSTANCE, { monitoringInterval: 0 }),
      says: /orders is not watched from inside: monitoringInterval is 0/,
    },
    "an instance that turns off what its cluster has on": {
      given: (stack) =>
        stack.add(MEMBER, "orders-1", {
          clusterIdentifier: id(stack.add(CLUSTER, "orders", { monitoringInterval: 30 })),
          monitoringInterval: 0,
        }),
      says: /orders-1/,
    },
    "an instance of a cluster that says nothing either, before both are made": {
      given: (stack) => stack.add(MEMBER, "orders-1", { clusterIdentifier: id(stack.add(CLUSTER, "orders")) }),
      known: false,
      says: /orders-1/,
    },
  },
  absent: {
    "without an interval, which is 0": { given: given(INSTANCE), says: /monitoringInterval is 0/ },
    "in an environment that is not durable": { given: givenInDev(INSTANCE), says: "nothing" },
    "of an Aurora cluster, whose instances are asked": { given: given(CLUSTER, { engine: "aurora-mysql" }), says: "nothing" },
  },
  unknown: {
    "while the interval is not known": given(INSTANCE, { monitoringInterval: UNKNOWN }),
    "while nobody can say which cluster it is of": given(MEMBER, { clusterIdentifier: UNKNOWN }),
  },
  mutations: {
    "a database is no longer watched from inside": (stack) => {
      stack.set(stack.one(INSTANCE, "partners"), "monitoringInterval", 0);
      stack.set(stack.one(INSTANCE, "partners"), "monitoringRoleArn", undefined);
    },
    "a reader of Aurora loses its interval": {
      change: (stack) => stack.set(stack.one(MEMBER, "reader"), "monitoringInterval", undefined),
      also: ["enhanced-monitoring-has-role"],
    },
  },
};
