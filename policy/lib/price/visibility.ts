import { elements, number, read, type Reading, readPath, type StackResource, text } from "../resource";
import { type Amount, amount, type Charge, monthly, type Pricer, usage, type Word } from "./charge";

export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

const MINUTE = 60;
const QUERIES = "metricQueries";

/** Metrics an alarm reads: it is charged for each of them, not for expressions over them. */
function metrics(queries: readonly Reading[]): Amount {
  if (queries.some(({ state }) => state === "unknown")) return { value: undefined, property: QUERIES };
  return { value: queries.filter((query) => at(query, "metric").state === "known").length, property: QUERIES };
}

function alarmCharges(alarm: StackResource): Charge[] {
  const queries = elements(read(alarm, QUERIES));
  if (queries.length === 0) return monthly("alarm", itemOf(amount(alarm, "period", MINUTE)), 1);
  if (queries.some((query) => /^\s*SELECT\b/i.test(text(at(query, "expression")) ?? ""))) return [usage("metrics that its query reads")];
  const periods = queries.flatMap((query) => number(at(query, "metric.period")) ?? []);
  return monthly("alarm", itemOf({ value: Math.min(MINUTE, ...periods), property: QUERIES }), metrics(queries));
}

function itemOf({ value, property }: Amount): Word {
  return { value: value === undefined ? undefined : `alarm.metric${value < MINUTE ? ".high-resolution" : ""}`, property };
}

function at(query: Reading, path: string): Reading {
  return query.state === "known" ? readPath(query.value, path) : query;
}

/** Alarms and dashboards; the free ones of an account are not taken off. */
export const VISIBILITY_PRICERS: readonly Pricer[] = [
  { types: [METRIC_ALARM], charges: alarmCharges },
  { types: [COMPOSITE_ALARM], charges: () => monthly("alarm", "alarm.composite", 1) },
  { types: [DASHBOARD], charges: () => monthly("dashboard", "dashboard", 1) },
];
