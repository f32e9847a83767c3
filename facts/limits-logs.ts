import { type Limit } from "./row";

/** What CloudWatch Logs allows. */
export const LOG_LIMITS = {
  /** Subscription filters of one log group; that of the account does not count. */
  subscriptionsPerGroup: {
    value: 2,
    unit: "count",
    adjustable: false,
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, Limit>>;
