import { type PriceTable } from "./table";

const CLOUDWATCH = { source: "https://aws.amazon.com/cloudwatch/pricing/", date: "2026-11" } as const;

/** CloudWatch and X-Ray: logs, metrics, alarms, dashboards and traces. */
export const LOG_PRICES = {
  "logs.ingested": { unit: "GB", usd: { "us-east-1": 0.5, "eu-west-1": 0.57 }, ...CLOUDWATCH },
  "alarm.metric": { unit: "month", usd: { "us-east-1": 0.1, "eu-west-1": 0.1 }, ...CLOUDWATCH },
  /** An alarm that is evaluated more often than each minute. */
  "alarm.metric.high-resolution": { unit: "month", usd: { "us-east-1": 0.3, "eu-west-1": 0.3 }, ...CLOUDWATCH },
  "alarm.composite": { unit: "month", usd: { "us-east-1": 0.5, "eu-west-1": 0.5 }, ...CLOUDWATCH },
  dashboard: { unit: "month", usd: { "us-east-1": 3, "eu-west-1": 3 }, ...CLOUDWATCH },
  /** As they are kept: compressed. */
  "logs.stored": { unit: "GB-month", usd: { "us-east-1": 0.03, "eu-west-1": 0.03 }, ...CLOUDWATCH },
  /** Logs that AWS writes to S3, such as flow logs: first tier. */
  "logs.vended.s3": { unit: "GB", usd: { "us-east-1": 0.25 }, ...CLOUDWATCH },
  /** A metric that nobody gets for nothing: first tier; only the hours in which it is written count. */
  "metric.custom": { unit: "metric-month", usd: { "us-east-1": 0.3, "eu-west-1": 0.3 }, ...CLOUDWATCH },
  /** Traces recorded. */
  "xray.traces": {
    unit: "million",
    usd: { "us-east-1": 5, "eu-west-1": 5 },
    source: "https://aws.amazon.com/xray/pricing/",
    date: "2026-11",
  },
} as const satisfies PriceTable;
