import type { Rule } from "../../../lib/rule";
import { brokerInstanceFitsMode } from "./broker-instance-fits-mode";
import { brokerOptionsFitEngine } from "./broker-options-fit-engine";
import { brokerSubnetsFitMode } from "./broker-subnets-fit-mode";
import { brokerUserIsAccepted } from "./broker-user-is-accepted";
import { brokerVersionIsKnown } from "./broker-version-is-known";
import { cacheFailoverHasReplica } from "./cache-failover-has-replica";
import { cacheIdIsValid } from "./cache-id-is-valid";
import { cacheNodeFitsFeatures } from "./cache-node-fits-features";
import { cacheParameterGroupFitsEngine } from "./cache-parameter-group-fits-engine";
import { cacheShardsAreWithinLimits } from "./cache-shards-are-within-limits";
import { cacheSignInHasTls } from "./cache-sign-in-has-tls";
import { deadLettersAreOfTheSameKind } from "./dead-letters-are-of-the-same-kind";
import { deliveryBufferIsInRange } from "./delivery-buffer-is-in-range";
import { deliveryHasItsDestination } from "./delivery-has-its-destination";
import { fifoIsNamedSo } from "./fifo-is-named-so";
import { kafkaBrokersFitZones } from "./kafka-brokers-fit-zones";
import { kafkaConfigurationIsValid } from "./kafka-configuration-is-valid";
import { kafkaSecretIsAccepted } from "./kafka-secret-is-accepted";
import { kafkaStorageFitsBroker } from "./kafka-storage-fits-broker";
import { kafkaVersionIsKnown } from "./kafka-version-is-known";
import { logSubscriptionHasRole } from "./log-subscription-has-role";
import { queueSettingsAreInRange } from "./queue-settings-are-in-range";
import { streamCapacityFitsMode } from "./stream-capacity-fits-mode";
import { subscriptionFitsTopic } from "./subscription-fits-topic";

/** ElastiCache, MSK, Amazon MQ, SQS, SNS, Kinesis, Firehose and the subscriptions of log groups. */
export const messagingChecks: readonly Rule[] = [
  brokerInstanceFitsMode,
  brokerOptionsFitEngine,
  brokerSubnetsFitMode,
  brokerUserIsAccepted,
  brokerVersionIsKnown,
  cacheFailoverHasReplica,
  cacheIdIsValid,
  cacheNodeFitsFeatures,
  cacheParameterGroupFitsEngine,
  cacheShardsAreWithinLimits,
  cacheSignInHasTls,
  deadLettersAreOfTheSameKind,
  deliveryBufferIsInRange,
  deliveryHasItsDestination,
  fifoIsNamedSo,
  kafkaBrokersFitZones,
  kafkaConfigurationIsValid,
  kafkaSecretIsAccepted,
  kafkaStorageFitsBroker,
  kafkaVersionIsKnown,
  logSubscriptionHasRole,
  queueSettingsAreInRange,
  streamCapacityFitsMode,
  subscriptionFitsTopic,
];
