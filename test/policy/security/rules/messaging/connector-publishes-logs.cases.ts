import { connectorPublishesLogs as rule } from "../../../../../policy/security/rules/messaging/connector-publishes-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { CONNECTOR, FINE_CONNECTOR } from "./connectors";

export const cases: RuleCases = {
  rule,
  pass: { "to a bucket": given(CONNECTOR, { logDelivery: { workerLogDelivery: { s3: { enabled: true, bucket: "logs" } } } }) },
  fail: {
    "to a group that is turned off": {
      given: given(CONNECTOR, { logDelivery: { workerLogDelivery: { cloudwatchLogs: { enabled: false } } } }),
      says: /orders keeps the logs of its workers to itself/,
    },
  },
  absent: { "without a word, which is nowhere": { given: given(CONNECTOR), says: /their logs go nowhere/ } },
  unknown: { "while it is not known": given(CONNECTOR, { logDelivery: UNKNOWN }) },
  mutations: {
    "a connector is added whose logs go nowhere": (stack) => {
      const { logDelivery: _, ...silent } = FINE_CONNECTOR;
      stack.add(CONNECTOR, "orders-to-search", silent);
    },
  },
};
