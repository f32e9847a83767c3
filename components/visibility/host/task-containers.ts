import { type TaskContainer } from "../../compute/ecs-task-definition";
import { afterPrepare, type TaskFiles } from "./ecs-files";
import { healthProbe, PROBE_MEMORY } from "./health-probe";
import { type HostedProgram } from "./host";

/** Volume of the task that is the program's storage. */
export const STORAGE = "storage";

/** CPU units of so many thousandths of a vCPU. */
export function cpuUnits(milli: number): number {
  return Math.ceil(milli * 1.024);
}

/** CPU units and MiB of a task of a program: what its containers ask for, and what asks after them. */
export function taskSize({ containers }: HostedProgram): { readonly cpu: number; readonly memory: number } {
  const probed = containers.some(({ health }) => health) ? PROBE_MEMORY : 0;
  return {
    cpu: cpuUnits(containers.reduce((sum, { cpu }) => sum + cpu, 0)),
    memory: containers.reduce((sum, { memoryMib }) => sum + memoryMib, probed),
  };
}

/** The containers of a program's tasks: its own, one that asks after them, and one that prepares their files and ends before they start. */
export function taskContainers({ containers, user, storage }: HostedProgram, files: TaskFiles): TaskContainer[] {
  const kept = storage ? [{ volume: STORAGE, path: storage.path, readOnly: false }] : [];
  return [
    ...containers.map(({ name, image, command, args, environment = {}, ports = [], cpu, memoryMib }): TaskContainer => ({
      name,
      image,
      entryPoint: command,
      command: args,
      ports,
      user: `${user}:${user}`,
      cpu: cpuUnits(cpu),
      memory: memoryMib,
      writable: [],
      variables: environment,
      mounts: [...files.mounts(name), ...kept],
      ...afterPrepare(files),
    })),
    ...healthProbe(containers.flatMap(({ health }) => (health ? [health] : []))),
    ...(files.prepare ? [files.prepare] : []),
  ];
}
