import { kafkaPublishesBrokerLogs as rule } from "../../../../../policy/security/rules/messaging/kafka-publishes-broker-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const CLUSTER = "aws:msk/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: {
    "to S3": given(CLUSTER, { loggingInfo: { brokerLogs: { s3: { enabled: true, bucket: "logs" }, cloudwatchLogs: { enabled: false } } } }),
    "to Firehose, while another is not known": given(CLUSTER, {
      loggingInfo: { brokerLogs: { firehose: { enabled: "true" }, s3: UNKNOWN } },
    }),
  },
  fail: {
    "to a group that is turned off": {
      given: given(CLUSTER, { loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: false } } } }),
      says: /orders keeps the logs of its brokers to itself: brokerLogs go nowhere/,
    },
  },
  absent: { "without a word, which is nowhere": { given: given(CLUSTER), says: /go nowhere/ } },
  unknown: { "while it is not known": given(CLUSTER, { loggingInfo: { brokerLogs: { s3: { enabled: UNKNOWN } } } }) },
  mutations: {
    "Kafka keeps its logs to itself": (stack) =>
      stack.set(stack.one(CLUSTER), ["loggingInfo", "brokerLogs", "cloudwatchLogs", "enabled"], false),
  },
};
