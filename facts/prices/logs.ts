import { type PriceTable } from "./table";

const CLOUDWATCH = { source: "https://aws.amazon.com/cloudwatch/pricing/", date: "2026-11" } as const;

/** CloudWatch Logs. */
export const LOG_PRICES = {
  "logs.ingested": { unit: "GB", usd: { "us-east-1": 0.5, "eu-west-1": 0.57 }, ...CLOUDWATCH },
  "logs.stored": { unit: "GB-month", usd: { "us-east-1": 0.03 }, ...CLOUDWATCH },
} as const satisfies PriceTable;
