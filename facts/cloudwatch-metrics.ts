import { type Fact } from "./row";

/** Metrics that AWS publishes for one kind of resource, all with the same dimensions. */
export interface MetricFamily extends Fact {
  readonly namespace: string;
  /** Names of the dimensions: a metric asked for with others, more or fewer does not exist, and an alarm on it never fires. */
  readonly dimensions: readonly string[];
  readonly metrics: readonly string[];
}

const DATE = "2026-11";
const DOCS = "https://docs.aws.amazon.com";

const APPLICATION_LOAD_BALANCER = {
  namespace: "AWS/ApplicationELB",
  source: `${DOCS}/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html`,
  date: DATE,
} as const;
const NETWORK_LOAD_BALANCER = {
  namespace: "AWS/NetworkELB",
  source: `${DOCS}/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html`,
  date: DATE,
} as const;
const LAMBDA = { namespace: "AWS/Lambda", source: `${DOCS}/lambda/latest/dg/monitoring-metrics-types.html`, date: DATE } as const;
const ECS = { namespace: "AWS/ECS", source: `${DOCS}/AmazonECS/latest/developerguide/available-metrics.html`, date: DATE } as const;
const RDS = {
  namespace: "AWS/RDS",
  source: `${DOCS}/AmazonRDS/latest/UserGuide/rds-metrics.html`,
  date: DATE,
} as const;
const AURORA = {
  namespace: "AWS/RDS",
  source: `${DOCS}/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html`,
  date: DATE,
} as const;
const DYNAMODB = {
  namespace: "AWS/DynamoDB",
  source: `${DOCS}/amazondynamodb/latest/developerguide/metrics-dimensions.html`,
  date: DATE,
} as const;
const ACTIVEMQ = {
  namespace: "AWS/AmazonMQ",
  source: `${DOCS}/amazon-mq/latest/developer-guide/activemq-logging-monitoring.html`,
  date: DATE,
} as const;
const RABBITMQ = {
  namespace: "AWS/AmazonMQ",
  source: `${DOCS}/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html`,
  date: DATE,
} as const;
const KAFKA = { namespace: "AWS/Kafka", source: `${DOCS}/msk/latest/developerguide/metrics-details.html`, date: DATE } as const;
const REDSHIFT = { namespace: "AWS/Redshift", source: `${DOCS}/redshift/latest/mgmt/metrics-listing.html`, date: DATE } as const;
const REDSHIFT_SERVERLESS = {
  namespace: "AWS/Redshift-Serverless",
  source: `${DOCS}/redshift/latest/mgmt/serverless-monitoring.html`,
  date: DATE,
} as const;

