import { type Fact } from "./row";

/** What an event source mapping of AWS Lambda takes from one kind of source. */
export interface EventSource extends Fact {
  /** What stands in the place of the service in the source's ARN; absent where there is no ARN. */
  readonly arn: string;
  /** The types of the source in a stack. */
  readonly types: readonly string[];
  /** Most records of one call. */
  readonly batch: number;
  /** Whether it must be told where to begin; where not, it must not be. */
  readonly starts: boolean;
  /** Positions it can begin at. */
  readonly positions: readonly string[];
}

const GUIDE = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html";
const ROW = { source: GUIDE, date: "2026-11" } as const;
const ENDS = ["TRIM_HORIZON", "LATEST"] as const;

/** The sources that Lambda reads from by itself. */
export const EVENT_SOURCES: readonly EventSource[] = [
  { arn: "sqs", types: ["aws:sqs/queue:Queue"], batch: 10_000, starts: false, positions: [], ...ROW },
  {
    arn: "kinesis",
    types: ["aws:kinesis/stream:Stream", "aws:kinesis/streamConsumer:StreamConsumer"],
    batch: 10_000,
    starts: true,
    positions: [...ENDS, "AT_TIMESTAMP"],
    ...ROW,
  },
  { arn: "dynamodb", types: ["aws:dynamodb/table:Table"], batch: 10_000, starts: true, positions: ENDS, ...ROW },
  {
    arn: "kafka",
    types: ["aws:msk/cluster:Cluster", "aws:msk/serverlessCluster:ServerlessCluster"],
    batch: 10_000,
    starts: true,
    positions: [...ENDS, "AT_TIMESTAMP"],
    ...ROW,
  },
  { arn: "mq", types: ["aws:mq/broker:Broker"], batch: 10_000, starts: false, positions: [], ...ROW },
  { arn: "rds", types: ["aws:docdb/cluster:Cluster"], batch: 10_000, starts: true, positions: [...ENDS, "AT_TIMESTAMP"], ...ROW },
];

/** What is different for queues. */
export const QUEUE_SOURCE: Fact & {
  /** Most messages of one call from a FIFO queue, and from another one that is not told to wait for more. */
  readonly batchAtOnce: number;
  /** Seconds that Lambda waits for a batch at most. */
  readonly window: number;
  /** Fewest and most calls at once, where they are limited. */
  readonly concurrency: { readonly least: number; readonly most: number };
} = { batchAtOnce: 10, window: 300, concurrency: { least: 2, most: 1_000 }, ...ROW };
