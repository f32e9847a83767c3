import { kafkaRequiresTls as rule } from "../../../../../policy/security/rules/messaging/kafka-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const CLUSTER = "aws:msk/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: { "with TLS": given(CLUSTER, { encryptionInfo: { encryptionInTransit: { clientBroker: "TLS" } } }) },
  fail: {
    "with both": {
      given: given(CLUSTER, { encryptionInfo: { encryptionInTransit: { clientBroker: "TLS_PLAINTEXT" } } }),
      says: /orders takes clients in the clear: clientBroker is not TLS/,
    },
  },
  absent: { "without a word, which is TLS": { given: given(CLUSTER), says: "pass" } },
  unknown: { "while it is not known": given(CLUSTER, { encryptionInfo: { encryptionInTransit: { clientBroker: UNKNOWN } } }) },
  mutations: {
    "Kafka takes plain clients too": (stack) =>
      stack.set(stack.one(CLUSTER), ["encryptionInfo", "encryptionInTransit", "clientBroker"], "TLS_PLAINTEXT"),
  },
};
