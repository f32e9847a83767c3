import { UNKNOWN } from "../../../../../policy/lib/resource";
import { databaseUsernameIsAccepted as rule } from "../../../../../policy/preflight/rules/databases/database-username-is-accepted";
import { type RuleCases } from "../../../cases";
import { CLUSTER, INSTANCE, like, WAREHOUSE } from "../../given";

const instance = like(INSTANCE, { engine: "postgres", username: "orders" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a name of its own": instance(),
    "with admin on MySQL, which takes it": instance({ engine: "mysql", username: "admin" }),
    "of a replica without one": instance({ username: null, replicateSourceDb: "a" }),
    "of a warehouse": like(WAREHOUSE, { masterUsername: "sales" })(),
  },
  fail: {
    "with admin on PostgreSQL": { given: instance({ username: "admin" }), says: /username is admin, which postgres keeps for itself/ },
    "with sa on SQL Server": { given: instance({ engine: "sqlserver-se", username: "SA" }), says: /which sqlserver-se keeps for itself/ },
    "with a hyphen": { given: instance({ username: "orders-app" }), says: /letters, digits and underscores/ },
    "with too many characters for the engine": {
      given: instance({ engine: "mysql", username: "a".repeat(33) }),
      says: /33 characters, and mysql takes 32/,
    },
    "of a warehouse with a name that Redshift keeps": { given: like(WAREHOUSE, { masterUsername: "PUBLIC" })(), says: /Redshift keeps/ },
  },
  absent: {
    "without a name": { given: instance({ username: null }), says: /username is absent/ },
    "of a cluster without a name": { given: like(CLUSTER, { engine: "aurora-mysql" })(), says: /masterUsername is absent/ },
  },
  unknown: {
    "while the name is not known": instance({ username: UNKNOWN }),
    "while the engine is not known": instance({ engine: UNKNOWN }),
  },
  mutations: {
    "the master user of SQL Server is sa": {
      change: (stack) => stack.set(stack.one(INSTANCE, "billing"), "username", "sa"),
      also: ["database-administrator-has-own-name"],
    },
    "the master user has a hyphen": (stack) => stack.set(stack.one(CLUSTER, "orders"), "masterUsername", "orders-owner"),
  },
};
