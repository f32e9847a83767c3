import { serviceHasLogs as rule } from "../../../../policy/architecture/rules/service-has-logs";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { id } from "../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const FUNCTION = "aws:lambda/function:Function";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";

function task(containers: Json): Given {
  return (stack) =>
    stack.add(TASK, "orders", { containerDefinitions: typeof containers === "string" ? containers : JSON.stringify(containers) });
}

const logged = { name: "app", logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/orders" } } };

export const cases: RuleCases = {
  rule,
  pass: {
    "when each container has a log driver": task([logged, { name: "router", logConfiguration: { logDriver: "awsfirelens" } }]),
    "when a function names a log group of the stack": {
      known: false,
      given: (stack) => stack.add(FUNCTION, "orders", { loggingConfig: { logFormat: "JSON", logGroup: id(stack.add(GROUP, "orders")) } }),
    },
  },
  fail: {
    "when a container sends its logs nowhere": {
      given: task([logged, { name: "sidecar" }]),
      says: /container sidecar sends its logs nowhere/,
    },
    "when a function has no log group": {
      given: (stack) => stack.add(FUNCTION, "orders", { name: "orders" }),
      says: /function orders has no log group in the stack/,
    },
  },
  absent: { "of a log driver: nothing is kept": { given: task([{ name: "app" }]), says: /container app sends its logs nowhere/ } },
  unknown: {
    "while the containers are not known": task(UNKNOWN),
    "while the log group of a function is not known": (stack) => stack.add(FUNCTION, "orders", { loggingConfig: UNKNOWN }),
  },
  mutations: {
    "the logs of a container go to a driver that drops them": {
      change: (stack) =>
        stack.edit(stack.one(TASK, "orders"), "containerDefinitions", (containers) =>
          (containers as { [key: string]: Json }[]).map((container) => ({ ...container, logConfiguration: { logDriver: "none" } })),
        ),
      also: ["workload-has-log-route"],
    },
    "a function writes to a group that is not of the stack": (stack) =>
      stack.set(stack.one(FUNCTION, "payments-webhook"), "loggingConfig", undefined),
    "a task of the platform gives a reason for no route, and logs nowhere": (stack) => {
      const task = stack.one(TASK, "netdata");
      stack.set(task, ["tags", "strata:because"], "it carries the logs of the others");
      stack.edit(stack.one(TASK, "netdata"), "containerDefinitions", (containers) =>
        (containers as { [key: string]: Json }[]).map(({ logConfiguration: _, ...container }) => container),
      );
    },
  },
};
