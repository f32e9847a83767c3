import { lambdaSuitsItsService as rule } from "../../../../policy/architecture/rules/lambda-suits-its-service";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const SERVICE = "strata:service:Service";

function service(start: Inputs[string], memory: Inputs[string], target: Inputs[string] = "lambda"): Given {
  return (stack) => stack.add(SERVICE, "orders", { target, demand: { start, memory } });
}

export const cases: RuleCases = {
  rule,
  pass: { "up to the end of the init phase and the memory of the largest function": service(10_000, 10_240) },
  fail: {
    "when it takes longer to start": {
      given: service(10_001, 512),
      says: /orders runs on Lambda: it takes 10.001 s to start, the most is 10 s/,
    },
    "when it needs more memory": { given: service(300, 10_241), says: /needs 10241 MiB of memory/ },
    "past what its settings allow": { given: service(3_000, 512), config: { startMs: 2_000 }, says: /the most is 2 s/ },
  },
  absent: { "of a target: it is not on Lambda": { given: service(90_000, 512, null), says: "nothing" } },
  unknown: {
    "while the demand is not known": service(UNKNOWN, 512),
    "while it is not known where it runs": service(90_000, 512, UNKNOWN),
  },
  mutations: {
    "a service on Lambda comes to load a model for a minute": (stack) =>
      stack.set(stack.one(SERVICE, "notifications"), ["demand", "start"], 60_000),
    "a service on Lambda comes to need 12 GiB": (stack) => stack.set(stack.one(SERVICE, "thumbnails"), ["demand", "memory"], 12_288),
  },
};
