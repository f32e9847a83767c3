import { queueOutlastsItsFunction as rule } from "../../../../../policy/preflight/rules/functions/queue-outlasts-its-function";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, type TestStack } from "../../../stack";

const QUEUE = "aws:sqs/queue:Queue";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

function mapping(queue: Inputs, lambda: Inputs, alias = false): Given {
  return (stack: TestStack) => {
    const called = stack.add("aws:lambda/function:Function", "worker", lambda);
    const named = alias ? stack.add("aws:lambda/alias:Alias", "live", { functionName: arn(called) }) : called;
    return stack.add(MAPPING, "orders", { eventSourceArn: arn(stack.add(QUEUE, "orders", queue)), functionName: arn(named) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "as long": mapping({ visibilityTimeoutSeconds: 60 }, { timeout: 60 }),
    "longer, before they are made": { given: mapping({ visibilityTimeoutSeconds: 360 }, { timeout: 60 }), known: false },
    "of an alias": mapping({ visibilityTimeoutSeconds: 360 }, { timeout: 60 }, true),
  },
  fail: {
    shorter: {
      given: mapping({ visibilityTimeoutSeconds: 30 }, { timeout: 60 }),
      says: /from orders: it hides a message for 30 s, worker may run for 60 s/,
    },
    "shorter, through an alias that is not made yet": {
      given: mapping({ visibilityTimeoutSeconds: 30 }, { timeout: 60 }, true),
      known: false,
      says: /30 s/,
    },
  },
  absent: {
    "of the queue's time, which is 30 s": { given: mapping({}, { timeout: 31 }), says: /for 30 s, worker may run for 31 s/ },
    "of the function's time, which is 3 s": {
      given: mapping({ visibilityTimeoutSeconds: 2 }, {}),
      says: /for 2 s, worker may run for 3 s/,
    },
    "of a queue of the stack": {
      given: (stack) => stack.add(MAPPING, "orders", { eventSourceArn: "arn:aws:sqs:eu-west-1:1:orders", functionName: "worker" }),
      says: "nothing",
    },
  },
  unknown: { "while a time is not known": mapping({ visibilityTimeoutSeconds: UNKNOWN }, { timeout: 60 }) },
  mutations: {
    "a queue hides its messages for too short a time": (stack) =>
      stack.set(stack.one(QUEUE, /log-arrivals$/), "visibilityTimeoutSeconds", 60),
  },
};
