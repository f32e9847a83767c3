import { administratorPasswordIsManaged as rule } from "../../../../../policy/security/rules/databases/administrator-password-is-managed";
import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: {
    "of an instance": given(INSTANCE, { manageMasterUserPassword: true }),
    "of a warehouse": given("aws:redshift/cluster:Cluster", { manageMasterPassword: true }),
    "of a serverless warehouse": given("aws:redshiftserverless/namespace:Namespace", { manageAdminPassword: "true" }),
  },
  fail: {
    "that the program gives, as a secret": {
      given: given(INSTANCE, { password: SECRET }),
      says: /orders has a password that AWS does not look after: manageMasterUserPassword is off/,
    },
    "of DocumentDB": { given: given("aws:docdb/cluster:Cluster", { manageMasterUserPassword: false }), says: /is off/ },
  },
  absent: {
    "without the flag, which is off": { given: given(CLUSTER), says: /manageMasterUserPassword is off/ },
    "of a copy": { given: given(INSTANCE, { replicateSourceDb: "orders" }), says: "nothing" },
    "of a global database, which can't have it": { given: given(CLUSTER, { globalClusterIdentifier: "orders" }), says: "nothing" },
  },
  unknown: { "while the flag is not known": given(INSTANCE, { manageMasterUserPassword: UNKNOWN }) },
  mutations: {
    "a database gets its password from the program": (stack) => {
      stack.set(stack.one(INSTANCE, "crm"), "manageMasterUserPassword", undefined);
      stack.set(stack.one(INSTANCE, "crm"), "masterUserSecretKmsKeyId", undefined);
      stack.set(stack.one(INSTANCE, "crm"), "password", SECRET);
    },
    "the warehouse does": {
      change: (stack) => stack.set(stack.one("aws:redshiftserverless/namespace:Namespace"), "manageAdminPassword", false),
      also: ["store-key-comes-with-encryption"],
    },
  },
};
