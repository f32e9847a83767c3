import { capacityProviderNameIsFree as rule } from "../../../../../policy/preflight/rules/containers/capacity-provider-name-is-free";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";

function provider(resource: string, inputs: Inputs = {}): Given {
  return (stack) => stack.add(PROVIDER, resource, inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "of its own": provider("ecs-instances", { name: "instances" }) },
  fail: {
    "that begins with ecs": { given: provider("instances", { name: "ecs-instances" }), says: /"ecs-instances" begins with ecs/ },
    "that begins with aws in capitals": { given: provider("instances", { name: "AWSome" }), says: /begins with aws/ },
  },
  absent: {
    "which is then made from its resource's": { given: provider("instances"), says: "pass" },
    "which is then made from its resource's, that begins with fargate": {
      given: provider("fargate-like"),
      says: /its resource's begins with fargate/,
    },
  },
  unknown: { "while it is not known": provider("instances", { name: UNKNOWN }) },
  mutations: {
    "the capacity provider is called as its resource, which is ecs": (stack) =>
      stack.replace(stack.one(PROVIDER), { name: "ecs-containers" }),
  },
};
