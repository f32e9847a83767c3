import { databaseAdministratorHasOwnName as rule } from "../../../../../policy/security/rules/databases/database-administrator-has-own-name";
import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a name of its own": given(INSTANCE, { username: "orders_owner" }),
    "a cluster of DocumentDB": given("aws:docdb/cluster:Cluster", { masterUsername: "orders_owner" }),
  },
  fail: {
    "with the name AWS proposes": { given: given(INSTANCE, { username: "admin" }), says: /guessed first: username is admin/ },
    "in other letters": { given: given(CLUSTER, { masterUsername: "Postgres" }), says: /masterUsername is Postgres/ },
    "restored, with a name all the same": {
      given: given(INSTANCE, { username: "root", snapshotIdentifier: "last-week" }),
      says: /username is root/,
    },
  },
  absent: {
    "of a copy, whose original has the name": { given: given(INSTANCE, { replicateSourceDb: "orders" }), says: "nothing" },
    "of a further cluster of a global database": { given: given(CLUSTER, { globalClusterIdentifier: "orders" }), says: "nothing" },
  },
  unknown: {
    "while the name is not known": given(INSTANCE, { username: UNKNOWN }),
    "while the name is a secret": given(CLUSTER, { masterUsername: SECRET }),
    "restored from a snapshot, of which nobody knows the name": given(INSTANCE, { snapshotIdentifier: "last-week" }),
  },
  mutations: {
    "a database has the administrator postgres": (stack) => stack.set(stack.one(INSTANCE, "partners"), "username", "postgres"),
    "Aurora has the administrator admin": {
      change: (stack) => stack.set(stack.one(CLUSTER), "masterUsername", "admin"),
      also: ["database-username-is-accepted"],
    },
  },
};
