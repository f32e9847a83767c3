import { hasPerformanceInsights } from "../../../../facts/database-classes";
import { ENGINE_VERSIONS, type RdsEngine } from "../../../../facts/engine-versions";
import { INSIGHTS_DAYS } from "../../../../facts/rds-engines";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, unlessOneOf } from "../../../lib/settings/amounts";
import { isAmong, unlessLeftOut, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { DB_CLUSTER, DB_MEMBER } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const ENABLED = "performanceInsightsEnabled";
const DAYS = "performanceInsightsRetentionPeriod";
const MODE = "databaseInsightsMode";
/** Days that the advanced mode of Database Insights keeps; RDS user guide, "Turning on the Advanced mode" (2026-11). */
const ADVANCED_DAYS = 465;

/** Left out, Performance Insights is off. */
export const performanceInsightsFitsClass = resourceRule({
  id: "performance-insights-fits-class",
  title: "Performance Insights is on only where the class has it, and keeps what it can keep",
  severity: "medium",
  why: "The smallest classes of MySQL and MariaDB have no Performance Insights, and it keeps 7 days, whole months or two years; RDS refuses the rest.",
  fix: `Turn ${ENABLED} off or take a larger instanceClass; set ${DAYS} to 7, to a multiple of 31 up to 713, or to 731, and leave it out where insights are off.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html"],
  frameworks: [],
  types: [DB_INSTANCE, DB_MEMBER, DB_CLUSTER],
  check: (database) => [refused(database, [...unlessOneOf(database, DAYS, INSIGHTS_DAYS.days), ...findings(database)])],
});

function findings(database: Resource): Finding[] {
  const enabled = readFlag(database, ENABLED, false);
  const advanced = isAmong(read(database, MODE), ["advanced"]);
  if (enabled === undefined) return [notKnown(ENABLED)];
  if (enabled) return [...ofClass(database), ...where(advanced, MODE, keptLong(database))];
  return [
    ...unlessLeftOut(database, DAYS, `${DAYS} is set and ${ENABLED} is off`),
    ...(database.type === DB_INSTANCE
      ? where(advanced, MODE, [{ what: `${MODE} is advanced and ${ENABLED} is off`, property: ENABLED }])
      : []),
  ];
}

function ofClass(database: Resource): Finding[] {
  const property = "instanceClass";
  const [engine, instanceClass] = [read(database, "engine"), read(database, property)];
  if (instanceClass.state === "absent") return [];
  const [name, found] = [text(engine), text(instanceClass)];
  if (found === undefined) return [notKnown(property)];
  if (engine.state === "unknown") return [notKnown("engine")];
  return name !== undefined && isKnown(name) && !hasPerformanceInsights(name, found)
    ? [{ what: `${found} has no Performance Insights on ${name}, and ${ENABLED} is on`, property: ENABLED }]
    : [];
}

function keptLong(database: Resource): Finding[] {
  const reading = read(database, DAYS);
  if (reading.state === "unknown") return [notKnown(DAYS)];
  const days = amount(reading) ?? 7;
  return days >= ADVANCED_DAYS ? [] : [{ what: `${MODE} is advanced and keeps ${days} days, not ${ADVANCED_DAYS}`, property: DAYS }];
}

function isKnown(engine: string): engine is RdsEngine {
  return Object.hasOwn(ENGINE_VERSIONS, engine);
}
