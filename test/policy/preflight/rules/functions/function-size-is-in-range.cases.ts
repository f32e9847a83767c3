import { functionSizeIsInRange as rule } from "../../../../../policy/preflight/rules/functions/function-size-is-in-range";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const LAMBDA = "aws:lambda/function:Function";

function lambda(inputs: Inputs): Given {
  return (stack) => stack.add(LAMBDA, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "all of them": lambda({ memorySize: 10240, timeout: "900", ephemeralStorage: { size: 512 } }) },
  fail: {
    "64 MB": { given: lambda({ memorySize: 64 }), says: /size of orders: memorySize is 64, not 128 to 10240 MB/ },
    "half a second": { given: lambda({ timeout: 0.5 }), says: /timeout is 0\.5, not 1 to 900 s/ },
    "an hour, with a memory that is not known": { given: lambda({ timeout: 3600, memorySize: UNKNOWN }), says: /timeout is 3600/ },
    "20 GB of scratch": { given: lambda({ ephemeralStorage: { size: 20480 } }), says: /ephemeralStorage\.size is 20480/ },
  },
  absent: { "of every size": { given: lambda({}), says: "pass" } },
  unknown: { "while the memory is not known": lambda({ memorySize: UNKNOWN }) },
  mutations: {
    "a function has 20 GB of scratch": (stack) => stack.set(stack.one(LAMBDA, "thumbnails"), "ephemeralStorage", { size: 20480 }),
  },
};
