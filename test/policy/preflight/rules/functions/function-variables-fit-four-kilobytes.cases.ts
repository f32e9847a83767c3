import { functionVariablesFitFourKilobytes as rule } from "../../../../../policy/preflight/rules/functions/function-variables-fit-four-kilobytes";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const LAMBDA = "aws:lambda/function:Function";

function lambda(inputs: Inputs): Given {
  return (stack) => stack.add(LAMBDA, "orders", inputs);
}

const unknowns = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`VALUE_${index}`, UNKNOWN]));

export const cases: RuleCases = {
  rule,
  pass: {
    "exactly as much": lambda({ environment: { variables: { DATA: "x".repeat(4092) } } }),
  },
  fail: {
    "a byte more": {
      given: lambda({ environment: { variables: { DATA: "x".repeat(4093) } } }),
      says: /orders: they have 4097 bytes, of at most 4096/,
    },
    "as many letters of several bytes": {
      given: lambda({ environment: { variables: { DATA: "é".repeat(2100), MORE: UNKNOWN } } }),
      says: /they have 4208 bytes/,
    },
  },
  absent: {
    "of variables": { given: lambda({}), says: "pass" },
    "of a few values, which are likely to be short": {
      given: lambda({ environment: { variables: { TABLE: UNKNOWN, QUEUE: UNKNOWN } } }),
      says: "nothing",
    },
  },
  unknown: {
    "while the variables are not known": lambda({ environment: { variables: UNKNOWN } }),
    "while many values are not known": lambda({ environment: { variables: unknowns } }),
  },
  silentWhileUnknown: {
    "environment.variables.DATA": "nearly every function names a resource that is not made yet, and names, URLs and ARNs are short",
  },
  mutations: {
    "a function has a long variable": (stack) =>
      stack.set(stack.one(LAMBDA, "thumbnails"), ["environment", "variables", "SIZES"], "640x480,".repeat(500)),
  },
};
