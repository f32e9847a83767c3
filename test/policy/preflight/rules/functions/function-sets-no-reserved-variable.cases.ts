import { functionSetsNoReservedVariable as rule } from "../../../../../policy/preflight/rules/functions/function-sets-no-reserved-variable";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const LAMBDA = "aws:lambda/function:Function";

function lambda(inputs: Inputs): Given {
  return (stack) => stack.add(LAMBDA, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "names of its own, with a value that is not known": lambda({
      environment: { variables: { TABLE: UNKNOWN, AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel" } },
    }),
  },
  fail: {
    "the region": {
      given: lambda({ environment: { variables: { AWS_REGION: "eu-west-1" } } }),
      says: /variables of orders: AWS_REGION is set by Lambda itself/,
    },
    "a reserved one with a value that is not known": {
      given: lambda({ environment: { variables: { AWS_ACCESS_KEY_ID: UNKNOWN } } }),
      says: /AWS_ACCESS_KEY_ID/,
    },
    "a name with a hyphen": {
      given: lambda({ environment: { variables: { "TABLE-NAME": "x" } } }),
      says: /"TABLE-NAME" is not two or more letters/,
    },
  },
  absent: { "of variables": { given: lambda({}), says: "pass" } },
  unknown: { "while the variables are not known": lambda({ environment: { variables: UNKNOWN } }) },
  mutations: {
    "a function is told its region": (stack) =>
      stack.set(stack.one(LAMBDA, "thumbnails"), ["environment", "variables", "AWS_REGION"], "us-east-1"),
  },
};
