import { FARGATE_SIZES, isFargateSize, nearestFargateSizes } from "../../../../facts/fargate-sizes";
import { TASK_DEFINITION } from "../../../lib/containers";
import { cpuUnits, memoryMib, runsOnFargate } from "../../../lib/ecs/tasks";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

export const fargateTaskSizeIsValid = resourceRule({
  id: "fargate-task-size-is-valid",
  title: "A task for Fargate has a pair of CPU and memory that Fargate offers",
  severity: "high",
  why: "Fargate offers memory in steps that differ for each CPU; AWS refuses a task definition with another pair, or without one of the two.",
  fix: "Set cpu and memory of the task definition to a pair of the table, such as 256 with 512, 1024 or 2048.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) => {
    const fargate = runsOnFargate(task);
    if (fargate === false) return [];
    const findings = fargate === undefined ? [notKnown("requiresCompatibilities")] : sizeFindings(task);
    return [judge(task, `Fargate has no task of the size of ${task.name}`, findings)];
  },
});

function sizeFindings(task: Resource): Finding[] {
  const [cpu, memory] = [cpuUnits(read(task, "cpu")), memoryMib(read(task, "memory"))];
  const missing = (["cpu", "memory"] as const).flatMap((property): Finding[] => {
    const reading = read(task, property);
    if (reading.state === "unknown") return [notKnown(property)];
    if (reading.state === "absent") return [{ what: `it has no ${property}`, property }];
    const found = property === "cpu" ? cpu : memory;
    return found === undefined ? [{ what: `${property} is ${JSON.stringify(reading.value)}`, property }] : [];
  });
  if (cpu !== undefined && !FARGATE_SIZES.some((size) => size.cpu === cpu)) return [{ what: `cpu is ${cpu}`, property: "cpu" }];
  if (memory !== undefined && !FARGATE_SIZES.some((size) => size.memory === memory))
    return [{ what: `memory is ${memory}`, property: "memory" }];
  if (cpu === undefined || memory === undefined) return missing;
  return isFargateSize(cpu, memory)
    ? []
    : [{ what: `cpu ${cpu} with memory ${memory}; nearest is ${nearestFargateSizes(cpu, memory)}`, property: "memory" }];
}
