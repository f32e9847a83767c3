import { awslogsOptionsAreAccepted as rule } from "../../../../../policy/preflight/rules/containers/awslogs-options-are-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const FARGATE = { requiresCompatibilities: ["FARGATE"] };

const COMPLETE = { "awslogs-group": "/orders", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "orders" };

function task(options: object, inputs: Inputs = FARGATE, logDriver = "awslogs"): Given {
  const containerDefinitions = JSON.stringify([{ name: "app", logConfiguration: { logDriver, options } }]);
  return (stack) => stack.add(TASK, "orders", { containerDefinitions, ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with all three": task(COMPLETE),
    "without a prefix on instances": task({ ...COMPLETE, "awslogs-stream-prefix": undefined }, {}),
    "of another driver": task({}, FARGATE, "fluentd"),
  },
  fail: {
    "without a prefix on Fargate": {
      given: task({ ...COMPLETE, "awslogs-stream-prefix": undefined }),
      says: /container app has no awslogs-stream-prefix/,
    },
    "not to make its group": {
      given: task({ ...COMPLETE, "awslogs-create-group": "false" }),
      says: /container app has the awslogs-create-group "false"/,
    },
    "without a region": { given: task({ ...COMPLETE, "awslogs-region": "" }, {}), says: /container app has no awslogs-region/ },
  },
  absent: {
    "of containers that are not known yet": {
      given: (stack) => stack.add(TASK, "orders", { containerDefinitions: UNKNOWN }),
      says: "nothing",
    },
    "of every option": { given: task({}), says: /has no awslogs-group, awslogs-region, awslogs-stream-prefix/ },
    "of a log configuration": {
      given: (stack) => stack.add(TASK, "orders", { containerDefinitions: JSON.stringify([{ name: "app" }]) }),
      says: "pass",
    },
  },
  unknown: {
    "while it is not known whether it is for Fargate": task(
      { ...COMPLETE, "awslogs-stream-prefix": undefined },
      { requiresCompatibilities: UNKNOWN },
    ),
  },
  silentWhileUnknown: {
    containerDefinitions: "the containers of nearly every task name an image, a log group or a secret that is not made yet",
  },
  mutations: {
    "a container has no stream prefix": (stack) =>
      stack.edit(
        stack.one(TASK, "orders"),
        "containerDefinitions",
        (found) => JSON.parse(JSON.stringify(found).replace('"awslogs-stream-prefix":"orders",', "")) as typeof found,
      ),
  },
};
