import { fargateTaskSizeIsValid as rule } from "../../../../../policy/preflight/rules/containers/fargate-task-size-is-valid";
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
  pass: {
    "256 with 512": task({ cpu: "256", memory: "512" }),
    numbers: task({ cpu: 1024, memory: 3072 }),
    units: task({ cpu: ".5 vCPU", memory: "1 GB" }),
    "16 vCPU with 32 GB": task({ cpu: "16 vcpu", memory: "32GB" }),
  },
  fail: {
    "256 with 4096": { given: task({ cpu: "256", memory: "4096" }), says: /size of orders: cpu 256 with memory 4096; nearest is cpu 256/ },
    "a CPU that there is not": { given: task({ cpu: "300", memory: UNKNOWN }), says: /cpu is 300/ },
    "a memory that there is not": { given: task({ cpu: UNKNOWN, memory: "1000" }), says: /memory is 1000/ },
    "a text that is no amount": { given: task({ cpu: "half", memory: "512" }), says: /cpu is "half"/ },
  },
  absent: {
    "of the memory, which Fargate must be told": { given: task({ cpu: "256" }), says: /it has no memory/ },
    "of what it is for, which is instances": { given: task({ requiresCompatibilities: null, cpu: "300" }), says: "nothing" },
  },
  unknown: {
    "while the CPU is not known": task({ cpu: UNKNOWN, memory: "512" }),
    "while it is not known whether it is for Fargate": task({ requiresCompatibilities: UNKNOWN, cpu: "256", memory: "512" }),
  },
  mutations: {
    "a task has a memory that no size has": (stack) => stack.set(stack.one(TASK, "orders"), "memory", "1000"),
    "a task has a memory of another size": {
      change: (stack) => stack.set(stack.one(TASK, "orders"), "memory", "8192"),
      also: ["copies-fit-demand"],
    },
  },
};
