import { fargateTaskHasItsOwnNetwork as rule } from "../../../../../policy/preflight/rules/containers/fargate-task-has-its-own-network";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const FARGATE = { requiresCompatibilities: ["FARGATE"] };

function task(inputs: Inputs): Given {
  return (stack) => stack.add(TASK, "orders", { ...FARGATE, ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: { "with awsvpc": task({ networkMode: "awsvpc" }) },
  fail: { "with host": { given: task({ networkMode: "host" }), says: /Fargate refuses orders: networkMode is not awsvpc/ } },
  absent: {
    "of the mode, which is bridge": { given: task({}), says: /not awsvpc/ },
    "of what it is for, which is instances": { given: task({ requiresCompatibilities: [] }), says: "nothing" },
  },
  unknown: {
    "while the mode is not known": task({ networkMode: UNKNOWN }),
    "while it is not known whether it is for Fargate": task({ requiresCompatibilities: UNKNOWN, networkMode: "bridge" }),
  },
  mutations: {
    "a job on Fargate has no interface of its own": (stack) => stack.set(stack.one(TASK, "nightly-reports"), "networkMode", "bridge"),
  },
};
