import { type Container, containerName, containersOf } from "../containers";
import { notKnown } from "../expect";
import { type Finding, judge } from "../finding";
import { elements, type Json, read, type Reading, type Resource, text, type Tri } from "../resource";
import type { Verdict } from "../rule";

const CPU_PER_VCPU = 1_024;
const MIB_PER_GIB = 1_024;

/** True when a task definition asks to be checked for Fargate. Default: it does not, and is checked for EC2 only. */
export function runsOnFargate(task: Resource): Tri {
  const asked = elements(read(task, "requiresCompatibilities"));
  if (asked.some((one) => text(one) === "FARGATE")) return true;
  return asked.some(({ state }) => state === "unknown") ? undefined : false;
}

/**
 * The verdict on the containers of a task by itself. There is none while they are not known: all of them are one text, and in the first preview of a stack
 * nearly every one names an image, a log group or a secret that is not made yet.
 */
export function containersVerdict(
  task: Resource,
  fault: string,
  find: (containers: readonly Container[]) => readonly Finding[],
): readonly Verdict[] {
  return containersOf(task).state === "unknown" ? [] : [judge(task, fault, inContainers(task, find))];
}

/** What is found in the containers of a task; where they can't be read, that this is not known. */
export function inContainers(task: Resource, find: (containers: readonly Container[]) => readonly Finding[]): readonly Finding[] {
  const property = "containerDefinitions";
  const containers = containersOf(task);
  if (containers.state === "known") return find(containers.value);
  if (containers.state === "unknown") return [notKnown(property)];
  const what = containers.state === "absent" ? "it has no containerDefinitions" : `containerDefinitions can't be read: ${containers.why}`;
  return [{ what, property, unknown: true }];
}

/** The same, one container after the other: what is found in each, as the end of a sentence. */
export function inEachContainer(task: Resource, findings: (container: Container, name: string) => readonly string[]): readonly Finding[] {
  return inContainers(task, (containers) =>
    containers.flatMap((container, index) =>
      findings(container, `container ${containerName(container, index)}`).map((what) => ({ what, property: "containerDefinitions" })),
    ),
  );
}

/** CPU units of a task, as `256` or `.25 vCPU`; undefined for what is no such amount. */
export function cpuUnits(reading: Reading): number | undefined {
  return amount(reading, /^\s*(\d*\.?\d+)\s*(vcpu)?\s*$/i, CPU_PER_VCPU);
}

/** MiB of a task, as `512` or `0.5 GB`; undefined for what is no such amount. */
export function memoryMib(reading: Reading): number | undefined {
  return amount(reading, /^\s*(\d*\.?\d+)\s*(gb)?\s*$/i, MIB_PER_GIB);
}

/** A number in a container definition, also when it is carried as text; undefined when there is none. */
export function numberIn(value: Json | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}

function amount(reading: Reading, pattern: RegExp, unit: number): number | undefined {
  if (reading.state !== "known") return undefined;
  if (typeof reading.value === "number") return reading.value;
  const match = typeof reading.value === "string" ? pattern.exec(reading.value) : null;
  return match === null ? undefined : Number(match[1]) * (match[2] === undefined ? 1 : unit);
}
