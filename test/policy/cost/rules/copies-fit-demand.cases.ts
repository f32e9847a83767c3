import { copiesFitDemand as rule } from "../../../../policy/cost/rules/copies-fit-demand";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { arn, type Input, type Inputs } from "../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
/** At the peak three requests are in service, each keeping 0.2 vCPU busy: 0.6 vCPU, and 1 vCPU with its headroom. */
const DEMAND: Inputs = { average: 4, peak: 30, duration: 100, cpu: 0.2, memory: 512 };

function task(size: Inputs, copies: Input = 2, declared: Inputs = { demand: DEMAND }): Given {
  return (stack) => {
    const owner = stack.add("strata:service:Service", "orders", declared);
    const made = stack.add(TASK, "orders", size, owner);
    return stack.add("aws:ecs/service:Service", "orders", { taskDefinition: arn(made), desiredCount: copies }, owner);
  };
}

function pods(requests: Input, replicas: Input = 2): Given {
  return (stack) => {
    const owner = stack.add("strata:service:Service", "orders", { demand: DEMAND });
    const containers = [{ name: "orders", resources: { requests } }];
    return stack.add("kubernetes:apps/v1:Deployment", "orders", { spec: { replicas, template: { spec: { containers } } } }, owner);
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with what it needs": task({ cpu: "512", memory: "1024" }),
    "with the least there is, however little it needs": task({ cpu: "256", memory: "512" }, 20),
    "with the memory that its CPU brings": task({ cpu: "1024", memory: "2048" }),
    "with tasks that are not made yet": { given: task({ cpu: "512", memory: "1024" }), known: false },
    "with pods of what they need": pods({ cpu: "500m", memory: "512Mi" }),
    "with more than that, where the settings allow it": { given: task({ cpu: "4096", memory: "8192" }), config: { factor: 10 } },
  },
  fail: {
    "with eight times the CPU": {
      given: task({ cpu: "4096", memory: "8192" }),
      says: /each copy of orders has 4 vCPU, and needs 0.5 of each of its 2 at the peak/,
    },
    "with many times the memory": { given: task({ cpu: "512", memory: "4096" }), says: /4096 MiB, and needs 1000/ },
    "with pods of many times the CPU": { given: pods({ cpu: "4", memory: "512Mi" }), says: /4 vCPU/ },
    "with many copies of a size for few": {
      given: task({ cpu: "1024", memory: "2048" }, 8),
      says: /1 vCPU, and needs 0.25 of each of its 8/,
    },
  },
  absent: {
    "where the service declares no demand": { given: task({ cpu: "4096", memory: "8192" }, 2, {}), says: "nothing" },
    "where a request may keep a whole vCPU busy": {
      given: task({ cpu: "4096", memory: "8192" }, 2, { demand: { average: 4, peak: 30, duration: 100, memory: 512 } }),
      says: "pass",
    },
    "with no copies while nothing is to do": { given: task({ cpu: "4096", memory: "8192" }, 0), says: "nothing" },
    "with tasks that share their instance": { given: task({}), says: "nothing" },
    "with pods that ask for nothing": { given: pods({}), says: "nothing" },
  },
  unknown: {
    "while the demand is not known": task({ cpu: "512", memory: "1024" }, 2, { demand: UNKNOWN }),
    "while the number of tasks is not known": task({ cpu: "512", memory: "1024" }, UNKNOWN),
    "while their size is not known": task({ cpu: UNKNOWN, memory: "1024" }),
    "while what pods ask for is not known": pods(UNKNOWN),
  },
  mutations: {
    "a service has the size of a large one": (stack) => {
      const found = stack.one(TASK, "billing");
      stack.set(found, "cpu", "4096");
      stack.set(stack.one(TASK, "billing"), "memory", "8192");
    },
  },
};
