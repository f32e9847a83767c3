import { UNKNOWN } from "../../../../../policy/lib/resource";
import { storeKeyComesWithEncryption as rule } from "../../../../../policy/preflight/rules/databases/store-key-comes-with-encryption";
import { type RuleCases } from "../../../cases";
import { GOOD_INSTANCE, INSTANCE, like, MEMBER, WAREHOUSE } from "../../given";

const KEY = "arn:aws:kms:eu-west-1:1:key/a";
const instance = like(INSTANCE, GOOD_INSTANCE);

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key and encryption": instance({ kmsKeyId: KEY, storageEncrypted: true }),
    "with a key that is not known and encryption": instance({ kmsKeyId: UNKNOWN, storageEncrypted: "true" }),
    "of a replica, which is encrypted as its source": instance({ kmsKeyId: KEY, replicateSourceDb: "a" }),
    "of a warehouse, which is encrypted by default": like(WAREHOUSE, { kmsKeyId: KEY })(),
    "of a Valkey cache, which is encrypted by default": like("aws:elasticache/replicationGroup:ReplicationGroup", {
      engine: "valkey",
      kmsKeyId: KEY,
    })(),
  },
  fail: {
    "with a key and no encryption": {
      given: instance({ kmsKeyId: UNKNOWN, storageEncrypted: false }),
      says: /kmsKeyId is set and storageEncrypted is off/,
    },
    "with a key of insights that are off": {
      given: instance({ performanceInsightsKmsKeyId: KEY, performanceInsightsEnabled: false }),
      says: /performanceInsightsEnabled is off/,
    },
    "of a table without encryption": {
      given: like("aws:dynamodb/table:Table", { serverSideEncryption: { enabled: false, kmsKeyArn: KEY } })(),
      says: /serverSideEncryption\.enabled is off/,
    },
  },
  absent: {
    "with neither": { given: instance(), says: "pass" },
    "with a key alone": { given: instance({ kmsKeyId: KEY }), says: /storageEncrypted is off/ },
    "with the key of a managed password alone": {
      given: instance({ masterUserSecretKmsKeyId: KEY, manageMasterUserPassword: null }),
      says: /manageMasterUserPassword is off/,
    },
  },
  unknown: {
    "while the engine says whether it is encrypted": like("aws:elasticache/replicationGroup:ReplicationGroup", {
      engine: UNKNOWN,
      kmsKeyId: KEY,
    })(),
    "while the encryption is not known": instance({ kmsKeyId: KEY, storageEncrypted: UNKNOWN }),
  },
  mutations: {
    "insights of a trial are turned off and their key stays": (stack) => {
      stack.set(stack.one("strata:persistence:RdsInstance", "crm"), "durable", false);
      stack.set(stack.one(INSTANCE, "crm"), ["tags", "strata:because"], "a trial of a month");
      stack.set(stack.one(INSTANCE, "crm"), "performanceInsightsEnabled", false);
    },
    "the managed password is turned off, and its key stays": {
      change: (stack) => stack.set(stack.one(INSTANCE, "crm"), "manageMasterUserPassword", undefined),
      also: ["administrator-password-is-managed", "database-password-is-accepted"],
    },
    "insights are turned off and their key stays": {
      change: (stack) => stack.set(stack.one(MEMBER, "reader"), "performanceInsightsEnabled", false),
      also: ["database-has-performance-insights"],
    },
    "encryption is turned off and the key stays": {
      change: (stack) => stack.set(stack.one(INSTANCE, "crm"), "storageEncrypted", false),
      also: ["store-is-encrypted"],
    },
  },
};
