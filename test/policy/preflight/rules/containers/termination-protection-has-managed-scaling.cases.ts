import { terminationProtectionHasManagedScaling as rule } from "../../../../../policy/preflight/rules/containers/termination-protection-has-managed-scaling";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, type TestStack } from "../../../stack";

const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const GROUP = "aws:autoscaling/group:Group";
const SCALED = { managedTerminationProtection: "ENABLED", managedScaling: { status: "ENABLED" } };

function provider(settings: Inputs, group: Inputs = { protectFromScaleIn: true }): Given {
  return (stack: TestStack) => {
    const autoScalingGroupArn = arn(stack.add(GROUP, "instances", group));
    return stack.add(PROVIDER, "instances", { autoScalingGroupProvider: { autoScalingGroupArn, ...settings } });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with managed scaling": provider(SCALED),
    "with managed scaling of a group that is not made yet": { given: provider(SCALED), known: false },
    "with managed scaling that does not say whether it is on": provider({ ...SCALED, managedScaling: { targetCapacity: 90 } }),
  },
  fail: {
    "with managed scaling off": {
      given: provider({ ...SCALED, managedScaling: { status: "DISABLED" } }),
      says: /managedScaling\.status is DISABLED/,
    },
    "of a group that does not protect": {
      given: provider(SCALED, { protectFromScaleIn: false }),
      known: false,
      says: /protectFromScaleIn of instances is off/,
    },
  },
  absent: {
    "of managed scaling, which is then off": {
      given: provider({ managedTerminationProtection: "ENABLED" }),
      says: /it has no managedScaling/,
    },
    "of the group's protection, which is then off": { given: provider(SCALED, {}), says: /protectFromScaleIn of instances is off/ },
    "of termination protection": { given: provider({}), says: "nothing" },
  },
  unknown: {
    "while the status is not known": provider({ ...SCALED, managedScaling: { status: UNKNOWN } }),
    "while it is not known whether it asks for it": provider({ managedTerminationProtection: UNKNOWN }),
  },
  mutations: {
    "the group of instances does not protect them": (stack) => stack.set(stack.one(GROUP), "protectFromScaleIn", false),
    "the capacity provider does not scale": (stack) =>
      stack.set(stack.one(PROVIDER), ["autoScalingGroupProvider", "managedScaling", "status"], "DISABLED"),
  },
};
