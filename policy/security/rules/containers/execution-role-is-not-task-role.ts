import { TASK_DEFINITION } from "../../../lib/containers";
import type { Reference, StackGraph } from "../../../lib/graph";
import type { StackResource } from "../../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../../lib/rule";

const ROLE = "aws:iam/role:Role";

/**
 * A task definition without one of the two roles shares none, so it passes.
 * Looks at the whole stack: before a role exists its ARN is not known, but which role it is already is.
 */
export const executionRoleIsNotTaskRole = stackRule({
  id: "execution-role-is-not-task-role",
  title: "The execution role of a task is not its task role",
  severity: "high",
  why: "The execution role pulls images and reads the secrets of the task for ECS; a container that holds it can read them all, and more than its own.",
  fix: "Make one role for executionRoleArn, with what ECS needs to start the task, and another for taskRoleArn, with what the code needs.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_249" }],
  check: (stack) => stack.ofType(TASK_DEFINITION).map((task) => verdict(task, stack)),
});

function verdict(task: StackResource, stack: StackGraph): Verdict {
  const execution = stack.reference(task, "executionRoleArn", [ROLE]);
  const own = stack.reference(task, "taskRoleArn", [ROLE]);
  if (execution === undefined || own === undefined) return pass(task.urn);
  const [one, other] = [nameOf(execution), nameOf(own)];
  if (one === undefined || other === undefined) {
    const property = one === undefined ? "executionRoleArn" : "taskRoleArn";
    return notEvaluated(task.urn, `${property} is not known yet`, property);
  }
  return one === other
    ? fail(task.urn, `executionRoleArn and taskRoleArn of ${task.name} are the same role`, "taskRoleArn")
    : pass(task.urn);
}

/** What tells one role from another: the resource, or the ARN of one outside the stack. */
function nameOf(reference: Reference): string | undefined {
  if (reference.kind === "unknown") return undefined;
  return reference.kind === "resource" ? reference.resource.urn : reference.id;
}
