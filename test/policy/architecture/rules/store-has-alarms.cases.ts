import { storeHasAlarms as rule } from "../../../../policy/architecture/rules/store-has-alarms";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs, Ref } from "../../stack";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** A PostgreSQL instance with an identifier, and an alarm. */
function instance(alarm: Inputs | undefined): Given {
  return (stack) => {
    const made = stack.add("aws:rds/instance:Instance", "orders", {}, undefined, { identifier: "orders-1" });
    if (alarm !== undefined) stack.add(ALARM, "one", alarm);
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with an alarm about it": instance({ dimensions: { DBInstanceIdentifier: "orders-1" } }),
    "with one that is made from it before it exists": {
      known: false,
      given: (stack) => {
        const made = stack.add("aws:rds/instance:Instance", "orders");
        stack.add(ALARM, "one", { dimensions: { DBInstanceIdentifier: new Ref(made, "identifier") } });
        return made;
      },
    },
  },
  fail: {
    "with one about another": {
      given: instance({ dimensions: { DBInstanceIdentifier: "orders-11" } }),
      says: /no alarm in the stack watches orders/,
    },
  },
  absent: { "of alarms: AWS makes none": { given: instance(undefined), says: /no alarm in the stack watches orders/ } },
  unknown: { "while it is not known what an alarm is about": instance({ dimensions: UNKNOWN }) },
  mutations: {
    "the alarms of the broker are gone": (stack) =>
      stack.remove(...stack.all(ALARM).filter(({ inputs }) => JSON.stringify(inputs).includes('"AWS/AmazonMQ"'))),
    "the alarms of a table are gone": (stack) => {
      const table = stack.one("aws:dynamodb/table:Table", "sessions");
      const name = String(table.outputs?.["name"]);
      stack.remove(...stack.all(ALARM).filter(({ inputs }) => JSON.stringify(inputs).includes(name)));
    },
  },
};
