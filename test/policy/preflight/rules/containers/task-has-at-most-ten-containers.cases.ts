import { taskHasAtMostTenContainers as rule } from "../../../../../policy/preflight/rules/containers/task-has-at-most-ten-containers";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

function containers(count: number): Given {
  const made = Array.from({ length: count }, (_, index) => ({ name: `container-${index}` }));
  return (stack) => stack.add(TASK, "orders", { containerDefinitions: JSON.stringify(made) });
}

export const cases: RuleCases = {
  rule,
  pass: { "with ten": containers(10) },
  fail: { "with eleven": { given: containers(11), says: /orders: it has 11 containers, of at most 10/ } },
  absent: {
    "of containers that are not known yet": {
      given: (stack) => stack.add(TASK, "orders", { containerDefinitions: UNKNOWN }),
      says: "nothing",
    },
    "with none, which another rule speaks of": { given: containers(0), says: "pass" },
  },
  unknown: {
    "while they can't be read": (stack) => stack.add(TASK, "orders", { containerDefinitions: "{}" }),
  },
  silentWhileUnknown: {
    containerDefinitions: "the containers of nearly every task name an image, a log group or a secret that is not made yet",
  },
  mutations: {
    "a task has its helper nine times more": (stack) =>
      stack.edit(stack.one(TASK, "orders"), "containerDefinitions", (found) => {
        if (!Array.isArray(found)) return found;
        const copies = Array.from({ length: 9 }, (_, index) => ({ ...(found[1] as object), name: `copy-${index}` }));
        return [...found, ...copies];
      }),
  },
};
