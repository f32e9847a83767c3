import { capacityStrategyIsOfOneKind as rule } from "../../../../../policy/preflight/rules/containers/capacity-strategy-is-of-one-kind";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, type TestStack } from "../../../stack";

const SERVICE = "aws:ecs/service:Service";

function strategy(...items: readonly Inputs[]): Given {
  return (stack: TestStack) => stack.add(SERVICE, "orders", { capacityProviderStrategies: items });
}

/** FARGATE, or nothing, next to a provider of the stack. */
function mixed(...others: readonly Inputs[]): Given {
  return (stack: TestStack) => {
    const own = stack.add("aws:ecs/capacityProvider:CapacityProvider", "instances");
    return stack.add(SERVICE, "orders", { capacityProviderStrategies: [...others, { capacityProvider: id(own), weight: 1 }] });
  };
}

const FARGATE = { capacityProvider: "FARGATE", base: 1 };

export const cases: RuleCases = {
  rule,
  pass: {
    "Fargate and its Spot": strategy(FARGATE, { capacityProvider: "FARGATE_SPOT", weight: 3 }),
    "instances that are not made yet": { given: mixed(), known: false },
    "instances of two groups": mixed({ capacityProvider: "others" }),
  },
  fail: {
    "Fargate and instances": { given: mixed(FARGATE), says: /strategy of orders: it mixes Fargate with a group of instances/ },
    "Fargate and instances that are not made yet": { given: mixed(FARGATE), known: false, says: /it mixes/ },
    "two bases": { given: strategy(FARGATE, { capacityProvider: "FARGATE_SPOT", base: "1" }), says: /2 of its providers have a base/ },
    "the default of a cluster": {
      given: (stack) =>
        stack.add("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "main", {
          defaultCapacityProviderStrategies: [FARGATE, { capacityProvider: "others" }],
        }),
      says: /it mixes/,
    },
  },
  absent: { "without a strategy": { given: (stack) => stack.add(SERVICE, "orders"), says: "nothing" } },
  unknown: {
    "while a provider is not known": strategy(FARGATE, { capacityProvider: UNKNOWN }),
    "while one of two providers is not known": mixed({ capacityProvider: UNKNOWN }),
    "while one of two bases is not known": strategy(FARGATE, { capacityProvider: "FARGATE_SPOT", base: UNKNOWN }),
    "while the strategy is not known": (stack) => stack.add(SERVICE, "orders", { capacityProviderStrategies: UNKNOWN }),
  },
  mutations: {
    "a service runs on Fargate and on instances": (stack) => {
      const service = stack.one(SERVICE, "recommendations");
      const own = service.inputs["capacityProviderStrategies"];
      stack.set(service, "capacityProviderStrategies", [...(Array.isArray(own) ? own : []), { capacityProvider: "FARGATE", weight: 1 }]);
    },
  },
};
