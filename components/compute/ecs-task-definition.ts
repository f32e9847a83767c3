import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isFargateSize, nearestFargateSizes } from "../../facts/fargate-sizes";
import { ECS_LIMITS } from "../../facts/limits-ecs";
import { ConfigError, type Fault } from "../faults";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { type ServiceLogs } from "../visibility/service-logs";
import { type ExecutionRole } from "./execution-role";
import { type TaskCapacity } from "./task-capacity";

/** One way into a container. */
export interface ContainerPort {
  /** Name that Service Connect knows the port by. */
  readonly name: string;
  readonly port: number;
}

/** A container of a task; the first of a task is the service itself, the others are its sidecars. */
export interface TaskContainer {
  readonly name: string;
  /** Image with a tag or digest. */
  readonly image: string;
  readonly command?: readonly string[];
  /** Port it listens on; absent for one that nothing calls. */
  readonly port?: ContainerPort;
  /** Directories it may write to; everything else is read-only. */
  readonly writable: readonly string[];
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** False keeps the task alive when this container ends. Default: true. */
  readonly essential?: boolean;
}

/** A directory of the instance that a container may read, such as `/proc` for a metrics agent. */
export interface HostDirectory {
  readonly hostPath: string;
  readonly containerPath: string;
}

export interface TaskDefinitionSpec {
  readonly context: PlatformContext;
  readonly capacity: TaskCapacity;
  /** CPU units and MiB of a task. On Fargate one of the pairs of `facts/fargate-sizes`; on EC2 what fits an instance. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /** Role of the service's own code. */
  readonly taskRoleArn: pulumi.Input<string>;
  /** Role that ECS starts tasks with; never the task role. */
  readonly executionRole: ExecutionRole;
  readonly logs: ServiceLogs;
  /** At most 10, no two on one port: they share the task's network interface. */
  readonly containers: readonly TaskContainer[];
  /** `host` shares the instance's network and its port numbers; only for agents on EC2. Default: `awsvpc`, an interface a task. */
  readonly networkMode?: "awsvpc" | "host";
  /** `host` shows the instance's processes; only for agents on EC2. Default: `task`. */
  readonly pidMode?: "host" | "task";
  /** Directories of the instance that the first container may read; only for agents on EC2. Default: none. */
  readonly hostDirectories?: readonly HostDirectory[];
  readonly transform?: Transform<aws.ecs.TaskDefinitionArgs>;
}

/** Seconds between SIGTERM and SIGKILL: Fargate allows 120 (ECS API reference, ContainerDefinition, 2026-11). */
const STOP_SECONDS = 30;

