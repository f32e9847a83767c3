import { type Container, containerName, TASK_DEFINITION } from "../../../lib/containers";
import { inContainers, runsOnFargate } from "../../../lib/ecs/tasks";
import { type Finding, judge } from "../../../lib/finding";
import { isObject, type Json, read, type Resource, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const PRIVATE_IMAGE = /^\d{12}\.dkr[.-]ecr[.-]/;

/** On instances, CloudWatch Logs and ECR are reached with the role of the instance; secrets are not. */
export const taskHasTheExecutionRoleItNeeds = resourceRule({
  id: "task-has-the-execution-role-it-needs",
  title: "A task that ECS must fetch something for has an execution role",
  severity: "high",
  why: "AWS refuses a task definition with secrets, or one for Fargate with a private image or logs, that names no role to fetch or write them with.",
  fix: "Set executionRoleArn of the task definition to a role that ecs-tasks.amazonaws.com can assume.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html"],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) => {
    const has = read(task, "executionRoleArn").state !== "absent";
    const findings = has
      ? []
      : inContainers(task, (containers) => containers.flatMap((one, index) => needs(one, containerName(one, index), task)));
    return [judge(task, `${task.name} has no execution role`, findings)];
  },
});

function needs(container: Container, name: string, task: Resource): Finding[] {
  const { secrets, repositoryCredentials, logConfiguration: log, image } = container;
  const logs = isObject(log) ? log : {};
  const always = [
    ...(isFilled(secrets) || isFilled(logs["secretOptions"]) ? ["has secrets"] : []),
    ...(isObject(repositoryCredentials) ? ["has repositoryCredentials"] : []),
  ];
  const onFargate = [
    ...(logs["logDriver"] === "awslogs" ? ["logs to CloudWatch"] : []),
    ...(typeof image === "string" && PRIVATE_IMAGE.test(image) ? ["runs a private image"] : []),
  ];
  const fargate: Tri = runsOnFargate(task);
  const property = "executionRoleArn";
  const certain = fargate === true ? [...always, ...onFargate] : always;
  if (certain.length > 0) return [{ what: `container ${name} ${certain.join(" and ")}`, property }];
  if (fargate === undefined && onFargate.length > 0)
    return [{ what: `whether container ${name} runs on Fargate is not known yet`, property, unknown: true }];
  return [];
}

function isFilled(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}
