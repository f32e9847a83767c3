import { functionUrlNeedsAuthorization as rule } from "../../../../../policy/security/rules/functions/function-url-needs-authorization";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input } from "../../../stack";
import { addFunction } from "./functions";

const URL = "aws:lambda/functionUrl:FunctionUrl";

function url(authorizationType: Input, tags: Input = {}): Given {
  return (stack) => stack.add(URL, "orders", { authorizationType, functionName: id(addFunction(stack, { tags })) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with IAM": url("AWS_IAM"),
    "open, with the reason of its function": url("NONE", { "strata:because": "The sender signs each call" }),
    "open, with the reason in the tag of its settings": { given: url("NONE", { why: "It is signed" }), config: { reasonTag: "why" } },
  },
  fail: {
    "open to everyone": { given: url("NONE"), says: /everyone can call the function URL orders: authorizationType is not AWS_IAM/ },
    "open, with an empty reason": { given: url("NONE", { "strata:because": "" }), says: /everyone can call/ },
    "open, of a function outside the stack": {
      given: (stack) => stack.add(URL, "orders", { authorizationType: "NONE", functionName: "elsewhere" }),
      says: /everyone can call/,
    },
  },
  absent: { "without a type, which the provider refuses": { given: url(null), says: /everyone can call/ } },
  unknown: { "while the type is not known": url(UNKNOWN), "while the reason is not known": url("NONE", UNKNOWN) },
  mutations: {
    "a function has an open URL beside its API": (stack) => {
      const target = stack.one("aws:lambda/function:Function", "payments-webhook");
      stack.add(URL, "payments-webhook", { functionName: id(target), authorizationType: "NONE" });
    },
  },
};
