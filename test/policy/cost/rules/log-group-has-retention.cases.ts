import { logGroupHasRetention as rule } from "../../../../policy/cost/rules/log-group-has-retention";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const TYPE = "aws:cloudwatch/logGroup:LogGroup";

function group(inputs: Inputs): Given {
  return (stack) => stack.add(TYPE, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with a retention": group({ retentionInDays: 90 }) },
  fail: {
    "with a retention of 0, which is for ever": { given: group({ retentionInDays: 0 }), says: /orders keeps its lines for ever/ },
    "below what its settings ask for": {
      given: group({ retentionInDays: 7 }),
      config: { minimumDays: 30 },
      says: /7 days; asked for are 30 to 3653/,
    },
    "above what its settings ask for": { given: group({ retentionInDays: 400 }), config: { maximumDays: 365 }, says: /1 to 365/ },
  },
  absent: { "without a retention, which is for ever": { given: group({}), says: /keeps its lines for ever/ } },
  unknown: { "while the retention is not known": group({ retentionInDays: UNKNOWN }) },
  mutations: {
    "a log group of a service keeps its lines for ever": (stack) => stack.set(stack.one(TYPE, "orders"), "retentionInDays", undefined),
  },
};
