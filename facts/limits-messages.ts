import { type Fact } from "./row";

const SQS = {
  source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
  date: "2026-11",
} as const;
const SNS = { source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html", date: "2026-11" } as const;

/** A range with its unit. */
interface Bounds extends Fact {
  readonly least: number;
  readonly most: number;
  readonly unit: string;
}

/** Ranges of the attributes of a queue, by their property. Messages of 1 MiB: since August 2025. */
export const QUEUE_RANGES = {
  delaySeconds: { least: 0, most: 900, unit: "seconds", ...SQS },
  visibilityTimeoutSeconds: { least: 0, most: 43_200, unit: "seconds", ...SQS },
  messageRetentionSeconds: { least: 60, most: 1_209_600, unit: "seconds", ...SQS },
  receiveWaitTimeSeconds: { least: 0, most: 20, unit: "seconds", ...SQS },
  maxMessageSize: { least: 1_024, most: 1_048_576, unit: "bytes", ...SQS },
  kmsDataKeyReusePeriodSeconds: { least: 60, most: 86_400, unit: "seconds", ...SQS },
} as const satisfies Readonly<Record<string, Bounds>>;

/** How often a message is received before it goes to the dead letters. */
export const MAX_RECEIVES = { least: 1, most: 1_000, unit: "receives", ...SQS } as const satisfies Bounds;

/** What ends the name of a first-in-first-out queue or topic, and how long names are. */
export const FIFO_SUFFIX = { suffix: ".fifo", ...SQS } as const satisfies Fact & Record<string, unknown>;
export const MESSAGE_NAMES = { queue: 80, topic: 256, pattern: /^[A-Za-z0-9_-]+(?:\.fifo)?$/, ...SNS } as const satisfies Fact &
  Record<string, unknown>;

/** Protocols that a first-in-first-out topic delivers to. */
export const FIFO_PROTOCOLS = {
  protocols: ["sqs"],
  source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
  date: "2026-11",
} as const satisfies Fact & Record<string, unknown>;

/** Protocols that can deliver a message as it came. */
export const RAW_PROTOCOLS = {
  protocols: ["sqs", "http", "https", "firehose"],
  source: "https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html",
  date: "2026-11",
} as const satisfies Fact & Record<string, unknown>;
