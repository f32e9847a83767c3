import { serviceHasNoSingleCopy as rule } from "../../../../policy/architecture/rules/service-has-no-single-copy";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs, Ref } from "../../stack";

const SERVICE = "aws:ecs/service:Service";
const TARGET = "aws:appautoscaling/target:Target";

/** An ECS service of a declared one, with its autoscaling or without. */
function tasks(inputs: Inputs, minCapacity?: Inputs[string], critical: Inputs[string] = true): Given {
  return (stack) => {
    const declared = stack.add("strata:service:Service", "orders", { target: "fargate", critical });
    const service = stack.add(SERVICE, "orders", inputs, declared);
    if (minCapacity !== undefined) stack.add(TARGET, "orders", { resourceId: new Ref(service, "name"), minCapacity, maxCapacity: 9 });
    return service;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with two tasks": tasks({ desiredCount: 2 }),
    "with two that its autoscaling keeps": { given: tasks({ desiredCount: 1 }, 2), known: false },
  },
  fail: {
    "with one task": { given: tasks({ desiredCount: 1 }), says: /orders may run as 1 task, by desiredCount; 2 are asked for/ },
    "when its autoscaling goes down to one": { given: tasks({ desiredCount: 3 }, 1), known: false, says: /by minCapacity/ },
  },
  absent: {
    "of desiredCount: none": { given: tasks({}), says: /orders may run as 0 tasks/ },
    "of critical: it is not": { given: tasks({ desiredCount: 1 }, undefined, null), says: "nothing" },
  },
  unknown: {
    "while the number is not known": tasks({ desiredCount: UNKNOWN }),
    "while it is not known whether it is critical": tasks({ desiredCount: 1 }, undefined, UNKNOWN),
  },
  mutations: {
    "the autoscaling of a critical service goes down to one task": (stack) => stack.set(stack.one(TARGET, "orders"), "minCapacity", 1),
  },
};
