import { type Limit } from "./row";

const GUIDE = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring";
const API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference";
const DATE = "2026-11";
const MS_PER_SECOND = 1000;

/** What CloudWatch takes of alarms and dashboards. */
export const CLOUDWATCH_LIMITS = {
  /** Metrics that one alarm on a metric math expression reads. */
  metricsPerAlarm: { value: 10, unit: "count", adjustable: false, source: `${GUIDE}/alarm-limits.html`, date: DATE },
  /** Period times periods of an alarm whose period is shorter than an hour. */
  shortEvaluation: { value: 86_400 * MS_PER_SECOND, unit: "ms", adjustable: false, source: `${API}/API_PutMetricAlarm.html`, date: DATE },
  /** Period times periods of any alarm. */
  longEvaluation: { value: 604_800 * MS_PER_SECOND, unit: "ms", adjustable: false, source: `${API}/API_PutMetricAlarm.html`, date: DATE },
  /** Characters of the rule of a composite alarm. */
  compositeRuleLength: { value: 10_240, unit: "count", adjustable: false, source: `${API}/API_PutCompositeAlarm.html`, date: DATE },
  /** Alarms that the rule of a composite alarm names. */
  compositeChildren: { value: 100, unit: "count", adjustable: false, source: `${GUIDE}/alarm-combining.html`, date: DATE },
  /** Characters of an alarm's description. */
  descriptionLength: { value: 1_024, unit: "count", adjustable: false, source: `${API}/API_PutMetricAlarm.html`, date: DATE },
  widgetsPerDashboard: { value: 500, unit: "count", adjustable: false, source: `${GUIDE}/cloudwatch_limits.html`, date: DATE },
  metricsPerWidget: { value: 500, unit: "count", adjustable: false, source: `${GUIDE}/cloudwatch_limits.html`, date: DATE },
  metricsPerDashboard: { value: 2_500, unit: "count", adjustable: false, source: `${GUIDE}/cloudwatch_limits.html`, date: DATE },
} as const satisfies Readonly<Record<string, Limit>>;
