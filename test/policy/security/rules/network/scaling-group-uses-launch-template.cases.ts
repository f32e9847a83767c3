import { scalingGroupUsesLaunchTemplate as rule } from "../../../../../policy/security/rules/network/scaling-group-uses-launch-template";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TYPE = "aws:autoscaling/group:Group";

function group(inputs: Inputs): Given {
  return (stack) => stack.add(TYPE, "workers", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a launch template": group({ launchTemplate: { id: "lt-1" } }),
    "with several instance types": group({ mixedInstancesPolicy: { launchTemplate: UNKNOWN } }),
  },
  fail: {
    "with a launch configuration": { given: group({ launchConfiguration: "workers" }), says: /workers uses no launch template/ },
    "with one that is not made yet": { given: group({ launchConfiguration: UNKNOWN }), says: /it has a launchConfiguration/ },
  },
  absent: { "of the launch configuration, without which AWS takes only a template": { given: group({}), says: "pass" } },
  unknown: "A property that is there is wrong whatever it turns out to be, and one that is not there is right.",
  mutations: {
    "the instances of the cluster come from a launch configuration": (stack) => {
      const group = stack.one(TYPE);
      const { mixedInstancesPolicy: _, ...others } = group.propertyDependencies;
      stack.set(group, "mixedInstancesPolicy", undefined);
      stack.set(group, "launchConfiguration", "containers");
      stack.replace(stack.one(TYPE), { propertyDependencies: others });
    },
  },
};
