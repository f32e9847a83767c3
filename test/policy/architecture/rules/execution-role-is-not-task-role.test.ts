import assert from "node:assert/strict";
import { executionRoleIsNotTaskRole as rule } from "../../../../policy/architecture/rules/execution-role-is-not-task-role";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { arn, type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

function verdict(roles: (stack: TestStack) => Inputs, known = true): string {
  const stack = new TestStack(known);
  const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", roles(stack));
  return verdictOn(rule, task, stack.resources);
}

const two = (stack: TestStack): Inputs => ({
  executionRoleArn: arn(stack.add("aws:iam/role:Role", "execution")),
  taskRoleArn: arn(stack.add("aws:iam/role:Role", "task")),
});
const one = (stack: TestStack): Inputs => {
  const role = stack.add("aws:iam/role:Role", "both");
  return { executionRoleArn: arn(role), taskRoleArn: arn(role) };
};

describe("execution role ≠ task role", () => {
  for (const known of [true, false]) {
    it(`passes on two roles and fails on one, their ARNs ${known ? "known" : "not known yet"}`, () => {
      assert.equal(verdict(two, known), "pass");
      assert.equal(verdict(one, known), "fail: executionRoleArn and taskRoleArn of orders are the same role");
    });
  }

  it("fails on one role outside the stack", () => {
    const role = "arn:aws:iam::111122223333:role/both";
    assert.match(
      verdict(() => ({ executionRoleArn: role, taskRoleArn: role })),
      /^fail/,
    );
  });

  it("passes where one of the roles is absent: there is nothing to share", () => {
    assert.equal(
      verdict(() => ({})),
      "pass",
    );
    assert.equal(
      verdict(() => ({ executionRoleArn: "arn:aws:iam::111122223333:role/both" })),
      "pass",
    );
  });

  it("is not evaluated on an unknown ARN that comes from nowhere", () => {
    assert.equal(
      verdict(() => ({ executionRoleArn: UNKNOWN, taskRoleArn: "arn:aws:iam::111122223333:role/task" })),
      "not evaluated: executionRoleArn is not known yet",
    );
  });
});
