import { warehouseDatabaseHasOwnName as rule } from "../../../../../policy/security/rules/databases/warehouse-database-has-own-name";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const CLUSTER = "aws:redshift/cluster:Cluster";
const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";

export const cases: RuleCases = {
  rule,
  pass: { "with a name": given(CLUSTER, { databaseName: "orders" }), "a namespace with a name": given(NAMESPACE, { dbName: "orders" }) },
  fail: {
    "with the default name": {
      given: given(CLUSTER, { databaseName: "dev" }),
      says: /orders has a database of the default name: databaseName is dev/,
    },
  },
  absent: { "without a name, which is dev": { given: given(NAMESPACE), says: /without a dbName it is dev/ } },
  unknown: {
    "while the name is not known": given(CLUSTER, { databaseName: UNKNOWN }),
    "restored from a snapshot, of which nobody knows the name": given(CLUSTER, { snapshotIdentifier: "last-week" }),
  },
  mutations: { "the warehouse keeps its data in dev": (stack) => stack.set(stack.one(NAMESPACE), "dbName", undefined) },
};
