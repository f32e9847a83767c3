import { workloadHasNoPublicAddress as rule } from "../../../../../policy/security/rules/network/workload-has-no-public-address";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs, TestNetwork } from "../../../stack";

const SERVICE = "aws:ecs/service:Service";

function service(networkConfiguration: Inputs): Given {
  return (stack) => {
    const network = new TestNetwork(stack);
    return network.service("orders", network.group("orders"), 8080, networkConfiguration);
  };
}

export const cases: RuleCases = {
  rule,
  pass: { "without one": service({ assignPublicIp: false }) },
  fail: {
    "when a task gets one": {
      given: service({ assignPublicIp: true }),
      says: /orders-service gets a public address, by networkConfiguration.assignPublicIp/,
    },
    "when a scheduled task does": {
      given: (stack) =>
        stack.add("aws:scheduler/schedule:Schedule", "nightly", {
          target: { ecsParameters: { networkConfiguration: { assignPublicIp: true, subnets: [] } } },
        }),
      says: /nightly gets a public address/,
    },
  },
  absent: { "of assignPublicIp: it gets none": { given: service({}), says: "pass" } },
  unknown: { "while it is not known": service({ assignPublicIp: UNKNOWN }) },
  mutations: {
    "a service on Fargate gets public addresses": (stack) =>
      stack.set(stack.one(SERVICE, "orders"), ["networkConfiguration", "assignPublicIp"], true),
  },
};
