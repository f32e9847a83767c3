import { taskHasAnEssentialContainer as rule } from "../../../../../policy/preflight/rules/containers/task-has-an-essential-container";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

function task(inputs: Inputs): Given {
  return (stack) => stack.add(TASK, "orders", inputs);
}

function containers(...given: readonly object[]): Given {
  return task({ containerDefinitions: JSON.stringify(given) });
}

export const cases: RuleCases = {
  rule,
  pass: { "one of two": containers({ name: "app", essential: true }, { name: "helper", essential: false }) },
  fail: {
    "none of two": {
      given: containers({ name: "app", essential: false }, { name: "helper", essential: "false" }),
      says: /none of its containers is essential/,
    },
    "no container": { given: containers(), says: /it has no container/ },
    "a text that is not JSON": { given: task({ containerDefinitions: "[{" }), says: /can't be read/ },
  },
  absent: {
    "of containers that are not known yet": {
      given: (stack) => stack.add(TASK, "orders", { containerDefinitions: UNKNOWN }),
      says: "nothing",
    },
    "of the setting, which makes a container essential": { given: containers({ name: "app" }), says: "pass" },
    "of the containers": { given: task({}), says: /it has no containerDefinitions/ },
  },
  unknown: "the containers of a task are one text, and while that is not known the rule says nothing",
  silentWhileUnknown: {
    containerDefinitions: "the containers of nearly every task name an image, a log group or a secret that is not made yet",
  },
  mutations: {
    "no container of a task is essential": (stack) =>
      stack.edit(stack.one(TASK, "orders"), "containerDefinitions", (found) =>
        Array.isArray(found) ? found.map((container) => ({ ...(container as object), essential: false })) : found,
      ),
  },
};
