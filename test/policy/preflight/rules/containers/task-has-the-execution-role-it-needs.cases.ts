import { taskHasTheExecutionRoleItNeeds as rule } from "../../../../../policy/preflight/rules/containers/task-has-the-execution-role-it-needs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const FARGATE = { requiresCompatibilities: ["FARGATE"] };

const SECRET = { secrets: [{ name: "PASSWORD", valueFrom: "arn:aws:secretsmanager:x" }] };
const PRIVATE = { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1" };

function task(container: object, inputs: Inputs = FARGATE): Given {
  return (stack) => stack.add(TASK, "orders", { containerDefinitions: JSON.stringify([{ name: "app", ...container }]), ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a role that is not made yet": task(SECRET, { executionRoleArn: UNKNOWN }),
    "with a public image": task({ image: "public.ecr.aws/nginx/nginx:1" }),
    "with logs on instances": task({ logConfiguration: { logDriver: "awslogs" } }, {}),
  },
  fail: {
    "with secrets on instances": { given: task(SECRET, {}), says: /orders has no execution role: container app has secrets/ },
    "with a private image on Fargate": { given: task(PRIVATE), says: /container app runs a private image/ },
    "with a secret for its log driver": {
      given: task({ logConfiguration: { logDriver: "splunk", secretOptions: [{ name: "token" }] } }),
      says: /has secrets/,
    },
  },
  absent: {
    "of the role, with logs on Fargate": { given: task({ logConfiguration: { logDriver: "awslogs" } }), says: /logs to CloudWatch/ },
  },
  unknown: {
    "while its containers are not known": (stack) => stack.add(TASK, "orders", { containerDefinitions: UNKNOWN }),
    "while it is not known whether it is for Fargate": task(PRIVATE, { requiresCompatibilities: UNKNOWN }),
  },
  mutations: { "a task has no execution role": (stack) => stack.set(stack.one(TASK, "orders"), "executionRoleArn", undefined) },
};
