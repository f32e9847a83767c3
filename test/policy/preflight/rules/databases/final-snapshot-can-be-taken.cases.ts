import { UNKNOWN } from "../../../../../policy/lib/resource";
import { finalSnapshotCanBeTaken as rule } from "../../../../../policy/preflight/rules/databases/final-snapshot-can-be-taken";
import { type RuleCases } from "../../../cases";
import { CLUSTER, INSTANCE, like } from "../../given";

const instance = like(INSTANCE, {});

export const cases: RuleCases = {
  rule,
  pass: {
    "with a name": instance({ skipFinalSnapshot: false, finalSnapshotIdentifier: "orders-final-1" }),
    "that skips it": instance({ skipFinalSnapshot: true }),
    "that skips it, whatever the name": instance({ skipFinalSnapshot: "true", finalSnapshotIdentifier: "no_name" }),
    "of a replica that skips it": instance({ replicateSourceDb: "a", skipFinalSnapshot: true }),
  },
  fail: {
    "with a name that has underscores": {
      given: instance({ finalSnapshotIdentifier: "orders_final" }),
      says: /finalSnapshotIdentifier is "orders_final"/,
    },
    "with a name that ends in a hyphen": { given: instance({ finalSnapshotIdentifier: "orders-" }), says: /no hyphen last/ },
    "of a replica that takes one": {
      given: instance({ replicateSourceDb: "a", finalSnapshotIdentifier: "a" }),
      says: /a read replica, which takes no last snapshot/,
    },
  },
  absent: {
    "with neither": { given: instance(), says: /skipFinalSnapshot is off and finalSnapshotIdentifier is absent/ },
    "of a cluster with neither": { given: like(CLUSTER, {})(), says: /finalSnapshotIdentifier is absent/ },
  },
  unknown: {
    "while nobody knows whether a wrong name matters": instance({ skipFinalSnapshot: UNKNOWN, finalSnapshotIdentifier: "no_name" }),
    "while the name is not known": instance({ finalSnapshotIdentifier: UNKNOWN }),
    "while nobody knows whether it is skipped": instance({ skipFinalSnapshot: UNKNOWN }),
  },
  mutations: {
    "the last snapshot has a name that RDS refuses": (stack) =>
      stack.set(stack.one(INSTANCE, "crm"), "finalSnapshotIdentifier", "crm_db_final"),
    "the last snapshot has no name": {
      change: (stack) => stack.set(stack.one(CLUSTER, "orders"), "finalSnapshotIdentifier", undefined),
      also: ["store-has-final-snapshot"],
    },
  },
};
