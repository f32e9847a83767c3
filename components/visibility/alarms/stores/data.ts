import { type AlarmSpec, LASTING, metricsFrom, SOON } from "../alarm-spec";
import { type ObservedBucket, type ObservedQueue, type ObservedTable } from "../observed";

const NEARLY_USED = 0.8;
const SECONDS = 60;
const TABLE_LATENCY_MS = 25;
const REPLICATION_MS = 60_000;
const OPERATIONS = ["GetItem", "Query", "PutItem", "UpdateItem"] as const;
const QUICK_OPERATIONS = ["GetItem", "PutItem", "UpdateItem"] as const;
const BUCKET_ERROR_PERCENT = 1;
const BUCKET_LATENCY_MS = 1_000;
const REQUESTS_WORTH_A_RATE = 20;
/** Messages that may be in flight of a standard queue (Amazon SQS developer guide, "Queue quotas", 2026-11). */
const IN_FLIGHT = 120_000;
const GRACE_SECONDS = 300;

type Limits = { readonly maximum: number; readonly metric: string; readonly suffix: string };

function limits({ capacity }: ObservedTable): Limits[] {
  const [reads, writes] =
    capacity.mode === "on-demand" ? [capacity.maximumReads, capacity.maximumWrites] : [capacity.reads.maximum, capacity.writes.maximum];
  return [
    { maximum: reads, metric: "ConsumedReadCapacityUnits", suffix: "reads" },
    { maximum: writes, metric: "ConsumedWriteCapacityUnits", suffix: "writes" },
  ];
}

/** A table and each of its global indexes against their most capacity; throttles, errors, latency, and the lag of other regions. */
export function tableSpecs(table: ObservedTable): AlarmSpec[] {
  const { tableName, indexes, replicas } = table;
  const read = metricsFrom("AWS/DynamoDB", { TableName: tableName });
  const parts = [
    { part: "", dimensions: {} },
    ...indexes.map((index) => ({ part: `${index}-`, dimensions: { GlobalSecondaryIndexName: index } })),
  ];
  return [
    ...parts.flatMap(({ part, dimensions }) => [
      ...limits(table).map(({ maximum, metric, suffix }): AlarmSpec => ({
        suffix: `${part}${suffix}`,
        concern: "saturation",
        severity: "ordinary",
        says: `more than ${NEARLY_USED * 100} % of its most ${suffix} a second are used`,
        measure: read(metric, "Sum", dimensions),
        fires: "above",
        threshold: maximum * NEARLY_USED * SECONDS,
        because: `it may have ${maximum} ${suffix} a second, ${maximum * SECONDS} a minute; above it requests are refused`,
        ...SOON,
      })),
      {
        suffix: `${part}throttles`,
        concern: "errors",
        severity: "ordinary",
        says: "requests are refused because there are more than it may have",
        measure: {
          metrics: { reads: read("ReadThrottleEvents", "Sum", dimensions), writes: read("WriteThrottleEvents", "Sum", dimensions) },
          expression: "FILL(reads, 0) + FILL(writes, 0)",
          label: "refused requests",
        },
        fires: "above",
        threshold: 0,
        because: "the AWS SDK tries again, so a few do not hurt; three minutes of five do",
        ...SOON,
      } satisfies AlarmSpec,
    ]),
    {
      suffix: "errors",
      concern: "errors",
      severity: "critical",
      says: "DynamoDB itself fails requests",
      measure: {
        metrics: Object.fromEntries(
          OPERATIONS.map((operation, index) => [`errors${index}`, read("SystemErrors", "Sum", { Operation: operation })]),
        ),
        expression: OPERATIONS.map((_, index) => `FILL(errors${index}, 0)`).join(" + "),
        label: "requests that failed with 5xx",
      },
      fires: "above",
      threshold: 0,
      because: "single ones are tried again; three minutes of five are an outage of AWS",
      ...SOON,
    },
    {
      suffix: "latency",
      concern: "latency",
      severity: "ordinary",
      says: `reading or writing one item takes longer than ${TABLE_LATENCY_MS} ms`,
      measure: {
        metrics: Object.fromEntries(
          QUICK_OPERATIONS.map((operation, index) => [
            `latency${index}`,
            read("SuccessfulRequestLatency", "Average", { Operation: operation }),
          ]),
        ),
        expression: `MAX([${QUICK_OPERATIONS.map((_, index) => `FILL(latency${index}, 0)`).join(", ")}])`,
        label: "slowest operation, ms",
      },
      fires: "above",
      threshold: TABLE_LATENCY_MS,
      because: "DynamoDB answers in single-digit milliseconds",
      ...LASTING,
    },
    ...replicas.map((region): AlarmSpec => ({
      suffix: `${region}-lag`,
      concern: "replication",
      severity: "ordinary",
      says: `${region} is more than a minute behind`,
      measure: read("ReplicationLatency", "Average", { ReceivingRegion: region }),
      fires: "above",
      threshold: REPLICATION_MS,
      because: "a global table is usually a second behind (DynamoDB developer guide, 'Global tables')",
      ...LASTING,
    })),
  ];
}

