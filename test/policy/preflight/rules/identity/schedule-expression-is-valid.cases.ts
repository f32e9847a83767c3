import { scheduleExpressionIsValid as rule } from "../../../../../policy/preflight/rules/identity/schedule-expression-is-valid";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const PLAN = "aws:backup/plan:Plan";

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "nightly", inputs);
}

function schedule(scheduleExpression: string, type = SCHEDULE): Given {
  return of(type, { scheduleExpression });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "a rate": schedule("rate(15 minutes)", RULE),
    "every working day": schedule("cron(0 6 ? * MON-FRI *)", RULE),
    "the last day of each quarter": schedule("cron(0/15 8-17 L 3,6,9,12 ? 2026-2030)"),
    "the second Tuesday": schedule("cron(0 6 ? * 3#2 *)"),
    "every eighth hour, as rotations have it": of("aws:secretsmanager/secretRotation:SecretRotation", {
      rotationRules: { scheduleExpression: "cron(0 /8 * * ? *)" },
    }),
    once: schedule("at(2026-12-01T08:00:00)"),
    "of a plan": of(PLAN, { rules: [{ schedule: "cron(0 3 * * ? *)" }] }),
  },
  fail: {
    "five fields": { given: schedule("cron(0 6 * * *)"), says: /schedule of nightly: "cron\(0 6 \* \* \*\)": it has 5 fields of 6/ },
    "both days": { given: schedule("cron(0 6 * * * *)"), says: /exactly one of its day of month and day of week/ },
    "an hour that there is not": { given: schedule("cron(0 24 * * ? *)"), says: /its hours is "24"/ },
    "one hours": { given: schedule("rate(1 hours)", RULE), says: /its unit is singular for 1/ },
    "no rate": { given: schedule("rate(0 minutes)"), says: /its rate is 0/ },
    "once, of a rule": { given: schedule("at(2026-12-01T08:00:00)", RULE), says: /at\(\) is not taken here/ },
    "a word": { given: schedule("daily"), says: /it is no rate\(\), cron\(\) or at\(\)/ },
    "of a plan, next to one that is not known": {
      given: of(PLAN, { rules: [{ schedule: UNKNOWN }, { schedule: "0 3 * * *" }] }),
      says: /"0 3/,
    },
  },
  absent: { "of a schedule": { given: of(RULE, { eventPattern: "{}" }), says: "nothing" } },
  unknown: { "while it is not known": schedule(UNKNOWN) },
  mutations: {
    "a job has a schedule of cron": (stack) => stack.set(stack.one(SCHEDULE, "nightly-reports"), "scheduleExpression", "cron(0 2 * * *)"),
    "a function is started every 1 hours by a rule": (stack) =>
      stack.add(RULE, "hourly", { scheduleExpression: "rate(1 hours)", description: "Starts something each hour" }),
  },
};
