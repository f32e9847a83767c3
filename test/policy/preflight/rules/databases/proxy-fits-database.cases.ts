import { UNKNOWN } from "../../../../../policy/lib/resource";
import { proxyFitsDatabase as rule } from "../../../../../policy/preflight/rules/databases/proxy-fits-database";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";
import { CLUSTER, INSTANCE } from "../../given";

const PROXY = "aws:rds/proxy:Proxy";
const TARGET = "aws:rds/proxyTarget:ProxyTarget";

function target(engineFamily: string, engine: string, inputs: Inputs = {}): Given {
  return (stack) =>
    stack.add(TARGET, "orders", {
      dbProxyName: id(stack.add(PROXY, "orders", { engineFamily })),
      dbInstanceIdentifier: id(stack.add(INSTANCE, "orders", { engine })),
      ...inputs,
    });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of the family of the engine": target("POSTGRESQL", "postgres"),
    "of MySQL in front of MariaDB, not made yet": { given: target("MYSQL", "mariadb"), known: false },
  },
  fail: {
    "of another family": {
      given: target("MYSQL", "postgres"),
      says: /proxy orders is of MYSQL, and orders is postgres, which takes POSTGRESQL/,
    },
    "of another family, not made yet": { given: target("MYSQL", "postgres"), known: false, says: /which takes POSTGRESQL/ },
    "in front of Oracle": { given: target("POSTGRESQL", "oracle-se2"), says: /which has no proxy/ },
  },
  absent: {
    "in front of a database from outside": {
      given: target("MYSQL", "postgres", { dbInstanceIdentifier: "theirs" }),
      says: "nothing",
    },
  },
  unknown: {
    "while the family is not known": target(UNKNOWN, "postgres"),
    "while the engine is not known": target("MYSQL", UNKNOWN),
    "while the database is not known": target("MYSQL", "postgres", { dbInstanceIdentifier: UNKNOWN }),
  },
  mutations: {
    "a MySQL proxy is put in front of Aurora PostgreSQL": (stack) => {
      const proxy = stack.add(PROXY, "orders", { name: "orders", engineFamily: "MYSQL", requireTls: true });
      stack.add(TARGET, "orders", {
        dbProxyName: id(proxy),
        targetGroupName: "default",
        dbClusterIdentifier: id(stack.one(CLUSTER, "orders")),
      });
    },
  },
};
