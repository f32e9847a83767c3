import { UNKNOWN } from "../../../../../policy/lib/resource";
import { serverlessCapacityIsInRange as rule } from "../../../../../policy/preflight/rules/databases/serverless-capacity-is-in-range";
import { type Given, type RuleCases } from "../../../cases";
import type { Inputs } from "../../../stack";
import { CLUSTER } from "../../given";

function cluster(range: Inputs, inputs: Inputs = {}): Given {
  return (stack) =>
    stack.add(CLUSTER, "orders", {
      engine: "aurora-postgresql",
      serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8, ...range },
      ...inputs,
    });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with steps of a half": cluster({ minCapacity: "0.5", maxCapacity: 7.5 }),
    "that pauses in a version that can": cluster({ minCapacity: 0, secondsUntilAutoPause: 600 }, { engineVersion: "16.3" }),
    "that pauses in a version that is named in part": cluster({ minCapacity: 0 }, { engineVersion: "17" }),
    "of MySQL that pauses": cluster({ minCapacity: 0 }, { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.4" }),
  },
  fail: {
    "with a quarter": { given: cluster({ minCapacity: 0.25 }), says: /0\.25, which is no multiple of 0\.5/ },
    "with more than there is": { given: cluster({ maxCapacity: 512 }), says: /it can be 1 to 256 ACU/ },
    "with a minimum above the maximum": { given: cluster({ minCapacity: 16 }), says: /minCapacity 16 is above maxCapacity 8/ },
    "that pauses above 0": { given: cluster({ secondsUntilAutoPause: 600 }), says: /only from 0 can it pause/ },
    "that pauses too soon": { given: cluster({ minCapacity: 0, secondsUntilAutoPause: 60 }), says: /300 to 86400 seconds/ },
    "that pauses in a version that can't": { given: cluster({ minCapacity: 0 }, { engineVersion: "16.2" }), says: /16\.2 cannot pause/ },
    "of MySQL that pauses in a version that can't": {
      given: cluster({ minCapacity: 0 }, { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.07.1" }),
      says: /cannot pause/,
    },
  },
  absent: { "of a cluster that does not scale": { given: (stack) => stack.add(CLUSTER, "orders", {}), says: "nothing" } },
  unknown: {
    "while nobody knows whether it pauses above 0": cluster({ secondsUntilAutoPause: UNKNOWN }),
    "while the version that pauses is not known": cluster({ minCapacity: 0 }, { engineVersion: UNKNOWN }),
    "while the engine that pauses is not known": cluster({ minCapacity: 0 }, { engine: UNKNOWN, engineVersion: "16.2" }),
    "while an end is not known": cluster({ maxCapacity: UNKNOWN }),
    "while the range is not known": (stack) => stack.add(CLUSTER, "orders", { serverlessv2ScalingConfiguration: UNKNOWN }),
  },
  mutations: {
    "the capacity is no step": (stack) =>
      stack.set(stack.one(CLUSTER, "orders"), ["serverlessv2ScalingConfiguration", "minCapacity"], 2.25),
    "the capacity range is upside down": (stack) =>
      stack.set(stack.one(CLUSTER, "orders"), ["serverlessv2ScalingConfiguration", "maxCapacity"], 1),
  },
};
