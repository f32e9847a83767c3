import { listenerRuleHasItsOwnPriority as rule } from "../../../../../policy/preflight/rules/network/listener-rule-has-its-own-priority";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, type TestStack } from "../../../stack";

const RULE = "aws:lb/listenerRule:ListenerRule";

function two(first: Inputs, second: Inputs, listeners: 1 | 2 = 1): Given {
  return (stack: TestStack) => {
    const one = stack.add("aws:lb/listener:Listener", "https");
    const other = listeners === 1 ? one : stack.add("aws:lb/listener:Listener", "http");
    stack.add(RULE, "orders", { listenerArn: arn(one), ...first });
    return stack.add(RULE, "billing", { listenerArn: arn(other), ...second });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "two priorities": two({ priority: 1 }, { priority: 2 }),
    "one priority of two listeners that are not made yet": { given: two({ priority: 1 }, { priority: 1 }, 2), known: false },
  },
  fail: {
    "one priority": { given: two({ priority: 7 }, { priority: 7 }), says: /billing has priority 7, as orders of the same listener has/ },
    "one priority of a listener that is not made yet": { given: two({ priority: "7" }, { priority: 7 }), known: false, says: /priority 7/ },
    "a priority that there is not": { given: two({}, { priority: 60000 }), says: /60000 of billing is not between 1 and 50000/ },
  },
  absent: { "without a priority, which AWS then chooses": { given: two({}, {}), says: "pass" } },
  unknown: {
    "while the priority is not known": two({ priority: 1 }, { priority: UNKNOWN }),
    "while the priority of another rule is not known": two({ priority: UNKNOWN }, { priority: 1 }),
    "while the listener of a rule of the same priority is not known": (stack) => {
      stack.add(RULE, "orders", { priority: 1, listenerArn: UNKNOWN });
      return stack.add(RULE, "billing", { priority: 1, listenerArn: arn(stack.add("aws:lb/listener:Listener", "https")) });
    },
    "while the listener is not known": (stack) => stack.add(RULE, "orders", { priority: 1, listenerArn: UNKNOWN }),
  },
  mutations: {
    "two rules have one priority": (stack) =>
      stack.set(stack.one(RULE, "orders"), "priority", stack.one(RULE, "partners").inputs["priority"]),
    "a rule has the priority 0": (stack) => stack.set(stack.one(RULE, "orders"), "priority", 0),
  },
};
