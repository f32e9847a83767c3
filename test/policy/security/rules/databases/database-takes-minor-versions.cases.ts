import { databaseTakesMinorVersions as rule } from "../../../../../policy/security/rules/databases/database-takes-minor-versions";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const FLAG = "autoMinorVersionUpgrade";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(INSTANCE, { [FLAG]: true }), "a cluster with it on": given("aws:rds/cluster:Cluster", { [FLAG]: true }) },
  fail: {
    "with it off": { given: given(INSTANCE, { [FLAG]: false }), says: /orders stays on its minor version: autoMinorVersionUpgrade is off/ },
    "an instance of Neptune": { given: given("aws:neptune/clusterInstance:ClusterInstance", { [FLAG]: "false" }), says: /is off/ },
    "a Multi-AZ cluster": { given: given("aws:rds/cluster:Cluster", { [FLAG]: false }), says: /is off/ },
  },
  absent: {
    "without the flag, which is on": { given: given(MEMBER), says: "pass" },
    "of a cluster, whose instances say it": { given: given("aws:rds/cluster:Cluster"), says: "nothing" },
  },
  unknown: { "while the flag is not known": given(INSTANCE, { [FLAG]: UNKNOWN }) },
  mutations: {
    "a database waits for a person to patch it": (stack) => stack.set(stack.one(INSTANCE, "wiki"), FLAG, false),
    "a writer of Aurora does": (stack) => stack.set(stack.one(MEMBER, "writer"), FLAG, false),
  },
};
