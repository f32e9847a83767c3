import { logGroupHasAtMostTwoSubscriptions as rule } from "../../../../../policy/preflight/rules/identity/log-group-has-at-most-two-subscriptions";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type TestStack } from "../../../stack";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";

function filters(count: number): Given {
  return (stack: TestStack) => {
    const group = stack.add(GROUP, "orders");
    const made = Array.from({ length: count }, (_, index) => stack.add(FILTER, `filter-${index + 1}`, { logGroup: id(group) }));
    return made.at(-1) ?? group;
  };
}

function outside(count: number): Given {
  return (stack) => {
    const made = Array.from({ length: count }, (_, index) => stack.add(FILTER, `filter-${index + 1}`, { logGroup: "/aws/lambda/orders" }));
    return made.at(-1) ?? stack.add(GROUP, "orders");
  };
}

export const cases: RuleCases = {
  rule,
  pass: { two: filters(2), "two of a group that is not made yet": { given: filters(2), known: false } },
  fail: {
    three: { given: filters(3), says: /filter-3 comes on top of filter-1 and filter-2 of the same log group, which has at most 2/ },
    "three of a group that is not made yet": { given: filters(3), known: false, says: /on top of filter-1 and filter-2/ },
    "three of a group from outside": { given: outside(3), says: /on top of filter-1 and filter-2/ },
  },
  absent: { "of any other": { given: filters(1), says: "pass" } },
  unknown: {
    "while the group is not known": (stack) => stack.add(FILTER, "filter", { logGroup: UNKNOWN }),
    "while the group of one of three is not known": (stack) => {
      stack.add(FILTER, "first", { logGroup: "/aws/lambda/orders" });
      stack.add(FILTER, "second", { logGroup: UNKNOWN });
      return stack.add(FILTER, "third", { logGroup: "/aws/lambda/orders" });
    },
  },
  mutations: {
    "a group has three subscriptions of its own": (stack) => {
      const { destinationArn = "", roleArn = "" } = stack.one("aws:cloudwatch/logAccountPolicy:LogAccountPolicy").inputs;
      const group = stack.one(GROUP, "orders");
      for (const name of ["first", "second", "third"])
        stack.add(FILTER, name, { logGroup: group.outputs?.["name"] ?? "", destinationArn, roleArn, filterPattern: "" });
    },
  },
};
