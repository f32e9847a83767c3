import { notKnown } from "../../lib/expect";
import { type Finding, judge } from "../../lib/finding";
import { METRIC_ALARM } from "../../lib/price/visibility";
import { elements, number, read, type Reading, readPath, type Resource, text } from "../../lib/resource";
import { resourceRule } from "../../lib/rule";

/** Metrics of AWS's own come once a minute at most. Source: Amazon CloudWatch user guide, "Resolution" (2026-11). */
const MINUTE = 60;

/** Asked of alarms on AWS's own metrics: those of a program may come each second. */
export const alarmIsNotFinerThanItsMetric = resourceRule({
  id: "alarm-is-not-finer-than-its-metric",
  title: "No alarm is evaluated more often than its metric comes",
  severity: "low",
  why: "An alarm with a period below a minute costs three times as much, and sees nothing sooner where the metric comes once a minute: between two points it lacks data.",
  fix: "Set period to 60 or a multiple of it.",
  links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"],
  frameworks: [],
  types: [METRIC_ALARM],
  check: (alarm) => {
    const metrics = metricsOf(alarm);
    const ofAws = metrics.filter(({ namespace }) => namespace.state === "unknown" || text(namespace)?.startsWith("AWS/") === true);
    return ofAws.length === 0 ? [] : [judge(alarm, `${alarm.name} is paid for as an alarm of high resolution`, ofAws.flatMap(finding))];
  },
});

/** One metric that an alarm reads. */
interface Metric {
  readonly namespace: Reading;
  readonly period: Reading;
  readonly property: string;
}

function metricsOf(alarm: Resource): Metric[] {
  const own: Metric = { namespace: read(alarm, "namespace"), period: read(alarm, "period"), property: "period" };
  const queries = elements(read(alarm, "metricQueries")).map((query): Metric => {
    const at = (path: string): Reading => (query.state === "known" ? readPath(query.value, path) : query);
    return { namespace: at("metric.namespace"), period: at("metric.period"), property: "metricQueries" };
  });
  return [...(own.namespace.state === "absent" ? [] : [own]), ...queries];
}

function finding({ namespace, period, property }: Metric): Finding[] {
  const seconds = number(period);
  if (period.state === "absent" || (seconds !== undefined && seconds >= MINUTE)) return [];
  if (seconds === undefined || namespace.state === "unknown") return [notKnown(property)];
  return [{ what: `its period is ${seconds} s, and metrics of ${text(namespace) ?? "AWS"} come each minute`, property }];
}
