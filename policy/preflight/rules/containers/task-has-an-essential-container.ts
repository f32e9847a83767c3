import { type Containers, containersOf, TASK_DEFINITION } from "../../../lib/containers";
import { type Finding, judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

/** Nothing is said of containers that are not known yet, as in the first preview of nearly every task. A container that does not say whether it is essential is: the default of ECS. */
export const taskHasAnEssentialContainer = resourceRule({
  id: "task-has-an-essential-container",
  title: "A task definition has a container that is essential",
  severity: "high",
  why: "AWS refuses a task definition without containers, with text that is none, or with containers none of which ends the task when it ends.",
  fix: "Set containerDefinitions to a JSON list with at least one container that does not set essential to false.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) => {
    const containers = containersOf(task);
    return containers.state === "unknown" ? [] : [judge(task, `AWS refuses ${task.name}`, essentialFindings(containers))];
  },
});

function essentialFindings(containers: Exclude<Containers, { readonly state: "unknown" }>): Finding[] {
  const property = "containerDefinitions";
  if (containers.state === "absent") return [{ what: "it has no containerDefinitions", property }];
  if (containers.state === "invalid") return [{ what: `containerDefinitions can't be read: ${containers.why}`, property }];
  if (containers.value.some(({ essential }) => essential !== false && essential !== "false")) return [];
  return [{ what: containers.value.length === 0 ? "it has no container" : "none of its containers is essential", property }];
}