/** What ECS would refuse in the containers of one task. */
export function taskFaults(key: string, containers: readonly Pick<TaskContainer, "name" | "port">[]): Fault[] {
  const most = ECS_LIMITS.containersPerTask.value;
  const names = containers.map(({ name }) => name);
  const ports = containers.flatMap(({ port }) => (port ? [port.port] : []));
  const twice = <Value>(values: readonly Value[]) => [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
  return [
    ...(containers.length > most
      ? [{ key, what: "has more containers than a task can have", got: containers.length, right: `give at most ${most}` }]
      : []),
    ...twice(names).map((name) => ({ key, what: "names two containers the same", got: name, right: "give each a name of its own" })),
    ...twice(ports).map((port) => ({
      key,
      what: "has two containers on one port; they share the task's network interface",
      got: port,
      right: "give each a port of its own",
    })),
  ];
}

/** What Fargate would refuse in the size of a task. */
export function fargateSizeFaults(key: string, { cpu, memory }: TaskDefinitionSpec["size"]): Fault[] {
  return isFargateSize(cpu, memory)
    ? []
    : [
        {
          key,
          what: "is a Fargate size that does not exist",
          got: { cpu, memory: `${memory}MiB` },
          right: `nearest are ${nearestFargateSizes(cpu, memory)}`,
        },
      ];
}

/** Options of the awslogs driver for a stream of the service's log group. */
export function logOptions(context: PlatformContext, logs: ServiceLogs, prefix: string) {
  return {
    "awslogs-group": logs.name,
    "awslogs-region": context.region,
    "awslogs-stream-prefix": prefix,
    // A container must not stop serving because CloudWatch is slow.
    mode: "non-blocking",
    "max-buffer-size": "4m",
  };
}

/**
 * Registers the task definition of a service, a job or an agent. The same for Fargate and EC2 but for what it is compatible with:
 * every task gets its own network interface, a read-only root file system, no capabilities and no privileges.
 * It is a child of who asks, so that moving a service between Fargate and EC2 changes it in place.
 * @throws {ConfigError} with what ECS would refuse of the containers and their size.
 */
export function createTaskDefinition(name: string, spec: TaskDefinitionSpec, parent: pulumi.Resource): aws.ecs.TaskDefinition {
  const { context, capacity, hostDirectories = [] } = spec;
  const faults = [
    ...taskFaults(`task ${name}`, spec.containers),
    ...(capacity.compatibility === "FARGATE" ? fargateSizeFaults(`task ${name}`, spec.size) : []),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
  return new aws.ecs.TaskDefinition(
    ...bend<aws.ecs.TaskDefinitionArgs>(
      spec.transform,
      name,
      {
        family: `${context.environment}-${name}`,
        requiresCompatibilities: [capacity.compatibility],
        networkMode: spec.networkMode ?? "awsvpc",
        pidMode: spec.pidMode === "host" ? "host" : undefined,
        cpu: String(spec.size.cpu),
        memory: String(spec.size.memory),
        runtimePlatform: {
          operatingSystemFamily: "LINUX",
          // Left out, an instance of either architecture will do; Fargate would take it for X86_64.
          ...(capacity.architecture && { cpuArchitecture: capacity.architecture }),
        },
        taskRoleArn: spec.taskRoleArn,
        executionRoleArn: spec.executionRole.arn,
        volumes: [
          ...spec.containers.flatMap((container, index) => container.writable.map((_, scratch) => ({ name: scratchName(index, scratch) }))),
          ...hostDirectories.map(({ hostPath }, index) => ({ name: `host-${index}`, hostPath })),
        ],
        containerDefinitions: pulumi.jsonStringify(
          spec.containers.map((container, index) => containerDefinition(container, index, spec, index === 0 ? hostDirectories : [])),
        ),
        // Tasks of the last revision keep running while the next one starts, and a rollback needs it.
        skipDestroy: true,
      },
      { parent },
    ),
  );
}

function scratchName(container: number, directory: number): string {
  return container === 0 ? `scratch-${directory}` : `scratch-${container}-${directory}`;
}

function containerDefinition(
  container: TaskContainer,
  index: number,
  { context, logs }: TaskDefinitionSpec,
  hostDirectories: readonly HostDirectory[],
) {
  return {
    name: container.name,
    image: container.image,
    essential: container.essential ?? true,
    ...(container.command ? { command: container.command } : {}),
    portMappings: container.port
      ? [
          {
            name: container.port.name,
            containerPort: container.port.port,
            hostPort: container.port.port,
            protocol: "tcp",
            appProtocol: "http",
          },
        ]
      : [],
    environment: Object.entries(container.variables)
      .sort(([left], [right]) => left.localeCompare(right))
      .map(([name, value]) => ({ name, value })),
    mountPoints: [
      ...container.writable.map((containerPath, scratch) => ({
        sourceVolume: scratchName(index, scratch),
        containerPath,
        readOnly: false,
      })),
      ...hostDirectories.map(({ containerPath }, directory) => ({ sourceVolume: `host-${directory}`, containerPath, readOnly: true })),
    ],
    readonlyRootFilesystem: true,
    privileged: false,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
    stopTimeout: STOP_SECONDS,
    logConfiguration: { logDriver: "awslogs", options: logOptions(context, logs, container.name) },
  };
}
