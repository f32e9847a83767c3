import { type PriceTable } from "./table";

const DYNAMODB = { source: "https://aws.amazon.com/dynamodb/pricing/on-demand/", date: "2026-11" } as const;
const AURORA = { source: "https://aws.amazon.com/rds/aurora/pricing/", date: "2026-11" } as const;
const REDSHIFT = { source: "https://aws.amazon.com/redshift/pricing/", date: "2026-11" } as const;
const MSK = { source: "https://aws.amazon.com/msk/pricing/", date: "2026-11" } as const;
const MQ = { source: "https://aws.amazon.com/amazon-mq/pricing/", date: "2026-11" } as const;

/** Stores. What is absent in eu-west-1 was not found, and is unpriced there. */
export const DATA_PRICES = {
  "aurora.acu": { unit: "ACU-h", usd: { "us-east-1": 0.12, "eu-west-1": 0.14 }, ...AURORA },
  "aurora.storage": { unit: "GB-month", usd: { "us-east-1": 0.1, "eu-west-1": 0.11 }, ...AURORA },
  /** Reads and writes of storage that no cluster with I/O-Optimized pays. */
  "aurora.io": { unit: "million", usd: { "us-east-1": 0.2, "eu-west-1": 0.22 }, ...AURORA },
  "dynamodb.storage": { unit: "GB-month", usd: { "us-east-1": 0.25, "eu-west-1": 0.283 }, ...DYNAMODB },
  /** Point-in-time recovery, by the size of the table. */
  "dynamodb.recovery": { unit: "GB-month", usd: { "us-east-1": 0.2 }, ...DYNAMODB },
  "dynamodb.read": { unit: "million", usd: { "us-east-1": 0.125, "eu-west-1": 0.1415 }, ...DYNAMODB },
  "dynamodb.write": { unit: "million", usd: { "us-east-1": 0.625, "eu-west-1": 0.705 }, ...DYNAMODB },
  "msk.kafka.t3.small": { unit: "h", usd: { "us-east-1": 0.0456 }, ...MSK },
  "msk.kafka.m7g.large": { unit: "h", usd: { "us-east-1": 0.204 }, ...MSK },
  "msk.storage": { unit: "GB-month", usd: { "us-east-1": 0.1 }, ...MSK },
  /** Active and standby broker together. */
  "mq.m5.large.pair": { unit: "h", usd: { "us-east-1": 0.576 }, ...MQ },
  "redshift.ra3.4xlarge": { unit: "h", usd: { "us-east-1": 3.26 }, ...REDSHIFT },
  /** Serverless, while it works. */
  "redshift.rpu": { unit: "RPU-h", usd: { "us-east-1": 0.375 }, ...REDSHIFT },
  "redshift.storage": { unit: "GB-month", usd: { "us-east-1": 0.024 }, ...REDSHIFT },
} as const satisfies PriceTable;
