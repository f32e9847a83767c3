import { alarmActs as rule } from "../../../../../policy/security/rules/identity/alarm-acts";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, Ref } from "../../../stack";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

function alarm(inputs: Inputs): Given {
  return (stack) => stack.add(ALARM, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a topic": alarm({ alarmActions: [TOPIC] }),
    "with a topic that is not made yet": {
      given: (stack) => alarm({ alarmActions: [arn(stack.add("aws:sns/topic:Topic", "alarms"))] })(stack),
      known: false,
    },
    "when a composite alarm names it": (stack) => {
      stack.add(COMPOSITE, "all", { alarmRule: 'ALARM("orders-slow") OR ALARM(billing-slow)', alarmActions: [TOPIC] });
      return stack.add(ALARM, "orders", { name: "orders-slow" });
    },
    "when a composite alarm is made from it": {
      given: (stack) => {
        const made = stack.add(ALARM, "orders");
        stack.add(COMPOSITE, "all", { alarmRule: new Ref(made, "arn"), alarmActions: [TOPIC] });
        return made;
      },
      known: false,
    },
    "when a deployment stops at it": {
      given: (stack) => {
        const made = stack.add(ALARM, "orders");
        stack.add("aws:ecs/service:Service", "orders", { alarms: { enable: true, rollback: true, alarmNames: [new Ref(made, "id")] } });
        return made;
      },
      known: false,
    },
  },
  fail: {
    "with its actions turned off": {
      given: alarm({ alarmActions: [TOPIC], actionsEnabled: false }),
      says: /orders goes off unheard: actionsEnabled is off/,
    },
    "without an action in the list": { given: alarm({ alarmActions: [] }), says: /no alarmActions/ },
    "when only a dashboard shows it": {
      given: (stack) => {
        const made = stack.add(ALARM, "orders");
        stack.add("aws:cloudwatch/dashboard:Dashboard", "orders", { dashboardBody: arn(made) });
        return made;
      },
      says: /no other alarm watches it/,
    },
  },
  absent: { "without actions": { given: alarm({}), says: /no alarmActions, and no other alarm watches it/ } },
  unknown: {
    "while its actions are not known": alarm({ alarmActions: UNKNOWN }),
    "while it is not known whether they are on": alarm({ alarmActions: [TOPIC], actionsEnabled: UNKNOWN }),
    "while its name is not known, and a composite alarm names some": (stack) => {
      stack.add(COMPOSITE, "all", { alarmRule: 'ALARM("orders")', alarmActions: [TOPIC] });
      return stack.add(ALARM, "orders", { name: UNKNOWN });
    },
    "while it is not known what a composite alarm watches": (stack) => {
      stack.add(COMPOSITE, "all", { alarmRule: UNKNOWN, alarmActions: [TOPIC] });
      return stack.add(ALARM, "orders");
    },
  },
  mutations: {
    "an alarm is silenced": (stack) => stack.set(stack.one(ALARM, "orders"), "actionsEnabled", false),
    "an alarm tells nobody": (stack) => {
      const [heard] = stack
        .all(ALARM, "orders-db")
        .filter(({ inputs }) => Array.isArray(inputs["alarmActions"]) && inputs["alarmActions"].length > 0);
      if (heard === undefined) throw new Error("no alarm of orders-db has actions");
      stack.set(heard, "alarmActions", undefined);
    },
  },
};
