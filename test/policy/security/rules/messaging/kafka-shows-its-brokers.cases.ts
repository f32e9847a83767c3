import { kafkaShowsItsBrokers as rule } from "../../../../../policy/security/rules/messaging/kafka-shows-its-brokers";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given, givenInDev } from "../given";

const CLUSTER = "aws:msk/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: {
    "with metrics of each broker": given(CLUSTER, { enhancedMonitoring: "PER_BROKER" }),
    "with an exporter": given(CLUSTER, { openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true } } } }),
  },
  fail: {
    "with the default level": {
      given: given(CLUSTER, { enhancedMonitoring: "DEFAULT" }),
      says: /orders does not show how its brokers are: enhancedMonitoring is DEFAULT, and openMonitoring is off/,
    },
  },
  absent: {
    "without a word, which is the default level": { given: given(CLUSTER), says: /enhancedMonitoring is DEFAULT/ },
    "in an environment that is not durable": { given: givenInDev(CLUSTER), says: "nothing" },
  },
  unknown: {
    "while the level is not known": given(CLUSTER, { enhancedMonitoring: UNKNOWN }),
    "while the exporters are not known": given(CLUSTER, { enhancedMonitoring: "DEFAULT", openMonitoring: UNKNOWN }),
  },
  mutations: {
    "Kafka shows nothing of its brokers": (stack) => {
      stack.set(stack.one(CLUSTER), "enhancedMonitoring", "DEFAULT");
      stack.set(stack.one(CLUSTER), "openMonitoring", undefined);
    },
  },
};
