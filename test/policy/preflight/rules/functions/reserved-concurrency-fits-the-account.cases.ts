import { reservedConcurrencyFitsTheAccount as rule } from "../../../../../policy/preflight/rules/functions/reserved-concurrency-fits-the-account";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import type { Json } from "../../../../../policy/lib/resource";
import { type Inputs, type TestStack } from "../../../stack";

const LAMBDA = "aws:lambda/function:Function";

function functions(...reserved: readonly (Json | undefined)[]): Given {
  return each(reserved.map((amount): Inputs => (amount === undefined ? {} : { reservedConcurrentExecutions: amount })));
}

function each(inputs: readonly Inputs[]): Given {
  return (stack: TestStack) => {
    const made = inputs.map((one, index) => stack.add(LAMBDA, `worker-${index}`, one));
    const last = made.at(-1);
    if (last === undefined) throw new Error("there is no function");
    return last;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "as much as there is": functions(400, 500),
    "more, in an account that has more": { given: functions(400, 600), config: { accountConcurrency: 5000 } },
    "as much in each of two regions": each([
      { reservedConcurrentExecutions: 800, region: "eu-west-1" },
      { reservedConcurrentExecutions: 800, region: "us-east-1" },
    ]),
    "too little to be the one that reserves most, whatever another one does": functions(UNKNOWN, 400),
    "nothing reserved, by -1": functions(900, -1),
  },
  fail: {
    "one more": { given: functions(400, 501), says: /worker-1 reserves 501, and with the others of its region 901; 900 of 1000/ },
    "one more, whatever a third reserves": { given: functions(UNKNOWN, 400, 501), says: /901/ },
    "any, in a new account": { given: functions(5), config: { accountConcurrency: 10 }, says: /0 of 10 can be reserved/ },
  },
  absent: { "of a reservation": { given: functions(undefined), says: "nothing" } },
  unknown: {
    "while it is not known how much it reserves": functions(400, UNKNOWN),
    "while it is not known how much another one reserves": functions(UNKNOWN, 501),
  },
  mutations: {
    "a function reserves nearly everything": (stack) => stack.set(stack.one(LAMBDA, "notifications"), "reservedConcurrentExecutions", 800),
  },
};
