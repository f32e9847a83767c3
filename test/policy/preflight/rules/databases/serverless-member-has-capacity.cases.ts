import { UNKNOWN } from "../../../../../policy/lib/resource";
import { serverlessMemberHasCapacity as rule } from "../../../../../policy/preflight/rules/databases/serverless-member-has-capacity";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";
import { CLUSTER, MEMBER } from "../../given";

const SCALES = { serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 } };

function member(instanceClass: string, cluster: Inputs): Given {
  return (stack) => stack.add(MEMBER, "orders-1", { instanceClass, clusterIdentifier: id(stack.add(CLUSTER, "orders", cluster)) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of a cluster that scales": member("db.serverless", SCALES),
    "of a cluster that scales and is not made yet": { given: member("db.serverless", SCALES), known: false },
    "of a class of its own": member("db.r7g.large", {}),
  },
  fail: {
    "of a cluster of the first kind of serverless": {
      given: member("db.r7g.large", { engineMode: "serverless" }),
      says: /engineMode serverless, which takes no instances/,
    },
    "of a cluster that does not scale and is not made yet": {
      given: member("db.serverless", {}),
      known: false,
      says: /has no serverlessv2/,
    },
  },
  absent: {
    "of a cluster without a range": {
      given: member("db.serverless", {}),
      says: /it is db\.serverless, and its cluster orders has no serverlessv2/,
    },
    "of a cluster from outside": {
      given: (stack) => stack.add(MEMBER, "orders-1", { instanceClass: "db.serverless", clusterIdentifier: "theirs" }),
      says: "nothing",
    },
  },
  unknown: {
    "while the range of its cluster is not known": member("db.serverless", { serverlessv2ScalingConfiguration: UNKNOWN }),
    "while the mode of its cluster is not known": member("db.r7g.large", { engineMode: UNKNOWN }),
    "while its class is not known": member(UNKNOWN, {}),
    "while its cluster is not known": (stack) =>
      stack.add(MEMBER, "orders-1", { instanceClass: "db.serverless", clusterIdentifier: UNKNOWN }),
  },
  mutations: {
    "the capacity range of the cluster is dropped": (stack) =>
      stack.set(stack.one(CLUSTER, "orders"), "serverlessv2ScalingConfiguration", undefined),
  },
};
