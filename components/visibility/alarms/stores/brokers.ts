import { type AlarmSpec, LASTING, type MetricReference, metricsFrom, silent, SOON } from "../alarm-spec";
import { type ObservedBroker, type ObservedBrokerQueue, type StoreUser } from "../observed";

type Read = ReturnType<typeof metricsFrom>;

const NAMESPACE = "AWS/AmazonMQ";
const NEARLY_USED_PERCENT = 80;
const WORK_SECONDS = 300;
const LEAST_BACKLOG = 100;
/** RabbitMQ stops taking messages when free disk falls to its limit. */
const DISK_TIMES_LIMIT = 2;

/** Names that CloudWatch knows the brokers of one broker by: ActiveMQ's instances are two brokers, RabbitMQ's cluster is one. */
function members({ kind, brokerName, instances }: ObservedBroker): ObservedBroker["brokerName"][] {
  return kind === "rabbitmq"
    ? [brokerName]
    : Array.from({ length: instances }, (_, index) => brokerName.apply((name) => `${name}-${index + 1}`));
}

/** The largest value of the brokers; the standby of ActiveMQ says nothing, or 0. */
function largest(reads: readonly Read[], metricName: string, label: string, stat = "Maximum"): AlarmSpec["measure"] {
  const [first, ...others] = reads;
  if (!first) throw new Error("a broker without members");
  if (others.length === 0) return first(metricName, stat);
  const metrics: Record<string, MetricReference> = Object.fromEntries(
    reads.map((read, index) => [`m${index + 1}`, read(metricName, stat)]),
  );
  return {
    metrics,
    expression: `MAX([${Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(", ")}])`,
    label,
  };
}

function down(reads: readonly Read[], metricName: string): AlarmSpec {
  return silent(largest(reads, metricName, "samples", "SampleCount"), "the broker");
}

function percent(reads: readonly Read[], metricName: string, suffix: string, what: string, critical: boolean, because: string): AlarmSpec {
  return {
    suffix,
    concern: "saturation",
    severity: critical ? "critical" : "ordinary",
    says: `more than ${NEARLY_USED_PERCENT} % of its ${what} is used`,
    measure: largest(reads, metricName, `${what}, percent`),
    fires: "above",
    threshold: NEARLY_USED_PERCENT,
    because,
    ...LASTING,
  };
}

/** A broker of Amazon MQ: CPU, memory and store, and whether it is there. */
export function brokerSpecs(broker: ObservedBroker): AlarmSpec[] {
  const reads = members(broker).map((name) => metricsFrom(NAMESPACE, { Broker: name }));
  return broker.kind === "activemq" ? activeMqSpecs(reads) : rabbitMqSpecs(reads);
}

function activeMqSpecs(reads: readonly Read[]): AlarmSpec[] {
  return [
    down(reads, "CpuUtilization"),
    percent(reads, "CpuUtilization", "cpu", "CPU", false, "a fifth is left for peaks"),
    percent(reads, "HeapUsage", "heap", "heap", false, "above it producers are slowed down"),
    percent(reads, "StorePercentUsage", "store", "store of persistent messages", true, "at 100 % producers wait until somebody consumes"),
    percent(reads, "TempPercentUsage", "temp", "store of other messages", false, "at 100 % producers wait until somebody consumes"),
  ];
}

function rabbitMqSpecs(reads: readonly Read[]): AlarmSpec[] {
  return reads.flatMap((read): AlarmSpec[] => [
    down([read], "SystemCpuUtilization"),
    percent([read], "SystemCpuUtilization", "cpu", "CPU", false, "a fifth is left for peaks"),
    {
      suffix: "memory",
      concern: "saturation",
      severity: "critical",
      says: `more than ${NEARLY_USED_PERCENT} % of the memory it may use is used`,
      measure: {
        metrics: { used: read("RabbitMQMemUsed", "Maximum"), limit: read("RabbitMQMemLimit", "Minimum") },
        expression: "100 * used / limit",
        label: "memory, percent of its limit",
      },
      fires: "above",
      threshold: NEARLY_USED_PERCENT,
      because: "at 100 % RabbitMQ takes no more messages (Amazon MQ developer guide, 'RabbitMQ: High memory alarm')",
      ...SOON,
    },
    {
      suffix: "disk",
      concern: "saturation",
      severity: "critical",
      says: `its free disk is less than ${DISK_TIMES_LIMIT} times the limit at which it takes no more messages`,
      measure: {
        metrics: { free: read("RabbitMQDiskFree", "Minimum"), limit: read("RabbitMQDiskFreeLimit", "Maximum") },
        expression: "free / limit",
        label: "free disk, times the limit",
      },
      fires: "below",
      threshold: DISK_TIMES_LIMIT,
      because: "at its limit RabbitMQ takes no more messages (Amazon MQ developer guide, 'RabbitMQ: Disk limit alarm')",
      ...SOON,
    },
  ]);
}

/** One queue of a broker: more waits than its consumers work off in five minutes. */
export function brokerQueueSpecs({ queue, broker }: ObservedBrokerQueue, users: readonly StoreUser[]): AlarmSpec[] {
  const consumers = users.filter(({ access }) => access === "consume");
  const rate = consumers.reduce((sum, { average }) => sum + average, 0);
  const backlog = Math.max(LEAST_BACKLOG, Math.ceil(rate * WORK_SECONDS));
  const rabbit = broker.kind === "rabbitmq";
  const reads = members(broker).map((name) => metricsFrom(NAMESPACE, { Broker: name, Queue: queue, ...(rabbit && { VirtualHost: "/" }) }));
  return [
    {
      suffix: "backlog",
      concern: "lag",
      severity: "ordinary",
      says: `more than ${backlog} messages wait`,
      measure: largest(reads, rabbit ? "MessageReadyCount" : "QueueSize", "messages that wait"),
      fires: "above",
      threshold: backlog,
      because:
        consumers.length > 0
          ? `${consumers.map(({ service }) => service).join(" and ")} handle ${Number(rate.toPrecision(3))} a second; this is five minutes of it, at least ${LEAST_BACKLOG}`
          : `nobody of the catalogue consumes it; ${LEAST_BACKLOG} are more than a trickle`,
      ...SOON,
    },
  ];
}
