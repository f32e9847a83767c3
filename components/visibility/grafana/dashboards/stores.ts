import { type Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { type KnownInput, type KnownStore } from "./input";
import { dashboard, graph, type GraphOptions, logLines, type Panel, type Row, text, titled, type Unit } from "./panels";
import { cloudwatch, lines, type Lettered, type MetricChoice } from "./queries";
import { dashboardUid } from "./uids";

type Known = KnownStore["observed"];
type Kind<Of extends Known["kind"]> = Extract<Known, { kind: Of }>;
type Dimensions = Readonly<Record<string, string>>;

const DAY = 86_400;

/** Several metrics of one resource in one graph, each with the same statistic. */
function of(namespace: string, dimensions: Dimensions, statistic: string, extra: Pick<MetricChoice, "period" | "label"> = {}) {
  return (...names: string[]): Lettered[] => names.map((name) => cloudwatch(namespace, name, { dimensions, statistic, ...extra }));
}

function chart(title: string, unit: Unit, queries: readonly Lettered[], options: Omit<GraphOptions, "unit"> = {}): Panel {
  return graph(title, { unit, ...options }, queries);
}

function instancePanels(identifier: string, role: string): Panel[] {
  const average = of("AWS/RDS", { DBInstanceIdentifier: identifier }, "Average");
  return [
    chart(`CPU, ${role}`, "percent", average("CPUUtilization")),
    chart(`Connections, ${role}`, "short", average("DatabaseConnections")),
    chart(`Latency, ${role}`, "s", average("ReadLatency", "WriteLatency")),
    chart(`Memory to be had, ${role}`, "bytes", average("FreeableMemory")),
  ];
}

function aurora({ clusterIdentifier, instances, capacity }: Kind<"aurora-postgres" | "aurora-mysql">): Row[] {
  return [
    {
      title: "Cluster",
      panels: [chart("Data", "bytes", of("AWS/RDS", { DBClusterIdentifier: clusterIdentifier }, "Average")("VolumeBytesUsed"))],
    },
    ...instances.map(({ role, identifier }) => {
      const average = of("AWS/RDS", { DBInstanceIdentifier: identifier }, "Average");
      return {
        title: role === "writer" ? "Writer" : `Reader ${role}`,
        panels: [
          ...instancePanels(identifier, role),
          chart(`Time to commit, ${role}`, "ms", average("CommitLatency")),
          chart(`Deadlocks, ${role}`, "short", average("Deadlocks")),
          chart(`Lag behind the writer, ${role}`, "ms", average("AuroraReplicaLag")),
          ...("minimum" in capacity ? [chart(`Capacity in use, ${role}`, "percent", average("ACUUtilization"))] : []),
        ],
      };
    }),
  ];
}

function instance({ instanceIdentifier }: Kind<"postgres" | "mysql" | "mariadb" | "oracle" | "sqlserver">): Row[] {
  const average = of("AWS/RDS", { DBInstanceIdentifier: instanceIdentifier }, "Average");
  return [
    {
      title: "Instance",
      panels: [
        ...instancePanels(instanceIdentifier, "instance"),
        chart("Storage to be had", "bytes", average("FreeStorageSpace")),
        chart("Requests that wait for the disk", "short", average("DiskQueueDepth")),
      ],
    },
  ];
}

/** Operations whose errors and latency are shown; each has a metric of its own. */
const OPERATIONS = ["GetItem", "PutItem", "Query", "UpdateItem"] as const;

function tableRows({ tableName, indexes }: Kind<"table">): Row[] {
  const dynamodb = "AWS/DynamoDB";
  const sums = of(dynamodb, { TableName: tableName }, "Sum");
  const byOperation = (metric: string, statistic: string) =>
    OPERATIONS.map((Operation) =>
      cloudwatch(dynamodb, metric, { dimensions: { TableName: tableName, Operation }, statistic, label: Operation }),
    );
  const throttled = (dimensions: Dimensions) => of(dynamodb, dimensions, "Sum")("ReadThrottleEvents", "WriteThrottleEvents");
  return [
    {
      title: "Table",
      panels: [
        chart("Capacity used", "short", sums("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits")),
        chart("Throttled", "short", throttled({ TableName: tableName })),
        chart("Latency", "ms", byOperation("SuccessfulRequestLatency", "Average")),
        chart("Errors of DynamoDB", "short", byOperation("SystemErrors", "Sum")),
      ],
    },
    {
      title: "Indexes",
      panels: indexes.map((name) =>
        chart(`Throttled, ${name}`, "short", throttled({ TableName: tableName, GlobalSecondaryIndexName: name })),
      ),
    },
  ];
}

function bucket({ bucketName, filterId }: Kind<"bucket">): Row[] {
  const size = (StorageType: string) => of("AWS/S3", { BucketName: bucketName, StorageType }, "Average", { period: DAY });
  const requests = filterId === undefined ? undefined : of("AWS/S3", { BucketName: bucketName, FilterId: filterId }, "Sum");
  return [
    {
      title: "Content",
      panels: [
        chart("Size", "bytes", size("StandardStorage")("BucketSizeBytes"), { description: "S3 counts once a day." }),
        chart("Objects", "short", size("AllStorageTypes")("NumberOfObjects"), { description: "S3 counts once a day." }),
      ],
    },
    {
      title: "Requests",
      panels: requests
        ? [chart("Rate", "short", requests("AllRequests")), chart("Errors", "short", requests("4xxErrors", "5xxErrors"))]
        : [],
    },
  ];
}

function queue({ queueName, deadLettersName }: Kind<"sqs">): Row[] {
  const most = of("AWS/SQS", { QueueName: queueName }, "Maximum");
  return [
    {
      title: "Queue",
      panels: [
        chart("Messages that wait", "short", most("ApproximateNumberOfMessagesVisible")),
        chart("Messages in work", "short", most("ApproximateNumberOfMessagesNotVisible")),
        chart("Age of the oldest", "s", most("ApproximateAgeOfOldestMessage")),
        chart("Dead letters", "short", of("AWS/SQS", { QueueName: deadLettersName }, "Maximum")("ApproximateNumberOfMessagesVisible")),
      ],
    },
  ];
}

function warehouse(store: Kind<"warehouse">): Row[] {
  if (store.mode === "serverless") {
    const workgroup = { Workgroup: store.workgroupName };
    return [
      {
        title: "Workgroup",
        panels: [
          chart("Capacity, RPU", "short", of("AWS/Redshift-Serverless", workgroup, "Average")("ComputeCapacity")),
          chart("RPU-seconds", "short", of("AWS/Redshift-Serverless", workgroup, "Sum")("ComputeSeconds")),
        ],
      },
    ];
  }
  const average = of("AWS/Redshift", { ClusterIdentifier: store.clusterIdentifier }, "Average");
  return [
    {
      title: "Cluster",
      panels: [
        chart("CPU", "percent", average("CPUUtilization")),
        chart("Disk used", "percent", average("PercentageDiskSpaceUsed")),
        chart("Connections", "short", average("DatabaseConnections")),
        chart("Healthy", "short", average("HealthStatus")),
      ],
    },
  ];
}

function kafkaPanels(clusterName: string): Panel[] {
  const cluster = of("AWS/Kafka", { "Cluster Name": clusterName }, "Maximum");
  const brokers = of("AWS/Kafka", { "Cluster Name": clusterName, "Broker ID": "*" }, "Average", {
    label: "broker ${PROP('Dim.Broker ID')}",
  });
  return [
    chart("Partitions without a leader", "short", cluster("OfflinePartitionsCount")),
    chart("Partitions short of copies", "short", brokers("UnderReplicatedPartitions")),
    chart("Brokers that lead the cluster", "short", cluster("ActiveControllerCount"), { description: "One, always." }),
    chart("CPU of brokers", "percent", brokers("CpuUser")),
    chart("Disk of brokers", "percent", brokers("KafkaDataLogsDiskUsed")),
  ];
}

function topic({ topic: name, cluster }: Kind<"topic">): Row[] {
  const consumers = { "Cluster Name": cluster.clusterName, "Consumer Group": "*", Topic: name };
  const lag = of("AWS/Kafka", consumers, "Maximum", { label: "${PROP('Dim.Consumer Group')}" });
  return [
    {
      title: "Consumers",
      panels: [
        chart("Records behind", "short", lag("SumOffsetLag")),
        chart("Time behind", "s", lag("EstimatedMaxTimeLag"), { description: "Past the retention, records are lost." }),
      ],
    },
    { title: "Cluster", panels: kafkaPanels(cluster.clusterName) },
  ];
}

type Broker = Kind<"activemq" | "rabbitmq">;

/** CloudWatch names each instance of an ActiveMQ broker, `name-1` and `name-2`, and a RabbitMQ cluster as one (Amazon MQ developer guide, 2026-11). */
function brokerNames({ kind, brokerName, instances }: Broker): string[] {
  return kind === "rabbitmq" ? [brokerName] : Array.from({ length: instances }, (_, index) => `${brokerName}-${index + 1}`);
}

function brokerPanels(broker: Broker): Panel[] {
  const each = (statistic: string, ...metrics: string[]) =>
    brokerNames(broker).flatMap((Broker) =>
      metrics.map((metric) => cloudwatch("AWS/AmazonMQ", metric, { dimensions: { Broker }, statistic, label: `${metric} ${Broker}` })),
    );
  if (broker.kind === "rabbitmq")
    return [
      chart("CPU", "percent", each("Average", "SystemCpuUtilization")),
      chart("Memory", "bytes", each("Average", "RabbitMQMemUsed", "RabbitMQMemLimit")),
      chart("Disk to be had", "bytes", each("Average", "RabbitMQDiskFree", "RabbitMQDiskFreeLimit")),
    ];
  return [
    chart("CPU", "percent", each("Average", "CpuUtilization")),
    chart("Heap", "percent", each("Average", "HeapUsage")),
    chart("Store", "percent", each("Average", "StorePercentUsage")),
  ];
}

function brokerQueue({ queue: name, broker }: Kind<"broker-queue">): Row[] {
  const inQueue = (activemq: string, rabbitmq: string) =>
    brokerNames(broker).map((Broker) =>
      broker.kind === "rabbitmq"
        ? cloudwatch("AWS/AmazonMQ", rabbitmq, { dimensions: { Broker, VirtualHost: "/", Queue: name }, statistic: "Maximum" })
        : cloudwatch("AWS/AmazonMQ", activemq, { dimensions: { Broker, Queue: name }, statistic: "Maximum", label: Broker }),
    );
  return [
    {
      title: "Queue",
      panels: [
        chart("Messages that wait", "short", inQueue("QueueSize", "MessageReadyCount")),
        chart("Consumers", "short", inQueue("ConsumerCount", "ConsumerCount")),
      ],
    },
    { title: "Broker", panels: brokerPanels(broker) },
  ];
}

function cachePanels(cache: Kind<"cache">): Panel[] {
  const elasticache = "AWS/ElastiCache";
  if (cache.mode === "serverless") {
    const serverless = (statistic: string) => of(elasticache, { clusterId: cache.cacheName }, statistic);
    return [
      chart("Data", "bytes", serverless("Average")("BytesUsedForCache")),
      chart("Capacity used, ECPU", "short", serverless("Sum")("ElastiCacheProcessingUnits")),
      chart("Throttled", "short", serverless("Sum")("ThrottledCmds")),
      chart("Connections", "short", serverless("Maximum")("CurrConnections")),
    ];
  }
  if (cache.mode === "self-managed") {
    const tasks = of("AWS/ECS", { ClusterName: cache.clusterName, ServiceName: cache.serviceName }, "Maximum");
    return [chart("CPU", "percent", tasks("CPUUtilization")), chart("Memory", "percent", tasks("MemoryUtilization"))];
  }
  const nodes = (metric: string) =>
    cache.nodeIds.map((id) =>
      cloudwatch(elasticache, metric, { dimensions: { CacheClusterId: id, CacheNodeId: "0001" }, statistic: "Average", label: id }),
    );
  return [
    chart("CPU of the engine", "percent", nodes("EngineCPUUtilization")),
    chart("Memory", "percent", nodes("DatabaseMemoryUsagePercentage")),
    chart("Evicted for want of memory", "short", nodes("Evictions")),
    chart("Connections", "short", nodes("CurrConnections")),
    chart("Lag of replicas", "s", nodes("ReplicationLag")),
  ];
}

/** What is shown of a store; what another store shares with it, such as the cluster of a topic, is shown with each. */
function rowsOf(observed: Known): Row[] {
  switch (observed.kind) {
    case "aurora-postgres":
    case "aurora-mysql":
      return aurora(observed);
    case "postgres":
    case "mysql":
    case "mariadb":
    case "oracle":
    case "sqlserver":
      return instance(observed);
    case "table":
      return tableRows(observed);
    case "bucket":
      return bucket(observed);
    case "sqs":
      return queue(observed);
    case "warehouse":
      return warehouse(observed);
    case "kafka":
      return [{ title: "Cluster", panels: kafkaPanels(observed.clusterName) }];
    case "topic":
      return topic(observed);
    case "activemq":
    case "rabbitmq":
      return [{ title: "Broker", panels: brokerPanels(observed) }];
    case "broker-queue":
      return brokerQueue(observed);
    case "cache":
      return [{ title: "Cache", panels: cachePanels(observed) }];
    case "prefix":
      return [{ title: "Cache", panels: cachePanels(observed.cache) }];
    case "secret":
      return [
        {
          title: "Secret",
          panels: [text("No metrics", "CloudWatch counts nothing of a secret: who cannot read it fails, and is seen to.")],
        },
      ];
    case "adopted":
      return [{ title: "Elsewhere", panels: [text("No metrics", `This ${observed.what} is run by somebody else, who sees to it.`)] }];
  }
}

/** Name under which a store's log is found: what stores share writes one for all of them, under its own. */
export function logName(observed: Known): string {
  switch (observed.kind) {
    case "topic":
      return observed.cluster.name;
    case "broker-queue":
      return observed.broker.name;
    case "prefix":
      return observed.cache.name;
    default:
      return observed.name;
  }
}

function logRows({ environment, logs }: KnownInput, { observed }: KnownStore): Row[] {
  return logs ? [{ title: "Logs", panels: [logLines("Newest lines", lines(logs, { environment, service: logName(observed) }))] }] : [];
}

/** The dashboard of one store: how full, how busy and how late it is. */
export function storeDashboard(input: KnownInput, store: KnownStore): Dashboard {
  const { id, observed, users } = store;
  return dashboard({
    uid: dashboardUid("store", id),
    title: `Store ${id}`,
    tags: ["store", observed.kind, input.environment],
    rows: [...rowsOf(observed), ...logRows(input, store)],
    links: [
      { title: "All stores", uid: dashboardUid("layer", "persistence") },
      ...users.map(({ service }) => ({ title: service, uid: dashboardUid("service", service) })),
    ],
  });
}

/** Panels of a store's first row, for the overview of its layer, under the store's name. */
export function overviewRow({ id, observed }: KnownStore): Row {
  const [first] = rowsOf(observed);
  const panels = observed.kind === "secret" ? [] : (first?.panels ?? []);
  return { title: id, panels: panels.map((panel) => titled(panel, (title) => `${title}, ${id}`)) };
}
