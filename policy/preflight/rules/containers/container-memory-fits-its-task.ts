import { type Container, containerName, TASK_DEFINITION } from "../../../lib/containers";
import { containersVerdict, memoryMib, numberIn } from "../../../lib/ecs/tasks";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Reading, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const property = "containerDefinitions";

/** What a container reserves is its `memoryReservation`, else its `memory`. */
export const containerMemoryFitsItsTask = resourceRule({
  id: "container-memory-fits-its-task",
  title: "The containers of a task have memory, and together no more than the task",
  severity: "high",
  why: "AWS refuses containers that reserve more than their task has or more than their own limit, and containers without memory in a task without any.",
  fix: "Raise memory of the task definition, lower memory or memoryReservation of its containers, or give each container one of the two.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) => containersVerdict(task, `AWS refuses the memory of ${task.name}`, (containers) => memoryFindings(containers, task)),
});

function memoryFindings(containers: readonly Container[], task: Resource): Finding[] {
  const memory = read(task, "memory");
  const own = containers.flatMap((container, index) => containerFindings(container, containerName(container, index), memory));
  if (memory.state === "unknown") return [...own, ...(containers.some(reserves) ? [notKnown("memory")] : [])];
  const available = memoryMib(memory);
  const reserved = containers.reduce((sum, container) => sum + (reservation(container) ?? 0), 0);
  if (available === undefined || reserved <= available) return own;
  return [...own, { what: `its containers reserve ${reserved} MiB, the task has ${available}`, property }];
}

function containerFindings(container: Container, name: string, ofTask: Reading): Finding[] {
  const [limit, soft] = [numberIn(container["memory"]), numberIn(container["memoryReservation"])];
  if (limit === undefined && soft === undefined) {
    if (ofTask.state === "absent") return [{ what: `neither container ${name} nor the task has memory`, property }];
    return ofTask.state === "unknown" ? [notKnown("memory")] : [];
  }
  const findings: Finding[] = [];
  if (limit !== undefined && soft !== undefined && soft > limit)
    findings.push({ what: `container ${name} reserves ${soft} MiB, its limit is ${limit}`, property });
  const available = memoryMib(ofTask);
  if (limit !== undefined && available !== undefined && limit > available)
    findings.push({ what: `container ${name} may take ${limit} MiB, the task has ${available}`, property });
  return findings;
}

function reserves(container: Container): boolean {
  return reservation(container) !== undefined;
}

function reservation(container: Container): number | undefined {
  return numberIn(container["memoryReservation"]) ?? numberIn(container["memory"]);
}
