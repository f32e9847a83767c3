import { UNKNOWN } from "../../../../../policy/lib/resource";
import { databaseIdentifierIsValid as rule } from "../../../../../policy/preflight/rules/databases/database-identifier-is-valid";
import { type RuleCases } from "../../../cases";
import { CLUSTER, DOMAIN, INSTANCE, like, MEMBER } from "../../given";

const instance = like(INSTANCE, {});

export const cases: RuleCases = {
  rule,
  pass: {
    "with letters, digits and hyphens": instance({ identifier: "orders-db-1" }),
    "with 63 characters": instance({ identifier: "a".repeat(63) }),
    "with a short prefix": instance({ identifierPrefix: "orders-" }),
    "of a search domain": like(DOMAIN, { domainName: "orders" })(),
  },
  fail: {
    "with 64 characters": { given: instance({ identifier: "a".repeat(64) }), says: /up to 63/ },
    "with an underscore": { given: instance({ identifier: "orders_db" }), says: /identifier is "orders_db"/ },
    "with two hyphens": { given: instance({ identifier: "orders--db" }), says: /single hyphens/ },
    "with a prefix that leaves too little": { given: instance({ identifierPrefix: "a".repeat(38) }), says: /up to 37/ },
    "of a search domain with 29 characters": { given: like(DOMAIN, { domainName: "a".repeat(29) })(), says: /3 to 28/ },
    "of a workgroup with capitals": {
      given: like("aws:redshiftserverless/workgroup:Workgroup", { workgroupName: "Sales" })(),
      says: /workgroupName is "Sales"/,
    },
  },
  absent: { "without a name, which is made up": { given: instance(), says: "pass" } },
  unknown: { "while the name is not known": like(CLUSTER, { clusterIdentifier: UNKNOWN })() },
  mutations: {
    "a database begins its name with an underscore in it": (stack) =>
      stack.set(stack.one(MEMBER, "reader"), "identifierPrefix", "orders_reader-"),
    "a workgroup is named with capitals": (stack) =>
      stack.set(stack.one("aws:redshiftserverless/workgroup:Workgroup"), "workgroupName", "Prod_Analytics"),
  },
};
