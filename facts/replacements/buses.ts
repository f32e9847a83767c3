import type * as elasticache from "@pulumi/aws/elasticache";
import type * as mq from "@pulumi/aws/mq";
import type * as msk from "@pulumi/aws/msk";
import type * as sns from "@pulumi/aws/sns";
import type * as sqs from "@pulumi/aws/sqs";
import { type Replacement, replacement } from "./replacement";

/** Message buses: Kafka, ActiveMQ and RabbitMQ, Redis and Valkey, SQS, SNS. */
export const BUS_REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  "aws:msk/cluster:Cluster": replacement<msk.ClusterArgs>("kafka/cluster", true, [
    "region",
    "clusterName",
    "brokerNodeGroupInfo.azDistribution",
    "brokerNodeGroupInfo.clientSubnets",
    "brokerNodeGroupInfo.securityGroups",
    { path: "brokerNodeGroupInfo.instanceType", when: "it moves between standard and Express brokers" },
    "encryptionInfo.encryptionAtRestKmsKeyArn",
    "encryptionInfo.encryptionInTransit.inCluster",
    { path: "kafkaVersion", when: "it goes down, or from ZooKeeper to KRaft" },
  ]),
  "aws:msk/serverlessCluster:ServerlessCluster": replacement<msk.ServerlessClusterArgs>("kafka/serverless_cluster", true, [
    "region",
    "clientAuthentication",
    "clusterName",
    "vpcConfigs",
  ]),
  "aws:msk/configuration:Configuration": replacement<msk.ConfigurationArgs>("kafka/configuration", false, [
    "region",
    "kafkaVersions",
    "name",
  ]),
  "aws:mq/broker:Broker": replacement<mq.BrokerArgs>("mq/broker", true, [
    "region",
    "brokerName",
    "dataReplicationPrimaryBrokerArn",
    "deploymentMode",
    "encryptionOptions",
    "engineType",
    "ldapServerMetadata",
    "publiclyAccessible",
    "subnetIds",
  ]),
  "aws:mq/configuration:Configuration": replacement<mq.ConfigurationArgs>("mq/configuration", false, ["region", "engineType", "name"]),
  "aws:elasticache/replicationGroup:ReplicationGroup": replacement<elasticache.ReplicationGroupArgs>(
    "elasticache/replication_group",
    true,
    [
      "region",
      "atRestEncryptionEnabled",
      "dataTieringEnabled",
      "globalReplicationGroupId",
      "kmsKeyId",
      "networkType",
      "port",
      "replicationGroupId",
      "snapshotArns",
      "snapshotName",
      "subnetGroupName",
      { path: "engine", when: "it goes from valkey to redis" },
      { path: "engineVersion", when: "it goes down" },
      { path: "nodeGroupConfigurations", when: "it is given, taken away, or moves a node" },
    ],
  ),
  "aws:elasticache/serverlessCache:ServerlessCache": replacement<elasticache.ServerlessCacheArgs>("elasticache/serverless_cache", true, [
    "region",
    { path: "engine", when: "it goes from valkey to redis" },
    "kmsKeyId",
    { path: "majorEngineVersion", when: "it goes down" },
    "name",
    "snapshotArnsToRestores",
    "subnetIds",
  ]),
  "aws:elasticache/subnetGroup:SubnetGroup": replacement<elasticache.SubnetGroupArgs>("elasticache/subnet_group", false, [
    "region",
    "name",
  ]),
  "aws:elasticache/user:User": replacement<elasticache.UserArgs>("elasticache/user", false, ["region", "userId", "userName"]),
  "aws:msk/topic:Topic": replacement<msk.TopicArgs>("kafka/topic", true, [
    "region",
    "clusterArn",
    "name",
    { path: "partitionCount", when: "it goes down" },
  ]),
  "aws:sqs/queue:Queue": replacement<sqs.QueueArgs>("sqs/queue", true, ["region", "fifoQueue", "name", "namePrefix"]),
  "aws:sns/topic:Topic": replacement<sns.TopicArgs>("sns/topic", false, ["region", "fifoTopic", "name", "namePrefix"]),
};
