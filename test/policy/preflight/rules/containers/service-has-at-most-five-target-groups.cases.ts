import { serviceHasAtMostFiveTargetGroups as rule } from "../../../../../policy/preflight/rules/containers/service-has-at-most-five-target-groups";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";

const SERVICE = "aws:ecs/service:Service";

function groups(count: number): Given {
  const loadBalancers = Array.from({ length: count }, () => ({ targetGroupArn: UNKNOWN, containerName: "app", containerPort: 80 }));
  return (stack) => stack.add(SERVICE, "orders", { loadBalancers });
}

export const cases: RuleCases = {
  rule,
  pass: { "with five that are not made yet": groups(5), "with none": groups(0) },
  fail: { "with six that are not made yet": { given: groups(6), says: /orders: it has 6 target groups, of at most 5/ } },
  absent: { "without a load balancer": { given: (stack) => stack.add(SERVICE, "orders"), says: "nothing" } },
  unknown: { "while the list is not known": (stack) => stack.add(SERVICE, "orders", { loadBalancers: UNKNOWN }) },
  mutations: {
    "a service registers its port six times": (stack) => {
      const service = stack.one(SERVICE, "orders");
      const own = service.inputs["loadBalancers"];
      const [first] = Array.isArray(own) ? own : [];
      stack.set(
        service,
        "loadBalancers",
        Array.from({ length: 6 }, () => first ?? null),
      );
    },
  },
};
