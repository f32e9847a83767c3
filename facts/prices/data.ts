import { type PriceTable } from "./table";

const DYNAMODB = { source: "https://aws.amazon.com/dynamodb/pricing/on-demand/", date: "2026-11" } as const;
const MSK = { source: "https://aws.amazon.com/msk/pricing/", date: "2026-11" } as const;
const MQ = { source: "https://aws.amazon.com/amazon-mq/pricing/", date: "2026-11" } as const;
const EBS = { source: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/index.json", date: "2026-10" } as const;

/** Stores. What is absent in eu-west-1 was not found, and is unpriced there. */
export const DATA_PRICES = {
  "aurora.acu": {
    unit: "ACU-h",
    usd: { "us-east-1": 0.12, "eu-west-1": 0.14 },
    source: "https://aws.amazon.com/rds/aurora/pricing/",
    date: "2026-11",
  },
  "dynamodb.read": { unit: "million", usd: { "us-east-1": 0.125, "eu-west-1": 0.1415 }, ...DYNAMODB },
  "dynamodb.write": { unit: "million", usd: { "us-east-1": 0.625, "eu-west-1": 0.705 }, ...DYNAMODB },
  "msk.kafka.t3.small": { unit: "h", usd: { "us-east-1": 0.0456 }, ...MSK },
  "msk.kafka.m7g.large": { unit: "h", usd: { "us-east-1": 0.204 }, ...MSK },
  "msk.storage": { unit: "GB-month", usd: { "us-east-1": 0.1 }, ...MSK },
  /** Active and standby broker together. */
  "mq.m5.large.pair": { unit: "h", usd: { "us-east-1": 0.576 }, ...MQ },
  "redshift.ra3.4xlarge": { unit: "h", usd: { "us-east-1": 3.26 }, source: "https://aws.amazon.com/redshift/pricing/", date: "2026-11" },
  "ebs.gp3": { unit: "GB-month", usd: { "us-east-1": 0.08, "eu-west-1": 0.088 }, ...EBS },
} as const satisfies PriceTable;
