/** Something that decides a cost and that nothing in a stack says. */
export interface CostAssumption {
  readonly what: string;
  /** What is assumed unless somebody knows better. */
  readonly value: number;
  /** What is assumed instead in an environment that is not durable. Default: `value`. */
  readonly ephemeral?: number;
  readonly unit: string;
  /** Why this value, or the page it was read from with the month. */
  readonly from: string;
}

const TRAFFIC = {
  "demand.share": {
    what: "part of the declared demand that reaches the environment",
    value: 1,
    ephemeral: 0.01,
    unit: "of demand",
    from: "descriptors declare what customers do; only those who develop use an environment that is not durable",
  },
  "hours.used": {
    what: "part of the month in which anybody uses the environment",
    value: 1,
    ephemeral: 0.24,
    unit: "of a month",
    from: "customers come at any hour, developers on 22 days of 8 hours",
  },
  "http.request-kb": { what: "a request with its headers", value: 2, unit: "KB", from: "headers and a small JSON body" },
  "http.response-kb": { what: "a response with its headers", value: 10, unit: "KB", from: "a page of JSON, compressed" },
  "calls-per-request": {
    what: "calls to each service, store or topic that it needs, for a request",
    value: 1,
    unit: "calls",
    from: "a request that needs something asks it once",
  },
  "store.kb-per-call": { what: "a question to a store and its answer", value: 4, unit: "KB", from: "a few rows" },
  "internet.kb-per-request": {
    what: "what a service that talks to a third party sends and gets for a request",
    value: 4,
    unit: "KB",
    from: "a small call to an API over a connection that is kept open",
  },
  "image.pulled-gb": {
    what: "layers that a service pulls from a public registry",
    value: 3,
    unit: "GB/month",
    from: "30 starts of tasks with an image of 100 MB",
  },
  "alb.requests-per-connection": {
    what: "requests on one connection to a load balancer",
    value: 1,
    unit: "requests",
    from: "the most that it can cost, as placement counts it",
  },
} as const;

const COMPUTE = {
  "node.packing": {
    what: "share of instances that is sold to tasks and pods",
    value: 0.8,
    unit: "of an instance",
    from: "as placement packs them; daemons and headroom are the rest",
  },
  "node.disk-gb": {
    what: "disk of a node of EKS Auto Mode",
    value: 80,
    unit: "GB",
    from: "default of NodeClass, EKS user guide (2026-11)",
  },
  "spot.discount": {
    what: "what Fargate Spot takes off",
    value: 0.7,
    unit: "of the price",
    from: "the most it ever is, https://aws.amazon.com/fargate/pricing/ (2026-11)",
  },
  "platform.function-calls": {
    what: "runs of each function of the platform that no service sets off",
    value: 2_000,
    unit: "runs/month",
    from: "rotations of passwords, and a poll every twenty minutes",
  },
  "platform.function-seconds": { what: "time such a run takes", value: 3, unit: "s", from: "a few calls to an API of AWS" },
} as const;

