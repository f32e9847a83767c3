import { UNKNOWN } from "../../../../../policy/lib/resource";
import { clusterMemberMatchesCluster as rule } from "../../../../../policy/preflight/rules/databases/cluster-member-matches-cluster";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";
import { CLUSTER, MEMBER } from "../../given";

function member(inputs: Inputs, cluster: Inputs = { engine: "aurora-postgresql", engineVersion: "17.5" }): Given {
  return (stack) =>
    stack.add(MEMBER, "orders-1", { engine: "aurora-postgresql", clusterIdentifier: id(stack.add(CLUSTER, "orders", cluster)), ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with the engine and version of the cluster": member({ engineVersion: "17.5" }),
    "with a version that is named in part": member({ engineVersion: "17" }),
    "in the preview of a new stack": { given: member({ engineVersion: "17.5" }), known: false },
  },
  fail: {
    "with another engine": {
      given: member({ engine: "aurora-mysql" }),
      says: /engine is aurora-mysql, and that of its cluster orders is aurora-post/,
    },
    "with another version": { given: member({ engineVersion: "16.3" }), says: /engineVersion is 16\.3/ },
    "with a version that only begins alike": { given: member({ engineVersion: "17.50" }), known: false, says: /17\.50/ },
  },
  absent: {
    "without a version, which is the cluster's": { given: member({}), says: "pass" },
    "in a cluster from outside": {
      given: (stack) => stack.add(MEMBER, "orders-1", { engine: "aurora-mysql", clusterIdentifier: "theirs" }),
      says: "nothing",
    },
  },
  unknown: {
    "while the engine is not known": member({ engine: UNKNOWN }),
    "while the cluster's version is not known": member({ engineVersion: "17.5" }, { engine: "aurora-postgresql", engineVersion: UNKNOWN }),
    "while the cluster is not known": (stack) => stack.add(MEMBER, "orders-1", { engine: "aurora-mysql", clusterIdentifier: UNKNOWN }),
  },
  mutations: {
    "an upgrade forgets the reader of the Aurora cluster": (stack) => stack.set(stack.one(MEMBER, "reader"), "engineVersion", "17.4"),
    "an instance is of the other Aurora": {
      change: (stack) => stack.set(stack.one(MEMBER, "writer"), "engine", "aurora-mysql"),
    },
  },
};
