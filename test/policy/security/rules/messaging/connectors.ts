import { type Inputs } from "../../../stack";

export const CONNECTOR = "aws:mskconnect/connector:Connector";

/** A connector that no rule finds anything wrong with. */
export const FINE_CONNECTOR: Inputs = {
  kafkaconnectVersion: "3.7.x",
  capacity: { autoscaling: { minWorkerCount: 1, maxWorkerCount: 2, mcuCount: 1 } },
  kafkaCluster: { apacheKafkaCluster: { bootstrapServers: "b-1.kafka:9098", vpc: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } } },
  kafkaClusterClientAuthentication: { authenticationType: "IAM" },
  kafkaClusterEncryptionInTransit: { encryptionType: "TLS" },
  logDelivery: { workerLogDelivery: { cloudwatchLogs: { enabled: true, logGroup: "/connect/orders" } } },
  serviceExecutionRoleArn: "arn:aws:iam::444455556666:role/connect",
};
