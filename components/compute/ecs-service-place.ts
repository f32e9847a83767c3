import type * as pulumi from "@pulumi/pulumi";
import { type ServiceNetwork } from "../network/service-network";
import { type PlatformContext } from "../platform-context";
import { calledServices, type SignIns } from "../service/called-services";
import { type Descriptor, type Target } from "../service/descriptor";
import { type Place, type PlaceRequest } from "../service/place";
import { type ObservedService } from "../visibility/alarms/observed-service";
import { type TaskCluster } from "./task-cluster";
import { EcsService, type EcsServiceArgs } from "./ecs-service";
import { ExecutionRole, isPublicImage } from "./execution-role";
import { type HttpBalancer } from "./http-balancer";
import { DEFAULT_CONCURRENCY } from "./placement/load";
import { backlogOf } from "./queue-backlog";
import { sidecarContainers, sizeWithSidecars } from "./sidecars";
import { type TaskCapacity } from "./task-capacity";
import { type EventSources } from "./triggers/event-sources";

/** How big a service is in one environment. */
export interface TaskSizing {
  /** CPU units of a task: 1,024 a vCPU. */
  readonly cpu: number;
  /** MiB of a task. */
  readonly memory: number;
  readonly minimumCopies: number;
  readonly maximumCopies: number;
  readonly requestsPerMinute: number;
}

export interface EcsServicePlaceArgs {
  /** How services sign in to caches and topics. Default: by password. */
  readonly signIns?: SignIns;
  readonly context: PlatformContext;
  readonly network: ServiceNetwork;
  readonly cluster: TaskCluster;
  /** Made when the first service asks for it: an environment whose services the internet does not call has none. */
  readonly loadBalancer: () => HttpBalancer;
  /** Priority of each path on the load balancer. */
  readonly priorities: Pick<ReadonlyMap<string, number>, "get">;
  readonly sizing: (descriptor: Descriptor) => TaskSizing;
  readonly spotShare: number;
  readonly latencyTarget: number;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Asked for the queues of a service's triggers, when its workload is made. Default: there are none. */
  readonly sources?: Pick<EventSources, "queue">;
  readonly transform?: EcsServiceArgs["transform"];
}

/** Runs a service's container as tasks of ECS; what the tasks run on is for the places that extend it to say. */
export abstract class EcsServicePlace implements Place {
  abstract readonly target: Target;
  readonly runsAs = "ecs-tasks.amazonaws.com";

  /** AWS services that a task's own network interface calls, beside those of its needs. */
  protected abstract readonly calls: readonly string[];
  /** Whether the image is pulled over the task's own network interface. */
  protected abstract readonly pullsItself: boolean;

  constructor(protected readonly args: EcsServicePlaceArgs) {}

  /** What the tasks run on. */
  protected abstract capacity(): TaskCapacity;

  internetReasons(descriptor: Descriptor): readonly string[] {
    const { run } = descriptor;
    if (!("image" in run)) return [];
    const { privateServices } = this.args.network;
    const reached = [...this.calls, ...calledServices(descriptor, this.args.signIns)].filter((service) => !privateServices.has(service));
    return [
      ...(this.pullsItself && isPublicImage(run.image) ? ["its image is in a public registry"] : []),
      ...(reached.length > 0 ? [`no interface endpoint for ${reached.join(", ")}`] : []),
    ];
  }

  run({ descriptor, identity, logs, bindings, telemetry, ready, parent }: PlaceRequest): ObservedService {
    const { run, name } = descriptor;
    if (!("image" in run)) throw new Error(`service ${name} has no image to run on ${this.target}`);
    const { args } = this;
    const sizing = args.sizing(descriptor);
    const capacity = this.capacity();
    const { sidecars, startStatements } = telemetry;
    const executionRole = new ExecutionRole(
      name,
      { context: args.context, logs, image: run.image, statements: startStatements },
      { parent },
    );
    const service = new EcsService(
      name,
      {
        context: args.context,
        cluster: args.cluster,
        capacity,
        vpcId: args.network.vpcId,
        subnetIds: args.network.privateSubnetIds,
        securityGroupId: identity.securityGroupId,
        taskRoleArn: identity.roleArn,
        executionRole,
        logs,
        image: run.image,
        command: run.command,
        port: run.port === undefined ? undefined : { name: "http", port: run.port },
        size: sizeWithSidecars(sizing, sidecars, capacity.compatibility),
        copies: { minimum: sizing.minimumCopies, maximum: sizing.maximumCopies },
        spotShare: args.spotShare,
        writable: run.writable ?? [],
        variables: { ...telemetry.variables, ...run.variables },
        sidecars: sidecarContainers(sidecars),
        instrumentation: telemetry.instrumentation,
        bindings,
        ready: [...ready, ...(run.port !== undefined && isPublic(descriptor) ? args.loadBalancer().admit(identity, run.port, parent) : [])],
        route: this.route(descriptor, run.health),
        requestsPerMinute: sizing.requestsPerMinute,
        backlog: this.backlog(descriptor),
        transform: args.transform,
      },
      { parent },
    );
    const { tasks, requests, alarms } = service;
    return { name, target: this.target, runtime: { on: "tasks", ...tasks }, requests, alarms };
  }

  private route({ reach, demand }: Descriptor, health: string | undefined): EcsServiceArgs["route"] {
    const { loadBalancer, priorities, latencyTarget, alarmTopicArn } = this.args;
    if (reach?.http === undefined || reach.from !== "internet") return undefined;
    const priority = priorities.get(reach.http);
    if (priority === undefined) throw new Error(`path ${reach.http} has no priority on the load balancer`);
    return {
      loadBalancer: loadBalancer(),
      path: reach.http,
      priority,
      health: health ?? reach.http,
      start: demand.start,
      latencyTarget,
      alarmTopicArn,
    };
  }

  private backlog({ triggers = [], demand }: Descriptor): EcsServiceArgs["backlog"] {
    const { cluster, sources } = this.args;
    if (!cluster.countsTasks || !sources) return undefined;
    const queues = triggers.flatMap((trigger) => ("queue" in trigger ? [trigger.queue] : []));
    const backlog = backlogOf(sources, queues, demand, demand.concurrency ?? DEFAULT_CONCURRENCY);
    return backlog && { ...backlog, start: demand.start };
  }
}

function isPublic({ reach }: Descriptor): boolean {
  return reach?.from === "internet" && reach.http !== undefined;
}
