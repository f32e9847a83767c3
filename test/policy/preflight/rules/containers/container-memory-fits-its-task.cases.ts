import { containerMemoryFitsItsTask as rule } from "../../../../../policy/preflight/rules/containers/container-memory-fits-its-task";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

function task(inputs: Inputs, ...containers: readonly object[]): Given {
  return (stack) => stack.add(TASK, "orders", { containerDefinitions: JSON.stringify(containers), ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with containers that share their task": task({ memory: "1024" }, { name: "app", memory: 768 }, { name: "helper", memory: 256 }),
    "with limits above what is reserved": task(
      { memory: "1 GB" },
      { name: "app", memory: 1024, memoryReservation: 512 },
      { name: "helper", memory: 512 },
    ),
    "with memory of its containers only": task({}, { name: "app", memoryReservation: 512 }),
  },
  fail: {
    "with more than its task has": {
      given: task({ memory: "1024" }, { name: "app", memory: 2048 }),
      says: /container app may take 2048 MiB, the task has 1024/,
    },
    "with more together than its task has": {
      given: task({ memory: "1024" }, { name: "app", memory: 768 }, { name: "helper", memory: 512 }),
      says: /its containers reserve 1280 MiB, the task has 1024/,
    },
    "with more reserved than its limit": {
      given: task({ memory: UNKNOWN }, { name: "app", memory: 256, memoryReservation: 512 }),
      says: /reserves 512 MiB, its limit is 256/,
    },
  },
  absent: {
    "of containers that are not known yet": {
      given: (stack) => stack.add(TASK, "orders", { containerDefinitions: UNKNOWN }),
      says: "nothing",
    },
    "of any memory": {
      given: task({}, { name: "app", memory: 512 }, { name: "helper" }),
      says: /neither container helper nor the task has memory/,
    },
    "of the containers' memory, which is then that of the task": { given: task({ memory: "1024" }, { name: "app" }), says: "pass" },
  },
  unknown: {
    "while the task's memory is not known": task({ memory: UNKNOWN }, { name: "app", memory: 512 }),
  },
  silentWhileUnknown: {
    containerDefinitions: "the containers of nearly every task name an image, a log group or a secret that is not made yet",
  },
  mutations: {
    "a container reserves more than its task has": (stack) =>
      stack.edit(stack.one(TASK, "orders"), "containerDefinitions", (found) =>
        Array.isArray(found) ? found.map((container) => ({ ...(container as object), memoryReservation: 512 })) : found,
      ),
  },
};
