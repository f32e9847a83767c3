import { serviceHasLaunchTypeOrStrategy as rule } from "../../../../../policy/preflight/rules/containers/service-has-launch-type-or-strategy";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const SERVICE = "aws:ecs/service:Service";
const STRATEGY = [{ capacityProvider: "FARGATE", weight: 1 }];

function service(inputs: Inputs): Given {
  return (stack) => stack.add(SERVICE, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "a strategy": service({ capacityProviderStrategies: STRATEGY }),
    "a launch type and an empty list": service({ launchType: "FARGATE", capacityProviderStrategies: [] }),
  },
  fail: {
    both: { given: service({ launchType: "FARGATE", capacityProviderStrategies: STRATEGY }), says: /orders: it has both launchType and/ },
    "both, with a provider that is not made yet": {
      given: service({ launchType: "EC2", capacityProviderStrategies: [{ capacityProvider: UNKNOWN }] }),
      says: /it has both/,
    },
  },
  absent: { "with neither, which leaves it to the cluster": { given: service({}), says: "pass" } },
  unknown: {
    "while the strategy is not known": service({ launchType: "FARGATE", capacityProviderStrategies: UNKNOWN }),
    "while the launch type is not known": service({ launchType: UNKNOWN, capacityProviderStrategies: STRATEGY }),
  },
  mutations: { "a service has a launch type besides": (stack) => stack.set(stack.one(SERVICE, "orders"), "launchType", "FARGATE") },
};
