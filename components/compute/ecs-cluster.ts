import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Side } from "../network/passage";
import { bend, type Transform } from "../transform";
import { BOOT, DEFAULT_OPERATING_SYSTEM } from "./ecs-boot";
import { EcsCapacity, type EcsCapacityArgs } from "./ecs-capacity";
import { type TaskCapacity } from "./task-capacity";
import { type InstanceCapacity, type TaskCluster, type TaskClusterIds } from "./task-cluster";

/** Instances of a cluster, without what the cluster itself decides. */
export type ClusterInstances = Omit<EcsCapacityArgs, "cluster" | "spotShare" | "onDemandBase" | "ready">;

export interface EcsClusterArgs {
  /** Depth of Container Insights metrics. */
  readonly containerInsights: "disabled" | "enabled" | "enhanced";
  /** Log group that sessions opened with ECS Exec are recorded in. */
  readonly execLogGroup: pulumi.Input<string>;
  /** Key of those sessions. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * Instances for services on EC2: a group on demand and, where tasks above a service's fewest may be interrupted, one on Spot. They are two
   * groups, because only then a service's fewest tasks can be kept off Spot. Default: none, Fargate only.
   */
  readonly instances?: { readonly onDemand: ClusterInstances; readonly spot?: ClusterInstances };
  /** What tasks and instances start over, such as the way out to the internet: they wait for it. Default: nothing. */
  readonly wayOut?: readonly pulumi.Resource[];
  readonly transform?: { readonly cluster?: Transform<aws.ecs.ClusterArgs> };
}

const FARGATE = "FARGATE";
const FARGATE_SPOT = "FARGATE_SPOT";

/** Spread first, so that the loss of a zone takes as few tasks as can be; then fill what is there before another instance starts. */
const PLACEMENT = [
  { type: "spread", field: "attribute:ecs.availability-zone" },
  { type: "binpack", field: "memory" },
] as const;

/**
 * The ECS cluster of an environment, with Fargate and Fargate Spot, instances where services run on EC2, and the Service Connect namespace
 * in which services find each other by name.
 *
 * Cost: the cluster and the namespace are free; Container Insights is charged by metric.
 */
export class EcsCluster extends pulumi.ComponentResource implements TaskCluster {
  public readonly arn: pulumi.Output<string>;
  public readonly name: pulumi.Output<string>;
  public readonly namespaceArn: pulumi.Output<string>;
  /** A service with a capacity provider strategy is refused until the cluster has these. */
  public readonly capacityProviders: aws.ecs.ClusterCapacityProviders;
  /** Fargate and Fargate Spot. */
  public readonly fargate: TaskCapacity;
  /** The cluster's instances; absent when it has none. */
  public readonly ec2: TaskCapacity | undefined;
  /** Groups of those instances; empty when it has none. */
  public readonly instances: readonly Side[];
  /** True when it counts running tasks, which scaling by a queue's backlog needs. */
  public readonly countsTasks: boolean;

  constructor(name: string, args: EcsClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:EcsCluster", name, {}, options);
    const namespace = new aws.servicediscovery.HttpNamespace(
      name,
      { description: "Service Connect names of the services" },
      { parent: this },
    );
    const cluster = this.createCluster(name, args, namespace);
    this.arn = cluster.arn;
    this.name = cluster.name;
    this.namespaceArn = namespace.arn;
    this.countsTasks = args.containerInsights !== "disabled";
    const instances = this.createInstances(name, args);
    this.capacityProviders = new aws.ecs.ClusterCapacityProviders(
      name,
      {
        clusterName: cluster.name,
        capacityProviders: [FARGATE, FARGATE_SPOT, ...instances.map(({ provider }) => provider)],
        defaultCapacityProviderStrategies: [{ capacityProvider: FARGATE, weight: 1 }],
      },
      { parent: this },
    );
    const ready = [this.capacityProviders, ...(args.wayOut ?? [])];
    this.fargate = fargateCapacity(ready);
    this.ec2 = ec2Capacity(instances, ready);
    this.instances = instances.map((capacity) => capacity.side);
    this.registerOutputs({ arn: this.arn, name: this.name, namespaceArn: this.namespaceArn });
  }

  /** A cluster that exists already stands in for a created one: nothing of it is created or changed. */
  static adopt({ countsTasks, instances, ...ids }: TaskClusterIds): TaskCluster {
    return {
      arn: pulumi.output(ids.arn),
      name: pulumi.output(ids.name),
      namespaceArn: pulumi.output(ids.namespaceArn),
      fargate: fargateCapacity([]),
      ec2: instances && onInstances(instances, []),
      countsTasks,
    };
  }

  private createCluster(name: string, args: EcsClusterArgs, namespace: aws.servicediscovery.HttpNamespace): aws.ecs.Cluster {
    return new aws.ecs.Cluster(
      ...bend<aws.ecs.ClusterArgs>(
        args.transform?.cluster,
        name,
        {
          settings: [{ name: "containerInsights", value: args.containerInsights }],
          serviceConnectDefaults: { namespace: namespace.arn },
          configuration: {
            executeCommandConfiguration: {
              kmsKeyId: args.keyArn,
              logging: "OVERRIDE",
              logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: args.execLogGroup },
            },
          },
        },
        { parent: this },
      ),
    );
  }

  /** The group on demand first. */
  private createInstances(name: string, { instances, wayOut = [] }: EcsClusterArgs): EcsCapacity[] {
    if (!instances) return [];
    const ready = [...this.createTrunking(name, instances), ...wayOut];
    const common = { cluster: { name: this.name, arn: this.arn }, ready };
    return [
      new EcsCapacity(name, { ...instances.onDemand, ...common, spotShare: 0 }, { parent: this }),
      ...(instances.spot ? [new EcsCapacity(`${name}-spot`, { ...instances.spot, ...common, spotShare: 1 }, { parent: this })] : []),
    ];
  }

  /**
   * Without it a task takes a whole network interface, and an m7g.large holds two. It is one setting of the account and region, which another
   * environment may live by: it stays when this one goes.
   */
  private createTrunking(name: string, { onDemand, spot }: NonNullable<EcsClusterArgs["instances"]>): pulumi.Resource[] {
    const systems = [onDemand, ...(spot ? [spot] : [])].map(({ operatingSystem }) => operatingSystem ?? DEFAULT_OPERATING_SYSTEM);
    if (!systems.some((system) => BOOT[system].trunk)) return [];
    return [new aws.ecs.AccountSettingDefault(name, { name: "awsvpcTrunking", value: "enabled" }, { parent: this, retainOnDelete: true })];
  }
}

function fargateCapacity(ready: readonly pulumi.Resource[]): TaskCapacity {
  return { compatibility: "FARGATE", onDemand: FARGATE, spot: FARGATE_SPOT, architecture: "ARM64", placement: [], ready };
}

function onInstances(instances: InstanceCapacity, ready: readonly pulumi.Resource[]): TaskCapacity {
  return { compatibility: "EC2", ...instances, placement: PLACEMENT, ready };
}

function ec2Capacity(instances: readonly EcsCapacity[], ready: readonly pulumi.Resource[]): TaskCapacity | undefined {
  const [onDemand, spot] = instances;
  if (!onDemand) return undefined;
  const architectures = new Set(instances.flatMap((group) => group.architectures));
  const [only] = architectures.size === 1 ? architectures : [];
  const architecture = only && (only === "arm64" ? "ARM64" : "X86_64");
  return onInstances({ onDemand: onDemand.provider, spot: spot?.provider, architecture }, ready);
}
