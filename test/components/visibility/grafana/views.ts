import { type KnownInput, type KnownService, type KnownStore } from "../../../../components/visibility/grafana/dashboards/input";

type Known = KnownStore["observed"];
type Of<Kind extends Known["kind"]> = Extract<Known, { kind: Kind }>;

const KAFKA: Of<"kafka"> = {
  kind: "kafka",
  name: "kafka",
  clusterName: "kafka-1a2b3c4",
  capacity: { kind: "serverless" },
};
const ACTIVEMQ: Of<"broker-queue">["broker"] = {
  kind: "activemq",
  name: "activemq",
  brokerName: "amq",
  instanceType: "mq.m5.large",
  instances: 2,
};
const RABBITMQ: Of<"broker-queue">["broker"] = {
  kind: "rabbitmq",
  name: "rabbitmq",
  brokerName: "rmq",
  instanceType: "mq.m5.large",
  instances: 3,
};
const CACHE: Of<"cache"> = {
  kind: "cache",
  name: "cache",
  mode: "nodes",
  nodeIds: ["cache-001", "cache-002"],
  capacity: { kind: "nodes", nodeType: "cache.m7g.large", nodes: 2, snapshotDays: 1 },
};
const INSTANCE = { instanceIdentifier: "one", instanceClass: "db.t4g.micro", storage: { allocated: 20, maximum: 200 } };

/** A store of every kind and mode. */
export const STORES: readonly Known[] = [
  {
    kind: "aurora-postgres",
    name: "orders-db",
    clusterIdentifier: "orders-db-1",
    instances: [
      { role: "writer", identifier: "orders-db-1-a" },
      { role: "reader-1", identifier: "orders-db-1-b" },
    ],
    capacity: { minimum: 0, maximum: 2 },
  },
  {
    kind: "aurora-mysql",
    name: "carts-db",
    clusterIdentifier: "carts-db-1",
    instances: [{ role: "writer", identifier: "carts-db-1-a" }],
    capacity: { instanceClass: "db.r7g.large" },
  },
  ...(["postgres", "mysql", "mariadb", "oracle", "sqlserver"] as const).map((kind) => ({ kind, name: `${kind}-db`, ...INSTANCE })),
  {
    kind: "table",
    name: "payments-table",
    tableName: "payments",
    indexes: ["by-day"],
    capacity: { mode: "on-demand", maximumReads: 100, maximumWrites: 100 },
    replicas: [],
  },
  { kind: "bucket", name: "media-bucket", bucketName: "media", filterId: undefined },
  { kind: "bucket", name: "uploads-bucket", bucketName: "uploads", filterId: "all" },
  { kind: "sqs", name: "jobs-queue", queueName: "jobs", deadLettersName: "jobs-dead", visibilitySeconds: 60 },
  { kind: "secret", name: "provider-secret" },
  {
    kind: "warehouse",
    name: "analytics",
    database: "analytics",
    mode: "serverless",
    namespaceName: "analytics",
    workgroupName: "analytics",
    usageLimitId: "limit",
    size: { mode: "serverless", baseCapacity: 8, maximumCapacity: 16, monthlyHours: 10, whenUsedUp: "emit-metric" },
  },
  {
    kind: "warehouse",
    name: "figures",
    database: "figures",
    mode: "provisioned",
    clusterIdentifier: "figures",
    size: { mode: "provisioned", nodeType: "ra3.large", nodes: 2, multiAz: false, concurrencyMinutes: 60, snapshotDays: 1 },
  },
  KAFKA,
  { kind: "topic", name: "kafka-orders.v1", topic: "orders.v1", retention: 604_800_000, cluster: KAFKA },
  ACTIVEMQ,
  RABBITMQ,
  { kind: "broker-queue", name: "activemq-postings", queue: "postings", broker: ACTIVEMQ },
  { kind: "broker-queue", name: "rabbitmq-mails", queue: "mails", broker: RABBITMQ },
  CACHE,
  {
    kind: "cache",
    name: "small",
    mode: "serverless",
    cacheName: "small",
    capacity: { kind: "serverless", maximumGb: 1, maximumEcpu: 1000 },
  },
  { kind: "cache", name: "own", mode: "self-managed", clusterName: "containers", serviceName: "own", countsTasks: true },
  { kind: "prefix", name: "cache-chat", prefix: "chat", cache: CACHE },
  { kind: "adopted", name: "theirs", what: "kafka" },
];

const TASKS = { on: "tasks", clusterName: "containers", serviceName: "orders-1", fewest: 1, countsTasks: true } as const;
const BALANCED = { loadBalancer: "app/public/1", targetGroup: "targetgroup/orders/1" };

/** A service of every runtime and of every way that requests are counted. */
export const SERVICES: readonly KnownService[] = [
  {
    name: "orders",
    target: "fargate",
    runtime: TASKS,
    requests: { counted: "load balancer", ...BALANCED },
    critical: true,
    calls: ["recommendations", "away"],
  },
  {
    name: "recommendations",
    target: "ecs",
    runtime: { ...TASKS, countsTasks: false },
    requests: { counted: "service connect", discoveryName: "recommendations" },
    critical: false,
    calls: [],
  },
  {
    name: "webhook",
    target: "lambda",
    runtime: { on: "function", functionName: "webhook-1", timeout: 30 },
    requests: { counted: "function", functionName: "webhook-1" },
    critical: false,
    calls: [],
  },
  {
    name: "encoder",
    target: "fargate-job",
    runtime: { on: "runs", deadLettersName: "encoder-dead" },
    requests: undefined,
    critical: false,
    calls: [],
  },
  {
    name: "chat",
    target: "eks",
    runtime: { on: "pods", clusterName: "kubernetes", namespace: "svc-chat", tcp: [{ port: "mqtt", ...BALANCED }] },
    requests: undefined,
    critical: false,
    calls: ["orders"],
  },
];

/** All of it, seen with everything there is to see it with. */
export const VIEW: KnownInput = {
  environment: "dev",
  services: SERVICES,
  stores: STORES.map((observed) => ({
    id: `${observed.kind}/${observed.name}`,
    observed,
    users: [{ service: "orders", access: "write", average: 1, critical: true }],
  })),
  api: { id: "a1b2c3", stage: "$default" },
  logs: "loki",
  traces: "xray",
  graphite: { hosts: true, tasks: true },
};
