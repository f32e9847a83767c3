import { ECS_LIMITS } from "../../../../facts/limits-ecs";
import { TASK_DEFINITION } from "../../../lib/containers";
import { containersVerdict } from "../../../lib/ecs/tasks";
import { resourceRule } from "../../../lib/rule";

const MOST = ECS_LIMITS.containersPerTask.value;

export const taskHasAtMostTenContainers = resourceRule({
  id: "task-has-at-most-ten-containers",
  title: "No task definition has more containers than ECS takes",
  severity: "medium",
  why: "AWS refuses a task definition of more than ten containers, and raises that for nobody.",
  fix: "Move containers out of containerDefinitions into a service of their own, or bring helpers together in one.",
  links: [ECS_LIMITS.containersPerTask.source],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) =>
    containersVerdict(task, `AWS refuses ${task.name}`, ({ length }) =>
      length > MOST ? [{ what: `it has ${length} containers, of at most ${MOST}`, property: "containerDefinitions" }] : [],
    ),
});
