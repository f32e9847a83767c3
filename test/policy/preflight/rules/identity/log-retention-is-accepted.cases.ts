import { logRetentionIsAccepted as rule } from "../../../../../policy/preflight/rules/identity/log-retention-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

function group(retentionInDays: Input): Given {
  return (stack) => stack.add(GROUP, "orders", { retentionInDays });
}

export const cases: RuleCases = {
  rule,
  pass: { "90 days": group(90), "a year, as text": group("365"), "0, which is for ever": group(0) },
  fail: {
    "45 days": { given: group(45), says: /CloudWatch refuses the retention of orders: retentionInDays is 45/ },
    "a word": { given: group("forever"), says: /retentionInDays is "forever"/ },
  },
  absent: { "of a retention, which is for ever": { given: group(null), says: "pass" } },
  unknown: { "while it is not known": group(UNKNOWN) },
  mutations: { "a log group keeps its lines for 100 days": (stack) => stack.set(stack.one(GROUP, "orders"), "retentionInDays", 100) },
};
