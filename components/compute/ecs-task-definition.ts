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
  /** Entry point. Default: the image's own. */
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  /** Port it listens on; absent for one that nothing calls. */
  readonly port?: ContainerPort;
  /** Ports that Service Connect does not know. Default: none. */
  readonly ports?: readonly (ContainerPort & { readonly protocol: "tcp" | "udp" })[];
  /** User and group it runs as: `1200:1200`. Default: the image's own. */
  readonly user?: string;
  /** CPU units that it is sure of, of those of the task. Default: a share. */
  readonly cpu?: number;
  /** MiB past which it is ended, of those of the task. Default: the task's. */
  readonly memory?: number;
  /** ARNs of secrets by the environment variable that ECS puts their values in. Default: none. */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Linux capabilities it keeps, without `CAP_`; on Fargate `SYS_PTRACE` at most. Default: none. */
  readonly capabilities?: readonly string[];
  /** Volumes of the task, by name, that it mounts. Default: none. */
  readonly mounts?: readonly { readonly volume: string; readonly path: string; readonly readOnly: boolean }[];
  /** Containers that must have come so far before it starts. Default: none. */
  readonly after?: Readonly<Record<string, "START" | "SUCCESS" | "HEALTHY">>;
  /** Command that shows whether the task can answer, run in it every 15 seconds; four failures in a row replace the task. Default: none. */
  readonly healthCommand?: readonly string[];
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
  /** Volumes that containers share: of the task, or with `hostPath`, a directory of the instance. Default: none. */
  readonly volumes?: readonly { readonly name: string; readonly hostPath?: string }[];
  /** Tags of the task definition. Default: the provider's. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: Transform<aws.ecs.TaskDefinitionArgs>;
}

/** Seconds between SIGTERM and SIGKILL: Fargate allows 120 (ECS API reference, ContainerDefinition, 2026-11). */
const STOP_SECONDS = 30;
/** Seconds between two health checks, failures in a row that replace a task, and seconds after its start in which none counts: 300 at most. */
const HEALTH = { interval: 15, timeout: 5, retries: 4, startPeriod: 300 } as const;

/** What ECS would refuse in the containers of one task. */
export function taskFaults(key: string, containers: readonly Pick<TaskContainer, "name" | "port" | "ports">[]): Fault[] {
  const most = ECS_LIMITS.containersPerTask.value;
  const names = containers.map(({ name }) => name);
  const tcp = containers.flatMap(({ port, ports = [] }) => [
    ...(port ? [port] : []),
    ...ports.filter(({ protocol }) => protocol === "tcp"),
  ]);
  const ports = tcp.map(({ port }) => port);
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
          ...(spec.volumes ?? []),
        ],
        containerDefinitions: pulumi.jsonStringify(
          spec.containers.map((container, index) => containerDefinition(container, index, spec, index === 0 ? hostDirectories : [])),
        ),
        // Tasks of the last revision keep running while the next one starts, and a rollback needs it.
        skipDestroy: true,
        ...(spec.tags && { tags: { ...spec.tags } }),
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
    ...(container.entryPoint && { entryPoint: container.entryPoint }),
    ...(container.command ? { command: container.command } : {}),
    ...(container.user !== undefined && { user: container.user }),
    ...(container.cpu !== undefined && { cpu: container.cpu }),
    ...(container.memory !== undefined && { memory: container.memory }),
    portMappings: portMappings(container),
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
      ...(container.mounts ?? []).map(({ volume, path, readOnly }) => ({ sourceVolume: volume, containerPath: path, readOnly })),
    ],
    ...(container.secrets && { secrets: Object.entries(container.secrets).map(([name, valueFrom]) => ({ name, valueFrom })) }),
    ...(container.after && {
      dependsOn: Object.entries(container.after).map(([containerName, condition]) => ({ containerName, condition })),
    }),
    ...(container.healthCommand && { healthCheck: { command: ["CMD", ...container.healthCommand], ...HEALTH } }),
    readonlyRootFilesystem: true,
    privileged: false,
    linuxParameters: {
      initProcessEnabled: true,
      capabilities: { drop: ["ALL"], ...(container.capabilities && { add: container.capabilities }) },
    },
    stopTimeout: STOP_SECONDS,
    logConfiguration: { logDriver: "awslogs", options: logOptions(context, logs, container.name) },
  };
}

/** The port that Service Connect knows speaks HTTP; the others, whatever their programs speak. */
function portMappings({ port, ports = [] }: TaskContainer) {
  return [
    ...(port ? [{ name: port.name, containerPort: port.port, hostPort: port.port, protocol: "tcp", appProtocol: "http" }] : []),
    ...ports.map(({ name, port: number, protocol }) => ({ name, containerPort: number, hostPort: number, protocol })),
  ];
}
