import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { readAll, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { scheduleFault, type ScheduleWays } from "../../../lib/schedules";

const RULE: ScheduleWays = { once: false, strictUnits: true };
const SCHEDULE: ScheduleWays = { once: true, strictUnits: false };

/** Where schedules stand, and what is taken there. */
const PLACES: Readonly<Record<string, readonly [path: string, ways: ScheduleWays]>> = {
  "aws:cloudwatch/eventRule:EventRule": ["scheduleExpression", RULE],
  "aws:scheduler/schedule:Schedule": ["scheduleExpression", SCHEDULE],
  "aws:appautoscaling/scheduledAction:ScheduledAction": ["schedule", SCHEDULE],
  "aws:backup/plan:Plan": ["rules[*].schedule", RULE],
  "aws:secretsmanager/secretRotation:SecretRotation": ["rotationRules.scheduleExpression", RULE],
};

/** A rule that waits for events, and a rotation that counts days, has no schedule. */
export const scheduleExpressionIsValid = resourceRule({
  id: "schedule-expression-is-valid",
  title: "Every schedule is written as AWS reads it",
  severity: "high",
  why: "AWS has six fields where cron has five, wants ? for one of the two days, and refuses rate(1 hours); the job it starts is then never started.",
  fix: "Write rate(5 minutes), rate(1 hour) or cron(0 6 ? * MON-FRI *): minutes, hours, day of month, month, day of week, year.",
  links: ["https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html"],
  frameworks: [],
  types: Object.keys(PLACES),
  check: (resource) => {
    const place = PLACES[resource.type];
    if (place === undefined) return [];
    const found = scheduleFindings(resource, place);
    return found.length === 0 ? [] : [judge(resource, `AWS refuses the schedule of ${resource.name}`, found.flat())];
  },
});

/** What is found in each schedule of a resource. */
function scheduleFindings(resource: Resource, [path, ways]: readonly [string, ScheduleWays]): Finding[][] {
  const property = path.split(/[.[]/)[0] ?? path;
  return readAll(resource, path).map((reading) => {
    if (reading.state !== "known") return [notKnown(property)];
    const written = text(reading) ?? "";
    const fault = scheduleFault(written, ways);
    return fault === undefined ? [] : [{ what: `"${written}": ${fault}`, property }];
  });
}
