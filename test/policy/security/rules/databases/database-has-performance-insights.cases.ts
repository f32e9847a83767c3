import { databaseHasPerformanceInsights as rule } from "../../../../../policy/security/rules/databases/database-has-performance-insights";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given, givenInDev } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const FLAG = "performanceInsightsEnabled";

export const cases: RuleCases = {
  rule,
  pass: {
    "with it on": given(INSTANCE, { engine: "postgres", [FLAG]: true }),
    "an instance whose cluster has it on": (stack) =>
      stack.add(MEMBER, "orders-1", { clusterIdentifier: id(stack.add(CLUSTER, "orders", { [FLAG]: true })) }),
    "an instance of DocumentDB": given("aws:docdb/clusterInstance:ClusterInstance", { enablePerformanceInsights: true }),
    "a Multi-AZ cluster": given(CLUSTER, { dbClusterInstanceClass: "db.m6gd.large", [FLAG]: true }),
  },
  fail: {
    "with it off": { given: given(INSTANCE, { engine: "postgres", [FLAG]: false }), says: /orders does not say where its load comes from/ },
    "a small class of an engine that can": {
      given: given(INSTANCE, { engine: "postgres", instanceClass: "db.t4g.micro" }),
      says: /performanceInsightsEnabled is off/,
    },
  },
  absent: {
    "without the flag, which is off": { given: given(MEMBER, { clusterIdentifier: "from-outside" }), says: /is off/ },
    "of a class that can't": { given: given(INSTANCE, { engine: "mysql", instanceClass: "db.t4g.micro" }), says: "nothing" },
    "in an environment that is not durable": { given: givenInDev(INSTANCE), says: "nothing" },
  },
  unknown: {
    "while the flag is not known": given(INSTANCE, { engine: "postgres", [FLAG]: UNKNOWN }),
    "while the engine is not known, of a class that some can't have it on": given(INSTANCE, {
      engine: UNKNOWN,
      instanceClass: "db.t4g.micro",
    }),
    "while the class is not known, of an engine that has some that can't": given(INSTANCE, { engine: "mysql", instanceClass: UNKNOWN }),
    "while nobody can say which cluster it is of": given(MEMBER, { clusterIdentifier: UNKNOWN }),
  },
  mutations: {
    "a database keeps no performance insights": (stack) => {
      stack.set(stack.one(INSTANCE, "crm"), FLAG, false);
      stack.set(stack.one(INSTANCE, "crm"), "performanceInsightsKmsKeyId", undefined);
    },
    "a reader of Aurora keeps none": {
      change: (stack) => stack.set(stack.one(MEMBER, "reader"), FLAG, undefined),
      also: ["store-key-comes-with-encryption"],
    },
  },
};
