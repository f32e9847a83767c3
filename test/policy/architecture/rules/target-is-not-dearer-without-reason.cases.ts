import { targetIsNotDearerWithoutReason as rule } from "../../../../policy/architecture/rules/target-is-not-dearer-without-reason";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const SERVICE = "strata:service:Service";

function service(inputs: Inputs): Given {
  return (stack) => stack.add(SERVICE, "orders", inputs);
}

const prices = { fargate: 150, ecs: 100 };

export const cases: RuleCases = {
  rule,
  pass: {
    "on the cheapest target": service({ target: "ecs", monthlyUsd: prices }),
    "where the advisor was overruled with a reason": service({
      target: "fargate",
      monthlyUsd: prices,
      overruled: "The team runs no instances",
    }),
  },
  fail: {
    "on a dearer one": {
      given: service({ target: "fargate", monthlyUsd: prices }),
      says: /orders costs \$150.00 a month on fargate, 50 % more than \$100.00 on ecs/,
    },
    "with a reason that says nothing": { given: service({ target: "fargate", monthlyUsd: prices, overruled: " " }), says: /50 % more/ },
  },
  absent: { "of prices: nothing is compared": { given: service({ target: "fargate" }), says: "nothing" } },
  unknown: {
    "while where it runs is not known": service({ target: UNKNOWN, monthlyUsd: prices }),
    "while it is not known whether it has a reason": service({ target: "fargate", monthlyUsd: prices, overruled: UNKNOWN }),
  },
  mutations: {
    "a service runs on the dearest of its targets": (stack) => stack.set(stack.one(SERVICE, "billing"), ["monthlyUsd", "fargate"], 170),
  },
};
