import { balancerHasDeletionProtection as rule } from "../../../../../policy/security/rules/network/balancer-has-deletion-protection";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";

function balancer(inputs: Inputs, platform?: Inputs): Given {
  return (stack) => {
    const parent = platform && stack.add("strata:stacks:Platform", "platform", platform);
    return stack.add(TYPE, "public", inputs, parent);
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it is protected": balancer({ enableDeletionProtection: true }),
    "when it is protected, whether or not it is durable": balancer({ enableDeletionProtection: true }, { durable: UNKNOWN }),
  },
  fail: {
    "when it is not protected": { given: balancer({ enableDeletionProtection: false }), says: /public can be deleted by a mistake/ },
    "in a durable environment": { given: balancer({}, { durable: true }), config: { durable: false }, says: /is off/ },
  },
  absent: {
    "which is off": { given: balancer({}), says: /enableDeletionProtection is off/ },
    "with nothing to say in an environment that is not durable": { given: balancer({}, { durable: false }), says: "nothing" },
    "with nothing to say in an environment that is taken down": {
      given: balancer({}, { durable: true, decommissioning: true }),
      says: "nothing",
    },
    "with nothing to say when its settings call a foreign stack not durable": {
      given: balancer({}),
      config: { durable: false },
      says: "nothing",
    },
  },
  unknown: {
    "while the flag is not known": balancer({ enableDeletionProtection: UNKNOWN }),
    "while it is not known whether it is durable": balancer({}, { durable: UNKNOWN }),
    "while it is not known whether the environment is taken down": balancer({}, { durable: true, decommissioning: UNKNOWN }),
  },
  mutations: {
    "the public load balancer loses its protection": (stack) => stack.set(stack.one(TYPE, "public"), "enableDeletionProtection", false),
    "so does one of a service": (stack) => stack.set(stack.one(TYPE, "chat-gateway"), "enableDeletionProtection", undefined),
  },
};
