import { fargateSizeFor } from "../../facts/fargate-sizes";
import { type Instrumentation, type Sidecar } from "../visibility/telemetry";
import { type TaskContainer, type TaskDefinitionSpec } from "./ecs-task-definition";
import { type TaskCapacity } from "./task-capacity";

/** Sidecars as containers of a task. */
export function sidecarContainers(sidecars: readonly Sidecar[]): TaskContainer[] {
  return sidecars.map(({ name, image, command, writable, variables, secrets }) => ({
    name,
    image,
    command,
    writable,
    variables,
    secrets,
    essential: false,
  }));
}

const INSTRUMENTATION = "instrumentation";

/** A service's container with its agent: a container before it copies the agent's files into a volume that both have. */
export function instrumented(
  container: TaskContainer,
  instrumentation: Instrumentation | undefined,
): { readonly containers: readonly TaskContainer[]; readonly volumes: NonNullable<TaskDefinitionSpec["volumes"]> } {
  if (!instrumentation) return { containers: [container], volumes: [] };
  const { image, from, path } = instrumentation;
  const mount = (readOnly: boolean) => ({ volume: INSTRUMENTATION, path, readOnly });
  const copy: TaskContainer = {
    name: INSTRUMENTATION,
    image,
    entryPoint: ["cp"],
    command: ["-r", `${from}/.`, path],
    mounts: [mount(false)],
    writable: [],
    variables: {},
    essential: false,
  };
  const started = { ...container, mounts: [mount(true)], after: { [INSTRUMENTATION]: "SUCCESS" as const } };
  return { containers: [started, copy], volumes: [{ name: INSTRUMENTATION }] };
}

/**
 * A task's size with its sidecars. On Fargate memory is added and CPU is not: a task's CPU is one pool that its containers share, and the next
 * size would double the price of a small task for a collector that is idle most of the time. Memory cannot be shared that way.
 */
export function sizeWithSidecars(
  { cpu, memory }: { readonly cpu: number; readonly memory: number },
  sidecars: readonly Sidecar[],
  compatibility: TaskCapacity["compatibility"],
): { readonly cpu: number; readonly memory: number } {
  if (sidecars.length === 0) return { cpu, memory };
  const whole = sidecars.reduce((sum, { size }) => sum + size.memory, memory);
  return compatibility === "FARGATE"
    ? fargateSizeFor(cpu, whole)
    : { cpu: sidecars.reduce((sum, { size }) => sum + size.cpu, cpu), memory: whole };
}
