import { scalingBoundsHoldTheDesiredNumber as rule } from "../../../../../policy/preflight/rules/kubernetes/scaling-bounds-hold-the-desired-number";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const GROUP = "aws:autoscaling/group:Group";
const TARGET = "aws:appautoscaling/target:Target";
const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "workers", inputs);
}

function nodes(scalingConfig: Inputs): Given {
  return of("aws:eks/nodeGroup:NodeGroup", { scalingConfig });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "in order": nodes({ minSize: 1, desiredSize: 2, maxSize: 3 }),
    "as texts": of(GROUP, { minSize: "0", maxSize: "10", desiredCapacity: "10" }),
    "of pods": of(HPA, { spec: { minReplicas: 2, maxReplicas: 2 } }),
  },
  fail: {
    "with more than the most": {
      given: nodes({ minSize: 1, desiredSize: 4, maxSize: 3 }),
      says: /bounds of workers are refused: .*desiredSize 4 is above scalingConfig\.maxSize 3/,
    },
    "with fewer than the least, whatever the most is": {
      given: of(GROUP, { minSize: 2, desiredCapacity: 1, maxSize: UNKNOWN }),
      says: /desiredCapacity 1 is below minSize 2/,
    },
    "with a least above the most": { given: of(TARGET, { minCapacity: 5, maxCapacity: 4 }), says: /minCapacity 5 is above maxCapacity 4/ },
    "of no node at all": { given: nodes({ minSize: 0, desiredSize: 0, maxSize: 0 }), says: /maxSize is 0/ },
  },
  absent: {
    "of the least of pods, which is 1": { given: of(HPA, { spec: { maxReplicas: 0 } }), says: /spec\.maxReplicas is 0/ },
    "of the desired number": { given: of(GROUP, { minSize: 0, maxSize: 10 }), says: "pass" },
  },
  unknown: { "while the most is not known": of(TARGET, { minCapacity: 1, maxCapacity: UNKNOWN }) },
  mutations: {
    "a service scales to fewer than its fewest": (stack) => stack.set(stack.one(TARGET, "orders"), "maxCapacity", 1),
    "pods scale to fewer than their fewest": (stack) => stack.set(stack.one(HPA), ["spec", "maxReplicas"], 2),
  },
};