const STORES = {
  "table.reads-per-call": { what: "read units for a call to a table", value: 1, unit: "units", from: "one item of 4 KB" },
  "table.writes-per-call": {
    what: "write units for a call of a service that may write",
    value: 0.5,
    unit: "units",
    from: "every second request changes an item of 1 KB",
  },
  "table.gb": {
    what: "content of a table",
    value: 10,
    ephemeral: 0.1,
    unit: "GB",
    from: "ten million items of 1 KB; a hundredth to try with",
  },
  "database.acu-per-rps": {
    what: "Aurora capacity units for each request a second that its services serve",
    value: 0.05,
    unit: "ACU",
    from: "a unit is about a quarter of a vCPU: 5 ms of it for a request's queries",
  },
  "database.gb": {
    what: "content of an Aurora cluster",
    value: 50,
    ephemeral: 1,
    unit: "GB",
    from: "a year of a mid-sized shop; a sample to try with",
  },
  "database.io-per-call": { what: "reads and writes of storage for a call", value: 2, unit: "I/O", from: "most pages are in memory" },
  "database.filled": {
    what: "part of an RDS volume that is used",
    value: 0.5,
    unit: "of a volume",
    from: "volumes are made twice as large",
  },
  "backup.daily-change": {
    what: "part of the data that changes in a day",
    value: 0.02,
    unit: "of the data",
    from: "incremental backups keep what changed",
  },
  "cache.units-per-call": {
    what: "processing units for a call to a serverless cache",
    value: 2,
    unit: "ECPU",
    from: "a read or write of 1 KB each",
  },
  "bucket.gb": { what: "content of a bucket of services", value: 100, ephemeral: 1, unit: "GB", from: "a million objects of 100 KB" },
  "bucket.objects-per-call": {
    what: "objects of a bucket for a request of a server",
    value: 0.1,
    unit: "objects",
    from: "most requests touch none",
  },
  "bucket.objects-per-run": {
    what: "objects of a bucket for a run of a function or job",
    value: 1,
    unit: "objects",
    from: "it was started for one",
  },
  "bucket.metrics": {
    what: "metrics that S3 writes for a bucket's requests",
    value: 8,
    unit: "metrics",
    from: "those of GET, PUT, LIST, errors and latency, S3 user guide (2026-11)",
  },
  "warehouse.gb": {
    what: "content of a warehouse",
    value: 500,
    ephemeral: 5,
    unit: "GB",
    from: "two years of events; a sample to try with",
  },
  "broker.gb": { what: "messages that wait in a broker", value: 5, ephemeral: 0.1, unit: "GB", from: "a few hours of work that is behind" },
  "queue.requests-per-message": { what: "requests to SQS for a message", value: 3, unit: "requests", from: "sent, received, deleted" },
  "queue.polls": {
    what: "requests to SQS that find a queue empty",
    value: 650_000,
    unit: "requests/month",
    from: "five pollers that wait twenty seconds each, Lambda developer guide (2026-11)",
  },
} as const;

const VISIBILITY = {
  "log.kb-per-request": { what: "lines that a service logs for a request", value: 0.5, unit: "KB", from: "one structured line" },
  "log.kb-per-access": { what: "a line of an access log", value: 0.5, unit: "KB", from: "lines of load balancers and of API Gateway" },
  "log.platform-gb": {
    what: "what each log group of the platform gets",
    value: 1,
    ephemeral: 0.1,
    unit: "GB/month",
    from: "brokers, control planes and functions say little that is not an error",
  },
  "log.compressed": { what: "size of kept logs", value: 0.15, unit: "of what came in", from: "lines of JSON under gzip" },
  "log.batch-kb": {
    what: "lines that are shipped at once",
    value: 4_000,
    unit: "KB",
    from: "a minute of them, up to the buffer of Firehose",
  },
  "flow-log.share": { what: "flow logs for the traffic they tell of", value: 0.01, unit: "of traffic", from: "100 bytes for 10 KB" },
  "traces.sampled": {
    what: "requests that are traced",
    value: 0,
    unit: "of requests",
    from: "no tracing, unless strata:visibility.apm says so",
  },
  "insights.metrics-per-service": {
    what: "metrics of Container Insights for a service or cluster",
    value: 11,
    unit: "metrics",
    from: "metrics of ECS Container Insights, CloudWatch user guide (2026-11)",
  },
  "key.calls-per-request": {
    what: "calls of KMS for a request",
    value: 0.005,
    unit: "calls",
    from: "data keys are kept for minutes: tables five, buckets and queues by key",
  },
  "secret.calls": {
    what: "reads of each secret",
    value: 5_000,
    unit: "calls/month",
    from: "copies read it when they start and once an hour",
  },
  "alarm.notices": { what: "messages of alarms", value: 200, unit: "messages/month", from: "a few a day, each to one address" },
  "grafana.users": { what: "people who sign in to Grafana in a month", value: 20, unit: "users", from: "a few teams" },
} as const;

/** Everything that is assumed to say what is paid by use. Each is named, and can be set to another value. */
export const COST_ASSUMPTIONS = { ...TRAFFIC, ...COMPUTE, ...STORES, ...VISIBILITY } as const satisfies Readonly<
  Record<string, CostAssumption>
>;

export type CostAssumptionId = keyof typeof COST_ASSUMPTIONS;

/** Every id, in the order of the table. */
export const COST_ASSUMPTION_IDS = Object.keys(COST_ASSUMPTIONS) as [CostAssumptionId, ...CostAssumptionId[]];
