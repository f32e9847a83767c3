import { type Descriptor } from "../service/descriptor";
import { type Place, type PlaceRequest } from "../service/place";
import { type Network } from "../network/network";
import { type PlatformContext } from "../platform-context";
import type * as pulumi from "@pulumi/pulumi";
import { type EcsCluster } from "./ecs-cluster";
import { ExecutionRole, isPublicImage } from "./execution-role";
import { FargateService } from "./fargate-service";
import { type LoadBalancer } from "./load-balancer";

/** How big a service is in one environment. */
export interface FargateSizing {
  readonly cpu: number;
  readonly memory: number;
  readonly minimumCopies: number;
  readonly maximumCopies: number;
  readonly requestsPerMinute: number;
}

export interface FargatePlaceArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly cluster: EcsCluster;
  /** Made when the first service asks for it: an environment whose services the internet does not call has none. */
  readonly loadBalancer: () => LoadBalancer;
  /** Priority of each path on the load balancer. */
  readonly priorities: ReadonlyMap<string, number>;
  readonly sizing: (descriptor: Descriptor) => FargateSizing;
  readonly spotShare: number;
  readonly latencyTarget: number;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** Runs a service's container as tasks on Fargate. */
export class FargatePlace implements Place {
  readonly target = "fargate";
  readonly runsAs = "ecs-tasks.amazonaws.com";

  constructor(private readonly args: FargatePlaceArgs) {}

  internetReasons({ run }: Descriptor): readonly string[] {
    if (!("image" in run)) return [];
    const { privateServices } = this.args.network;
    const reached = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"].filter((service) => !privateServices.has(service));
    return [
      ...(isPublicImage(run.image) ? ["its image is in a public registry"] : []),
      ...(reached.length > 0 ? [`no interface endpoint for ${reached.join(", ")}`] : []),
    ];
  }

  run({ descriptor, identity, logs, bindings, ready, parent }: PlaceRequest): void {
    const { run, reach, demand, name } = descriptor;
    if (!("image" in run)) throw new Error(`service ${name} has no image to run on Fargate`);
    const { args } = this;
    const sizing = args.sizing(descriptor);
    const executionRole = new ExecutionRole(name, { context: args.context, logs, image: run.image }, { parent });
    new FargateService(
      name,
      {
        context: args.context,
        cluster: args.cluster,
        vpcId: args.network.vpcId,
        subnetIds: args.network.privateSubnetIds,
        securityGroupId: identity.securityGroupId,
        taskRoleArn: identity.roleArn,
        executionRole,
        logs,
        image: run.image,
        command: run.command,
        port: run.port === undefined ? undefined : { name: "http", port: run.port },
        size: { cpu: sizing.cpu, memory: sizing.memory },
        copies: { minimum: sizing.minimumCopies, maximum: sizing.maximumCopies },
        spotShare: args.spotShare,
        writable: run.writable ?? [],
        variables: run.variables ?? {},
        bindings,
        ready: [
          ...ready,
          ...(run.port !== undefined && this.isPublic(descriptor) ? args.loadBalancer().admit(identity, run.port, parent) : []),
        ],
        route:
          reach?.http !== undefined && this.isPublic(descriptor)
            ? {
                loadBalancer: args.loadBalancer(),
                path: reach.http,
                priority: requirePriority(args.priorities, reach.http),
                health: run.health ?? reach.http,
                start: demand.start,
              }
            : undefined,
        requestsPerMinute: sizing.requestsPerMinute,
        latencyTarget: args.latencyTarget,
        alarmTopicArn: args.alarmTopicArn,
      },
      { parent },
    );
  }

  private isPublic({ reach }: Descriptor): boolean {
    return reach?.from === "internet" && reach.http !== undefined;
  }
}

function requirePriority(priorities: ReadonlyMap<string, number>, path: string): number {
  const priority = priorities.get(path);
  if (priority === undefined) throw new Error(`path ${path} has no priority on the load balancer`);
  return priority;
}
