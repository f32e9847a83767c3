import { functionKeepsFailedEvents as rule } from "../../../../../policy/security/rules/functions/function-keeps-failed-events";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type Input, type Inputs } from "../../../stack";
import { addFunction, allow, called, FUNCTION } from "./functions";

const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const QUEUE = "arn:aws:sqs:us-east-1:111122223333:dead";

/** A function that something may call. */
function calledBy(principal: Input, inputs: Inputs = {}): Given {
  return (stack) => {
    const target = addFunction(stack, inputs);
    allow(stack, target, principal);
    return target;
  };
}
/** A function with settings for asynchronous calls. */
function configured(config: Inputs, inputs: Inputs = {}): Given {
  return (stack) => {
    const target = addFunction(stack, inputs);
    stack.add(INVOKE_CONFIG, "orders", { functionName: id(target), ...config });
    return target;
  };
}
const ownQueue: Given = (stack) => {
  const target = addFunction(stack, { deadLetterConfig: { targetArn: arn(stack.add("aws:sqs/queue:Queue", "dead")) } });
  allow(stack, target, "events.amazonaws.com");
  return target;
};

export const cases: RuleCases = {
  rule,
  pass: {
    "with dead letters": calledBy("s3.amazonaws.com", { deadLetterConfig: { targetArn: QUEUE } }),
    "with a queue of the stack that is not made yet": { given: ownQueue, known: false },
    "with an on-failure destination": configured({ destinationConfig: { onFailure: { destination: QUEUE } } }),
  },
  fail: {
    "called by EventBridge": {
      given: calledBy("events.amazonaws.com"),
      says: /orders is called asynchronously: it has neither dead letters nor an on-failure destination/,
    },
    "called by a schedule": {
      given: (stack) => {
        const target = addFunction(stack);
        stack.add("aws:scheduler/schedule:Schedule", "nightly", { target: { arn: arn(target) } });
        return target;
      },
      says: /called asynchronously/,
    },
    "called by its alias": {
      given: (stack) => {
        const target = addFunction(stack);
        allow(stack, stack.add("aws:lambda/alias:Alias", "live", { functionName: id(target) }), "sns.amazonaws.com");
        return target;
      },
      says: /called asynchronously/,
    },
    "with a destination of what went well alone": {
      given: configured({ destinationConfig: { onSuccess: { destination: QUEUE } } }),
      says: /neither dead letters nor/,
    },
    "with an empty ARN": {
      given: calledBy("sns.amazonaws.com", { deadLetterConfig: { targetArn: "" } }),
      says: /neither dead letters nor/,
    },
  },
  absent: {
    "with nothing said, which throws events away": { given: configured({}), says: /neither dead letters nor/ },
    "called by nothing of the stack": { given: called({}), says: "nothing" },
    "called by what waits for the answer": { given: calledBy("apigateway.amazonaws.com"), says: "nothing" },
  },
  unknown: {
    "while it is not known who calls it": calledBy(UNKNOWN),
    "while its dead letters are not known": calledBy("s3.amazonaws.com", { deadLetterConfig: UNKNOWN }),
  },
  mutations: {
    "a function throws away the uploads it failed on": (stack) =>
      stack.set(stack.one(FUNCTION, "thumbnails"), "deadLetterConfig", undefined),
  },
};
