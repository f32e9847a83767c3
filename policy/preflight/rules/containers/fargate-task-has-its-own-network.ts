import { TASK_DEFINITION } from "../../../lib/containers";
import { runsOnFargate } from "../../../lib/ecs/tasks";
import { notKnown, unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

export const fargateTaskHasItsOwnNetwork = resourceRule({
  id: "fargate-task-has-its-own-network",
  title: "A task for Fargate has the network mode awsvpc",
  severity: "high",
  why: "Each Fargate task has a network interface of its own; AWS refuses a task definition for Fargate with bridge, host, or the default.",
  fix: "Set networkMode of the task definition to awsvpc.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html"],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) => {
    const fargate = runsOnFargate(task);
    if (fargate === false) return [];
    const found = unless(task, "networkMode", { accepts: (mode) => mode === "awsvpc", absent: "wrong", what: "networkMode is not awsvpc" });
    const findings = fargate === undefined && found.length > 0 ? [notKnown("requiresCompatibilities")] : found;
    return [judge(task, `Fargate refuses ${task.name}`, findings)];
  },
});
