import { UNKNOWN } from "../../../../../policy/lib/resource";
import { databaseNameFitsEngine as rule } from "../../../../../policy/preflight/rules/databases/database-name-fits-engine";
import { type RuleCases } from "../../../cases";
import { CLUSTER, INSTANCE, like, WAREHOUSE } from "../../given";

const instance = like(INSTANCE, { engine: "postgres" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with letters and underscores": instance({ dbName: "orders_db" }),
    "of Oracle with eight letters": instance({ engine: "oracle-se2", dbName: "ORDERS01" }),
    "of an engine that is not known here": instance({ engine: "newsql", dbName: "a-b" }),
  },
  fail: {
    "with a hyphen": { given: instance({ dbName: "orders-db" }), says: /dbName is "orders-db"; it must be as postgres names databases/ },
    "of a cluster with a digit in front": {
      given: like(CLUSTER, { engine: "aurora-mysql", databaseName: "1orders" })(),
      says: /databaseName is "1orders"/,
    },
    "of Oracle with nine letters": { given: instance({ engine: "oracle-se2", dbName: "WAREHOUSE" }), says: /up to 8 letters/ },
    "of SQL Server": { given: instance({ engine: "sqlserver-se", dbName: "orders" }), says: /dbName is set, and sqlserver-se takes none/ },
    "of a warehouse with capitals": { given: like(WAREHOUSE, { databaseName: "Sales" })(), says: /small letters/ },
  },
  absent: { "without a name": { given: instance(), says: "nothing" } },
  unknown: {
    "while it is not known": instance({ dbName: UNKNOWN }),
    "while the engine is not known": instance({ engine: UNKNOWN, dbName: "orders" }),
  },
  mutations: {
    "SQL Server is to begin with a database": (stack) => stack.set(stack.one(INSTANCE, "billing"), "dbName", "billing"),
    "the first database of Aurora has a hyphen": (stack) => stack.set(stack.one(CLUSTER, "orders"), "databaseName", "orders-db"),
  },
};
