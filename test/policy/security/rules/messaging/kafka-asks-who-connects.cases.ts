import { kafkaAsksWhoConnects as rule } from "../../../../../policy/security/rules/messaging/kafka-asks-who-connects";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const CLUSTER = "aws:msk/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: {
    "by IAM": given(CLUSTER, { clientAuthentication: { sasl: { iam: true }, unauthenticated: false } }),
    "by certificates of an authority that is not known yet": given(CLUSTER, {
      clientAuthentication: { tls: { certificateAuthorityArns: [UNKNOWN] } },
    }),
  },
  fail: {
    "by IAM, or not at all": {
      given: given(CLUSTER, { clientAuthentication: { sasl: { iam: true }, unauthenticated: true } }),
      says: /orders lets everybody in: unauthenticated is on/,
    },
    "by nothing": { given: given(CLUSTER, { clientAuthentication: { sasl: { iam: false } } }), says: /no kind of clientAuthentication/ },
  },
  absent: { "without a word, which lets everybody in": { given: given(CLUSTER), says: /no kind of clientAuthentication/ } },
  unknown: {
    "while it is not known": given(CLUSTER, { clientAuthentication: UNKNOWN }),
    "while the kind is not known": given(CLUSTER, { clientAuthentication: { sasl: { iam: UNKNOWN } } }),
    "while nobody can say whether it asks always": given(CLUSTER, {
      clientAuthentication: { sasl: { iam: true }, unauthenticated: UNKNOWN },
    }),
  },
  mutations: {
    "Kafka lets clients in that say no name": (stack) => stack.set(stack.one(CLUSTER), ["clientAuthentication", "unauthenticated"], true),
  },
};