/** Every metric that an alarm or a dashboard of this project reads. */
export const METRIC_FAMILIES = [
  {
    ...APPLICATION_LOAD_BALANCER,
    dimensions: ["LoadBalancer", "TargetGroup"],
    metrics: ["RequestCount", "HTTPCode_Target_5XX_Count", "TargetResponseTime", "HealthyHostCount", "UnHealthyHostCount"],
  },
  {
    ...APPLICATION_LOAD_BALANCER,
    dimensions: ["LoadBalancer"],
    metrics: ["RequestCount", "HTTPCode_ELB_5XX_Count", "RejectedConnectionCount"],
  },
  { ...NETWORK_LOAD_BALANCER, dimensions: ["LoadBalancer", "TargetGroup"], metrics: ["HealthyHostCount", "UnHealthyHostCount"] },
  {
    namespace: "AWS/NATGateway",
    dimensions: ["NatGatewayId"],
    metrics: ["ErrorPortAllocation", "PacketsDropCount"],
    source: `${DOCS}/vpc/latest/userguide/metrics-dimensions-nat-gateway.html`,
    date: DATE,
  },
  {
    namespace: "AWS/ApiGateway",
    dimensions: ["ApiId", "Stage"],
    metrics: ["Count", "4xx", "5xx", "Latency", "IntegrationLatency"],
    source: `${DOCS}/apigateway/latest/developerguide/http-api-metrics.html`,
    date: DATE,
  },
  { ...LAMBDA, dimensions: ["FunctionName"], metrics: ["Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"] },
  { ...LAMBDA, dimensions: ["FunctionName", "Resource", "ExecutedVersion"], metrics: ["Invocations", "Errors"] },
  { ...ECS, dimensions: ["ClusterName", "ServiceName"], metrics: ["CPUUtilization", "MemoryUtilization"] },
  // Service Connect publishes them, for services whose port says it speaks HTTP.
  { ...ECS, dimensions: ["DiscoveryName"], metrics: ["RequestCount"] },
  { ...ECS, dimensions: ["TargetDiscoveryName"], metrics: ["HTTPCode_Target_5XX_Count", "TargetResponseTime"] },
  {
    namespace: "ECS/ContainerInsights",
    dimensions: ["ClusterName", "ServiceName"],
    metrics: ["RunningTaskCount", "DesiredTaskCount"],
    source: `${DOCS}/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html`,
    date: DATE,
  },
  {
    namespace: "AWS/EKS",
    dimensions: ["ClusterName"],
    metrics: ["scheduler_pending_pods_UNSCHEDULABLE", "apiserver_request_total_5XX", "apiserver_request_total"],
    source: `${DOCS}/eks/latest/userguide/cloudwatch.html`,
    date: DATE,
  },
  {
    ...RDS,
    dimensions: ["DBInstanceIdentifier"],
    metrics: [
      ...["CPUUtilization", "CPUCreditBalance", "FreeableMemory", "FreeStorageSpace", "DatabaseConnections"],
      ...["ReadLatency", "WriteLatency", "DiskQueueDepth", "MaximumUsedTransactionIDs"],
    ],
  },
  {
    ...AURORA,
    dimensions: ["DBInstanceIdentifier"],
    metrics: ["ACUUtilization", "AuroraReplicaLag", "CommitLatency", "FreeLocalStorage", "Deadlocks"],
  },
  { ...AURORA, dimensions: ["DBClusterIdentifier"], metrics: ["VolumeBytesUsed"] },
  {
    ...DYNAMODB,
    dimensions: ["TableName"],
    metrics: ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ReadThrottleEvents", "WriteThrottleEvents"],
  },
  {
    ...DYNAMODB,
    dimensions: ["TableName", "GlobalSecondaryIndexName"],
    metrics: ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ReadThrottleEvents", "WriteThrottleEvents"],
  },
  { ...DYNAMODB, dimensions: ["TableName", "Operation"], metrics: ["SystemErrors", "SuccessfulRequestLatency"] },
  { ...DYNAMODB, dimensions: ["TableName", "ReceivingRegion"], metrics: ["ReplicationLatency"] },
  {
    namespace: "AWS/S3",
    dimensions: ["BucketName", "FilterId"],
    metrics: ["AllRequests", "4xxErrors", "5xxErrors", "FirstByteLatency"],
    source: `${DOCS}/AmazonS3/latest/userguide/metrics-dimensions.html`,
    date: DATE,
  },
  {
    namespace: "AWS/S3",
    dimensions: ["BucketName", "StorageType"],
    metrics: ["BucketSizeBytes", "NumberOfObjects"],
    source: `${DOCS}/AmazonS3/latest/userguide/metrics-dimensions.html`,
    date: DATE,
  },
  {
    namespace: "AWS/Firehose",
    dimensions: ["DeliveryStreamName"],
    metrics: ["DeliveryToS3.DataFreshness", "DeliveryToS3.Success"],
    source: `${DOCS}/firehose/latest/dev/cloudwatch-metrics.html`,
    date: DATE,
  },
  {
    namespace: "AWS/SQS",
    dimensions: ["QueueName"],
    metrics: [
      "ApproximateAgeOfOldestMessage",
      ...["ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"],
    ],
    source: `${DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html`,
    date: DATE,
  },
  {
    namespace: "AWS/SNS",
    dimensions: ["TopicName"],
    metrics: ["NumberOfNotificationsFailed", "NumberOfMessagesPublished"],
    source: `${DOCS}/sns/latest/dg/sns-monitoring-using-cloudwatch.html`,
    date: DATE,
  },
  {
    ...ACTIVEMQ,
    dimensions: ["Broker"],
    metrics: ["CpuUtilization", "HeapUsage", "StorePercentUsage", "TempPercentUsage", "BurstBalance", "CurrentConnectionsCount"],
  },
  { ...ACTIVEMQ, dimensions: ["Broker", "Queue"], metrics: ["QueueSize", "ConsumerCount"] },
  {
    ...RABBITMQ,
    dimensions: ["Broker"],
    metrics: [
      "SystemCpuUtilization",
      "RabbitMQMemUsed",
      "RabbitMQMemLimit",
      "RabbitMQDiskFree",
      "RabbitMQDiskFreeLimit",
      "ConnectionCount",
    ],
  },
  { ...RABBITMQ, dimensions: ["Broker", "VirtualHost", "Queue"], metrics: ["MessageReadyCount", "ConsumerCount"] },
  // All of the free level of monitoring.
  { ...KAFKA, dimensions: ["Cluster Name"], metrics: ["ActiveControllerCount", "OfflinePartitionsCount", "GlobalPartitionCount"] },
  {
    ...KAFKA,
    dimensions: ["Cluster Name", "Broker ID"],
    metrics: [
      ...["CpuUser", "CpuSystem", "CPUCreditBalance", "KafkaDataLogsDiskUsed", "BurstBalance", "HeapMemoryAfterGC"],
      ...["UnderReplicatedPartitions", "UnderMinIsrPartitionCount", "PartitionCount"],
    ],
  },
  { ...KAFKA, dimensions: ["Cluster Name", "Consumer Group", "Topic"], metrics: ["EstimatedMaxTimeLag", "MaxOffsetLag", "SumOffsetLag"] },
  {
    namespace: "AWS/ElastiCache",
    dimensions: ["CacheClusterId", "CacheNodeId"],
    metrics: [
      ...["CPUUtilization", "EngineCPUUtilization", "CPUCreditBalance", "DatabaseMemoryUsagePercentage"],
      ...["CurrConnections", "Evictions", "ReplicationLag"],
    ],
    source: `${DOCS}/AmazonElastiCache/latest/dg/CacheMetrics.html`,
    date: DATE,
  },
  {
    namespace: "AWS/ElastiCache",
    dimensions: ["clusterId"],
    metrics: ["BytesUsedForCache", "ElastiCacheProcessingUnits", "ThrottledCmds", "SuccessfulReadRequestLatency", "CurrConnections"],
    source: `${DOCS}/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html`,
    date: DATE,
  },
  {
    ...REDSHIFT,
    dimensions: ["ClusterIdentifier"],
    metrics: ["CPUUtilization", "PercentageDiskSpaceUsed", "HealthStatus", "DatabaseConnections", "WLMQueueLength"],
  },
  { ...REDSHIFT_SERVERLESS, dimensions: ["Workgroup"], metrics: ["ComputeCapacity", "ComputeSeconds"] },
  {
    ...REDSHIFT_SERVERLESS,
    dimensions: ["UsageLimitId", "UsageType", "Workgroup"],
    metrics: ["UsageLimitAvailable", "UsageLimitConsumed"],
  },
] as const satisfies readonly MetricFamily[];

/** The family of a metric with exactly these dimensions, in any order; undefined when AWS publishes none. */
export function metricFamily(namespace: string, metricName: string, dimensions: readonly string[]): MetricFamily | undefined {
  const wanted = [...dimensions].sort().join("\n");
  const families: readonly MetricFamily[] = METRIC_FAMILIES;
  return families.find(
    (family) =>
      family.namespace === namespace && family.metrics.includes(metricName) && [...family.dimensions].sort().join("\n") === wanted,
  );
}
