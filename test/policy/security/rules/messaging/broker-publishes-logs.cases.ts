import { brokerPublishesLogs as rule } from "../../../../../policy/security/rules/messaging/broker-publishes-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const BROKER = "aws:mq/broker:Broker";

export const cases: RuleCases = {
  rule,
  pass: {
    "ActiveMQ with both": given(BROKER, { engineType: "ActiveMQ", logs: { general: true, audit: "true" } }),
    "RabbitMQ with its one": given(BROKER, { engineType: "RabbitMQ", logs: { general: true } }),
    "both, of an engine that is not known": given(BROKER, { engineType: UNKNOWN, logs: { general: true, audit: true } }),
  },
  fail: {
    "ActiveMQ without its audit log": {
      given: given(BROKER, { engineType: "ActiveMQ", logs: { general: true } }),
      says: /orders keeps logs to itself: logs.audit is off/,
    },
    "RabbitMQ in capitals without": {
      given: given(BROKER, { engineType: "RABBITMQ", logs: { general: false } }),
      says: /logs.general is off/,
    },
  },
  absent: {
    "without a word, which is neither": {
      given: given(BROKER, { engineType: "ActiveMQ" }),
      says: /logs.general is off; logs.audit is off/,
    },
  },
  unknown: {
    "while the logs are not known": given(BROKER, { engineType: "ActiveMQ", logs: UNKNOWN }),
    "while the engine is not known": given(BROKER, { engineType: UNKNOWN, logs: { general: true } }),
  },
  mutations: {
    "the broker does not say who changed what": (stack) => stack.set(stack.one(BROKER), ["logs", "audit"], false),
    "the broker says nothing at all": (stack) => stack.set(stack.one(BROKER), ["logs", "general"], undefined),
  },
};