/** A bucket whose requests are measured: failed ones and slow ones. Of others S3 says only once a day how big they are, and no bucket is ever full. */
export function bucketSpecs({ bucketName, filterId }: ObservedBucket): AlarmSpec[] {
  if (filterId === undefined) return [];
  const read = metricsFrom("AWS/S3", { BucketName: bucketName, FilterId: filterId });
  return [
    {
      suffix: "errors",
      concern: "errors",
      severity: "ordinary",
      says: `S3 itself fails more than ${BUCKET_ERROR_PERCENT} % of requests`,
      measure: {
        metrics: { requests: read("AllRequests", "Sum"), errors: read("5xxErrors", "Sum") },
        expression: `IF(requests > ${REQUESTS_WORTH_A_RATE}, 100 * FILL(errors, 0) / requests, 0)`,
        label: "5xx, percent",
      },
      fires: "above",
      threshold: BUCKET_ERROR_PERCENT,
      because: "S3 answers 503 when a prefix gets more than it is split for; the AWS SDK tries again",
      ...SOON,
    },
    {
      suffix: "latency",
      concern: "latency",
      severity: "ordinary",
      says: `the slowest of 20 requests waits longer than ${BUCKET_LATENCY_MS} ms for its first byte`,
      measure: read("FirstByteLatency", "p95"),
      fires: "above",
      threshold: BUCKET_LATENCY_MS,
      because: "the first byte usually comes after 100 to 200 ms (Amazon S3 user guide, 'Performance design patterns')",
      ...LASTING,
    },
  ];
}

/** A queue of SQS: how long its messages wait, how many are worked on, and those that nobody could process. */
export function queueSpecs({ queueName, deadLettersName, visibilitySeconds }: ObservedQueue): AlarmSpec[] {
  const read = metricsFrom("AWS/SQS", { QueueName: queueName });
  const oldest = 2 * visibilitySeconds + GRACE_SECONDS;
  return [
    {
      suffix: "age",
      concern: "lag",
      severity: "ordinary",
      says: `a message has waited for more than ${oldest} s`,
      measure: read("ApproximateAgeOfOldestMessage", "Maximum"),
      fires: "above",
      threshold: oldest,
      because: `a message is worked on for up to ${visibilitySeconds} s; this is two tries and five minutes`,
      ...SOON,
    },
    {
      suffix: "in-flight",
      concern: "saturation",
      severity: "ordinary",
      says: `more than ${NEARLY_USED * 100} % of the messages that may be in flight are`,
      measure: read("ApproximateNumberOfMessagesNotVisible", "Maximum"),
      fires: "above",
      threshold: IN_FLIGHT * NEARLY_USED,
      because: `SQS hands out no more once ${IN_FLIGHT} are in flight`,
      ...SOON,
    },
    deadLetters("dead", deadLettersName),
  ];
}

/** The dead letters of a queue or a function: each is somebody's order, so one is enough. */
export function deadLetters(suffix: string, queueName: ObservedQueue["queueName"]): AlarmSpec {
  return {
    suffix,
    concern: "dead letters",
    severity: "ordinary",
    says: "something could not be processed and waits in the queue of dead letters",
    measure: metricsFrom("AWS/SQS", { QueueName: queueName })("ApproximateNumberOfMessagesVisible", "Maximum"),
    fires: "above",
    threshold: 0,
    because: "each of them is somebody's order, payment or upload",
    period: 60,
    periods: 1,
    datapoints: 1,
  };
}
