import { alarmIsNotFinerThanItsMetric as rule } from "../../../../policy/cost/rules/alarm-is-not-finer-than-its-metric";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

function alarm(inputs: Inputs): Given {
  return (stack) => stack.add(ALARM, "latency", inputs);
}

const query = (metric: Inputs): Inputs => ({
  metricQueries: [
    { id: "m", metric },
    { id: "e", expression: "m * 2" },
  ],
});

export const cases: RuleCases = {
  rule,
  pass: {
    "once a minute": alarm({ namespace: "AWS/ECS", period: 60 }),
    "every five minutes, as text": alarm({ namespace: "AWS/ECS", period: "300" }),
    "in a query once a minute": alarm(query({ namespace: "AWS/Lambda", period: 60 })),
  },
  fail: {
    "every ten seconds": {
      given: alarm({ namespace: "AWS/ECS", period: 10 }),
      says: /latency is paid for as an alarm of high resolution: its period is 10 s, and metrics of AWS\/ECS come each minute/,
    },
    "in a query every thirty seconds": { given: alarm(query({ namespace: "AWS/Lambda", period: 30 })), says: /30 s/ },
  },
  absent: {
    "without a period": { given: alarm({ namespace: "AWS/ECS" }), says: "pass" },
    "on a metric of a program, which may come each second": { given: alarm({ namespace: "shop", period: 10 }), says: "nothing" },
    "on an expression alone": { given: alarm({ metricQueries: [{ id: "q", expression: "SELECT 1" }] }), says: "nothing" },
  },
  unknown: {
    "while the period is not known": alarm({ namespace: "AWS/ECS", period: UNKNOWN }),
    "while it is not known whose metric it is": alarm({ namespace: UNKNOWN, period: 10 }),
    "while the queries are not known": alarm({ metricQueries: UNKNOWN }),
  },
  mutations: {
    "an alarm looks every ten seconds": (stack) => stack.set(stack.one(ALARM, "billing-latency"), "period", 10),
  },
};
