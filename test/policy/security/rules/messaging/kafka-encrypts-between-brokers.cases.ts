import { kafkaEncryptsBetweenBrokers as rule } from "../../../../../policy/security/rules/messaging/kafka-encrypts-between-brokers";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const CLUSTER = "aws:msk/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(CLUSTER, { encryptionInfo: { encryptionInTransit: { inCluster: true } } }) },
  fail: {
    "with it off": {
      given: given(CLUSTER, { encryptionInfo: { encryptionInTransit: { inCluster: false } } }),
      says: /orders copies messages in the clear: inCluster is off/,
    },
  },
  absent: { "without a word, which is on": { given: given(CLUSTER), says: "pass" } },
  unknown: { "while it is not known": given(CLUSTER, { encryptionInfo: UNKNOWN }) },
  mutations: {
    "Kafka copies messages in the clear": (stack) =>
      stack.set(stack.one(CLUSTER), ["encryptionInfo", "encryptionInTransit", "inCluster"], false),
  },
};
