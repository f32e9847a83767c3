import type { Rule } from "../../../lib/rule";
import { brokerPublishesLogs } from "./broker-publishes-logs";
import { brokerTakesMinorVersions } from "./broker-takes-minor-versions";
import { busPolicyIsNotPublic } from "./bus-policy-is-not-public";
import { connectorPublishesLogs } from "./connector-publishes-logs";
import { connectorRequiresTls } from "./connector-requires-tls";
import { deliveryStreamIsEncrypted } from "./delivery-stream-is-encrypted";
import { kafkaAsksWhoConnects } from "./kafka-asks-who-connects";
import { kafkaEncryptsBetweenBrokers } from "./kafka-encrypts-between-brokers";
import { kafkaPublishesBrokerLogs } from "./kafka-publishes-broker-logs";
import { kafkaRequiresTls } from "./kafka-requires-tls";
import { kafkaShowsItsBrokers } from "./kafka-shows-its-brokers";
import { queueDemandsTls } from "./queue-demands-tls";
import { queueHasDeadLetters } from "./queue-has-dead-letters";
import { queuePolicyIsNotPublic } from "./queue-policy-is-not-public";
import { streamIsEncrypted } from "./stream-is-encrypted";
import { topicDemandsTls } from "./topic-demands-tls";
import { topicIsEncrypted } from "./topic-is-encrypted";
import { topicPolicyIsNotOpen } from "./topic-policy-is-not-open";

/** MSK, Amazon MQ, Kinesis, Firehose, SQS, SNS and EventBridge buses. */
export const messagingRules: readonly Rule[] = [
  kafkaAsksWhoConnects,
  kafkaEncryptsBetweenBrokers,
  kafkaPublishesBrokerLogs,
  kafkaRequiresTls,
  kafkaShowsItsBrokers,
  connectorPublishesLogs,
  connectorRequiresTls,
  brokerPublishesLogs,
  brokerTakesMinorVersions,
  streamIsEncrypted,
  deliveryStreamIsEncrypted,
  queuePolicyIsNotPublic,
  queueDemandsTls,
  queueHasDeadLetters,
  topicIsEncrypted,
  topicPolicyIsNotOpen,
  topicDemandsTls,
  busPolicyIsNotPublic,
];
