import { executionRoleIsNotTaskRole as rule } from "../../../../../policy/security/rules/containers/execution-role-is-not-task-role";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const ROLE = "aws:iam/role:Role";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

function task(inputs: Inputs): Given {
  return (stack) => stack.add(TASK, "orders", inputs);
}

/** Two roles of the stack. */
function roles(taskRole: "execution" | "task"): Given {
  return (stack) => {
    const made = { execution: stack.add(ROLE, "execution"), task: stack.add(ROLE, "task") };
    return stack.add(TASK, "orders", { executionRoleArn: arn(made.execution), taskRoleArn: arn(made[taskRole]) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with two roles of the stack": roles("task"),
    "with two roles of the stack that are not made yet": { given: roles("task"), known: false },
    "with two roles from outside": task({ executionRoleArn: "arn:aws:iam::1:role/a", taskRoleArn: "arn:aws:iam::1:role/b" }),
  },
  fail: {
    "with one role as both": { given: roles("execution"), says: /executionRoleArn and taskRoleArn of orders are the same role/ },
    "with one role as both that is not made yet": { given: roles("execution"), known: false, says: /same role/ },
    "with one role from outside as both": {
      given: task({ executionRoleArn: "arn:aws:iam::1:role/a", taskRoleArn: "arn:aws:iam::1:role/a" }),
      says: /same role/,
    },
  },
  absent: {
    "with one of the roles left out: nothing is shared": { given: task({ executionRoleArn: "arn:aws:iam::1:role/a" }), says: "pass" },
  },
  unknown: {
    "while nobody can say which role it is": task({ executionRoleArn: "arn:aws:iam::1:role/a", taskRoleArn: UNKNOWN }),
  },
  mutations: {
    "a task runs with its execution role": (stack) => {
      const changed = stack.one(TASK, "orders");
      const { taskRoleArn: _, ...others } = changed.propertyDependencies;
      stack.set(changed, "taskRoleArn", changed.inputs["executionRoleArn"]);
      stack.replace(changed, { propertyDependencies: { ...others, taskRoleArn: changed.propertyDependencies["executionRoleArn"] ?? [] } });
    },
  },
};
