import { functionRuntimeIsSupported as rule } from "../../../../../policy/security/rules/functions/function-runtime-is-supported";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { called, FUNCTION } from "./functions";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a runtime in support": called({ runtime: "nodejs22.x" }),
    "on the last day of its support": { given: called({ runtime: "nodejs22.x" }), config: { day: "2027-04-29" } },
  },
  fail: {
    "past the support of its runtime": {
      given: called({ runtime: "python3.8" }),
      says: /orders runs on python3.8, whose support ended on 2024-10-14/,
    },
    "on the day the support ends": {
      given: called({ runtime: "nodejs22.x" }),
      config: { day: "2027-04-30" },
      says: /ended on 2027-04-30/,
    },
  },
  absent: { "without a runtime, as from an image": { given: called({ packageType: "Image" }), says: "nothing" } },
  unknown: {
    "while the runtime is not known": called({ runtime: UNKNOWN }),
    "with a runtime that came later": called({ runtime: "nodejs30.x" }),
    "with a name that every object has": called({ runtime: "constructor" }),
  },
  mutations: { "a function stays on an old runtime": (stack) => stack.set(stack.one(FUNCTION, "thumbnails"), "runtime", "nodejs18.x") },
};
