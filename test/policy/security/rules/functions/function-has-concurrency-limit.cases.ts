import { functionHasConcurrencyLimit as rule } from "../../../../../policy/security/rules/functions/function-has-concurrency-limit";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";
import { addFunction, allow, called, FUNCTION } from "./functions";

/** A function behind an API. */
function behindApi(inputs: Inputs): Given {
  return (stack) => {
    const target = addFunction(stack, inputs);
    allow(stack, target, "apigateway.amazonaws.com");
    return target;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a concurrency of its own": behindApi({ reservedConcurrentExecutions: 20 }),
    "with one given as a text": behindApi({ reservedConcurrentExecutions: "20" }),
    "turned off": behindApi({ reservedConcurrentExecutions: 0 }),
  },
  fail: {
    "with -1, which is none": {
      given: behindApi({ reservedConcurrentExecutions: -1 }),
      says: /orders can take the concurrency of every other/,
    },
    "with a URL": {
      given: (stack) => {
        const target = addFunction(stack);
        stack.add("aws:lambda/functionUrl:FunctionUrl", "orders", { functionName: "orders-id", authorizationType: "AWS_IAM" });
        return target;
      },
      says: /reservedConcurrentExecutions is not set/,
    },
  },
  absent: {
    "with nothing said, which is none": { given: behindApi({}), says: /reservedConcurrentExecutions is not set/ },
    "that nothing of the stack calls": { given: called({}), says: "nothing" },
    "where nothing is durable": { given: behindApi({ durable: false }), says: "nothing" },
  },
  unknown: {
    "while it is not known": behindApi({ reservedConcurrentExecutions: UNKNOWN }),
    "while it is not known whether it is durable": behindApi({ durable: UNKNOWN }),
  },
  silentWhileUnknown: { functionName: "what is called by an unknown name may be any function of the stack" },
  mutations: {
    "a webhook may take every function's concurrency": (stack) =>
      stack.set(stack.one(FUNCTION, "payments-webhook"), "reservedConcurrentExecutions", undefined),
  },
};
