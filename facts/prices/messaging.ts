import { type PriceTable } from "./table";

const MSK = { source: "https://aws.amazon.com/msk/pricing/", date: "2026-11" } as const;
const MQ = { source: "https://aws.amazon.com/amazon-mq/pricing/", date: "2026-11" } as const;
const SQS = { source: "https://aws.amazon.com/sqs/pricing/", date: "2026-11" } as const;
const CACHE = { source: "https://aws.amazon.com/elasticache/pricing/", date: "2026-11" } as const;
const CACHE_LIST = {
  source: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonElastiCache/current/index.json",
  date: "2026-10",
} as const;

/**
 * Message buses and caches, beside what `data.ts` has of them. Express brokers, and brokers and caches in
 * eu-west-1, were not found, and are unpriced.
 */
export const MESSAGING_PRICES = {
  "msk.serverless.cluster": { unit: "h", usd: { "us-east-1": 0.75 }, ...MSK },
  "msk.serverless.partition": { unit: "h", usd: { "us-east-1": 0.0015 }, ...MSK },
  "mq.t3.micro": { unit: "h", usd: { "us-east-1": 0.02704 }, ...MQ },
  /** Messages of ActiveMQ, which stand on EFS. */
  "mq.storage.efs": { unit: "GB-month", usd: { "us-east-1": 0.3 }, ...MQ },
  /** Messages of RabbitMQ, which stand on EBS. */
  "mq.storage.ebs": { unit: "GB-month", usd: { "us-east-1": 0.1 }, ...MQ },
  /** Requests to a standard queue, each of at most 64 KB. */
  "sqs.requests": { unit: "million", usd: { "us-east-1": 0.4, "eu-west-1": 0.4 }, ...SQS },
  "sqs.requests.fifo": { unit: "million", usd: { "us-east-1": 0.5, "eu-west-1": 0.5 }, ...SQS },
  "sns.requests": {
    unit: "million",
    usd: { "us-east-1": 0.5, "eu-west-1": 0.5 },
    source: "https://aws.amazon.com/sns/pricing/",
    date: "2026-11",
  },
  /** First tier. */
  "firehose.gb": {
    unit: "GB",
    usd: { "us-east-1": 0.029, "eu-west-1": 0.031 },
    source: "https://aws.amazon.com/firehose/pricing/",
    date: "2026-11",
  },
  /** Schedules that EventBridge Scheduler starts. */
  "scheduler.invocations": {
    unit: "million",
    usd: { "us-east-1": 1, "eu-west-1": 1 },
    source: "https://aws.amazon.com/eventbridge/pricing/",
    date: "2026-11",
  },
  "elasticache.snapshot": { unit: "GB-month", usd: { "us-east-1": 0.085 }, ...CACHE },
  /** One broker without a standby. */
  "mq.m5.large": { unit: "h", usd: { "us-east-1": 0.288 }, ...MQ },
  "elasticache.valkey.serverless.storage": { unit: "GB-h", usd: { "us-east-1": 0.084 }, ...CACHE },
  /** A million ElastiCache processing units: about a KB read or written each. */
  "elasticache.valkey.serverless.ecpu": { unit: "million", usd: { "us-east-1": 0.0023 }, ...CACHE },
  "elasticache.valkey.cache.t4g.micro": { unit: "h", usd: { "us-east-1": 0.0128 }, ...CACHE_LIST },
  "elasticache.valkey.cache.t4g.small": { unit: "h", usd: { "us-east-1": 0.0256 }, ...CACHE_LIST },
  "elasticache.valkey.cache.t4g.medium": { unit: "h", usd: { "us-east-1": 0.052 }, ...CACHE_LIST },
  "elasticache.valkey.cache.m7g.large": { unit: "h", usd: { "us-east-1": 0.1264 }, ...CACHE_LIST },
  "elasticache.valkey.cache.m7g.xlarge": { unit: "h", usd: { "us-east-1": 0.252 }, ...CACHE_LIST },
  "elasticache.valkey.cache.r7g.large": { unit: "h", usd: { "us-east-1": 0.1752 }, ...CACHE_LIST },
  "elasticache.valkey.cache.r7g.xlarge": { unit: "h", usd: { "us-east-1": 0.3496 }, ...CACHE_LIST },
  "elasticache.valkey.cache.r7g.2xlarge": { unit: "h", usd: { "us-east-1": 0.6984 }, ...CACHE_LIST },
} as const satisfies PriceTable;

/** Least GB a serverless Valkey cache is charged for, however little is in it. */
export const SERVERLESS_CACHE_LEAST_GB = { value: 0.1, ...CACHE } as const;
