import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { databasePasswordIsAccepted as rule } from "../../../../../policy/preflight/rules/databases/database-password-is-accepted";
import { type RuleCases } from "../../../cases";
import { CLUSTER, INSTANCE, like, WAREHOUSE } from "../../given";

const instance = like(INSTANCE, { engine: "mysql" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a managed password": instance({ manageMasterUserPassword: true }),
    "with a good one": instance({ password: "correct-horse-battery" }),
    "of a replica without one": instance({ replicateSourceDb: "a" }),
    "of a warehouse with all kinds of characters": like(WAREHOUSE, { masterPassword: "Correct1horse" })(),
  },
  fail: {
    "with both": {
      given: instance({ manageMasterUserPassword: true, password: SECRET }),
      says: /manageMasterUserPassword is on and password is set/,
    },
    "with one that is too short": { given: instance({ password: "short" }), says: /has 5 characters, and 8 to 41 are taken/ },
    "with one that is too long for the engine": { given: instance({ password: "a".repeat(42) }), says: /42 characters/ },
    "with an @": { given: instance({ password: "correct@horse" }), says: /a character that is not taken/ },
    "of a warehouse without a capital": {
      given: like(WAREHOUSE, { masterPassword: "correct1horse" })(),
      says: /a small letter, a capital and a digit/,
    },
  },
  absent: {
    "of an instance without one": { given: instance(), says: /it has no password: password is absent and manageMasterUserPassword is off/ },
    "of a cluster without one": { given: like(CLUSTER, { engine: "aurora-mysql" })(), says: /masterPassword is absent/ },
  },
  unknown: {
    "while the engine says how long it can be": instance({ engine: UNKNOWN, password: "a1".repeat(20) }),
    "while it is a secret": instance({ password: SECRET }),
    "while nobody knows whether it is managed": instance({ manageMasterUserPassword: UNKNOWN }),
  },
  mutations: {
    "the managed password is turned off and none is given": {
      change: (stack) => {
        const database = stack.one(INSTANCE, "crm");
        stack.set(database, "manageMasterUserPassword", undefined);
        stack.set(stack.one(INSTANCE, "crm"), "masterUserSecretKmsKeyId", undefined);
      },
      also: ["administrator-password-is-managed"],
    },
    "a password is given beside the managed one": (stack) => stack.set(stack.one(CLUSTER, "orders"), "masterPassword", SECRET),
  },
};
