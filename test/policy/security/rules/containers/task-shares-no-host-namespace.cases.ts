import { taskSharesNoHostNamespace as rule } from "../../../../../policy/security/rules/containers/task-shares-no-host-namespace";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TYPE = "aws:ecs/taskDefinition:TaskDefinition";

function task(inputs: Inputs): Given {
  return (stack) => stack.add(TYPE, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when its containers share among themselves": task({ pidMode: "task", ipcMode: "task" }),
    "with a reason": task({ pidMode: "host", tags: { "strata:because": "it watches its host" } }),
  },
  fail: {
    "with the processes of its host": { given: task({ pidMode: "host" }), says: /orders shares what is its host's: pidMode is host/ },
    "with the memory of its host": { given: task({ ipcMode: "host" }), says: /ipcMode is host/ },
    "also while its tags are known not to give a reason": { given: task({ pidMode: "host", tags: { owner: "shop" } }), says: /pidMode/ },
  },
  absent: { "which shares nothing": { given: task({}), says: "pass" } },
  unknown: {
    "while a mode is not known": task({ pidMode: UNKNOWN }),
    "while it is not known whether it gives a reason": task({ pidMode: "host", tags: UNKNOWN }),
  },
  mutations: {
    "a service sees the processes of its host": (stack) => stack.set(stack.one(TYPE, "recommendations"), "pidMode", "host"),
    "a service shares the memory of its host": (stack) => stack.set(stack.one(TYPE, "recommendations"), "ipcMode", "host"),
  },
};
