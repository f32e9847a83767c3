import { warehouseAdministratorHasOwnName as rule } from "../../../../../policy/security/rules/databases/warehouse-administrator-has-own-name";
import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const CLUSTER = "aws:redshift/cluster:Cluster";
const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";

export const cases: RuleCases = {
  rule,
  pass: { "with a name of its own": given(CLUSTER, { masterUsername: "orders_owner" }) },
  fail: {
    "with the name AWS proposes": {
      given: given(CLUSTER, { masterUsername: "awsuser" }),
      says: /guessed first: masterUsername is awsuser/,
    },
    "of a namespace": { given: given(NAMESPACE, { adminUsername: "Admin" }), says: /adminUsername is Admin/ },
  },
  absent: { "of a namespace, which is admin": { given: given(NAMESPACE), says: /adminUsername is admin/ } },
  unknown: {
    "while the name is not known": given(CLUSTER, { masterUsername: UNKNOWN }),
    "while the name is a secret": given(NAMESPACE, { adminUsername: SECRET }),
    "restored from a snapshot, of which nobody knows the name": given(CLUSTER, { snapshotIdentifier: "last-week" }),
  },
  mutations: { "the warehouse has the administrator admin": (stack) => stack.set(stack.one(NAMESPACE), "adminUsername", undefined) },
};
