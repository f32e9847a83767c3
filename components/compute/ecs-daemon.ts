import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { type ServiceLogs } from "../visibility/service-logs";
import { type EcsCluster } from "./ecs-cluster";
import { createTaskDefinition, type HostDirectory, type TaskContainer, type TaskDefinitionSpec } from "./ecs-task-definition";
import { type ExecutionRole } from "./execution-role";
import { type TaskCapacity } from "./task-capacity";

export interface EcsDaemonArgs {
  readonly context: PlatformContext;
  /** Cluster with instances. Changing this replaces the daemon. */
  readonly cluster: EcsCluster;
  /** Role of the agent's own code. */
  readonly taskRoleArn: pulumi.Input<string>;
  /** Role that ECS starts tasks with; never the task role. */
  readonly executionRole: ExecutionRole;
  readonly logs: ServiceLogs;
  readonly container: Omit<TaskContainer, "essential">;
  /** Containers beside it, such as one that prepares its files. Default: none. */
  readonly beside?: readonly TaskContainer[];
  /** Volumes that the containers share. Default: none. */
  readonly volumes?: TaskDefinitionSpec["volumes"];
  /** Instances it runs on. Default: the cluster's; but for their instruction set, all instances of the cluster are meant. */
  readonly capacity?: TaskCapacity;
  /** Tags of the task definition. Default: the provider's. */
  readonly tags?: Readonly<Record<string, string>>;
  /** CPU units and MiB that it takes of every instance. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /**
   * `task`: a network interface of its own, in these subnets with this group. `host`: the instance's, so that its port is taken there and no
   * security group stands before it but the instance's. Changing this replaces the daemon.
   */
  readonly network:
    | { readonly mode: "host" }
    | { readonly mode: "task"; readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>; readonly securityGroupId: pulumi.Input<string> };
  /** True shows it the processes of the instance. Default: false. */
  readonly hostProcesses?: boolean;
  /** Directories of the instance that it may read. Default: none. */
  readonly hostDirectories?: readonly HostDirectory[];
  /** What must exist before the first task starts. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: {
    readonly taskDefinition?: Transform<aws.ecs.TaskDefinitionArgs>;
    readonly service?: Transform<aws.ecs.ServiceArgs>;
  };
}

/**
 * An agent that runs once on every instance of a cluster, such as a collector of metrics; ECS starts it before other tasks and stops it
 * after them. Fargate has no instances to run it on: there it is a sidecar.
 *
 * Cost: the CPU and memory it takes of every instance.
 * @throws {Error} when the cluster has no instances.
 */
export class EcsDaemon extends pulumi.ComponentResource {
  public readonly serviceName: pulumi.Output<string>;

  constructor(name: string, args: EcsDaemonArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:EcsDaemon", name, {}, options);
    const { cluster, network } = args;
    const capacity = args.capacity ?? cluster.ec2;
    if (!capacity) throw new Error(`daemon ${name} wants instances to run on, but the cluster has none`);
    const taskDefinition = createTaskDefinition(
      name,
      {
        ...args,
        capacity,
        containers: [args.container, ...(args.beside ?? [])],
        networkMode: network.mode === "host" ? "host" : "awsvpc",
        pidMode: args.hostProcesses ? "host" : "task",
        transform: args.transform?.taskDefinition,
      },
      this,
    );
    const service = new aws.ecs.Service(
      ...bend<aws.ecs.ServiceArgs>(
        args.transform?.service,
        name,
        {
          cluster: cluster.arn,
          taskDefinition: taskDefinition.arn,
          schedulingStrategy: "DAEMON",
          launchType: "EC2",
          ...(network.mode === "task" && {
            networkConfiguration: { subnets: network.subnetIds, securityGroups: [network.securityGroupId], assignPublicIp: false },
          }),
          // There is room for one on an instance: the old one stops before the new one starts.
          deploymentMinimumHealthyPercent: 0,
          deploymentMaximumPercent: 100,
          deploymentCircuitBreaker: { enable: true, rollback: true },
          availabilityZoneRebalancing: "DISABLED",
          enableEcsManagedTags: true,
          propagateTags: "SERVICE",
        },
        { parent: this, dependsOn: [...capacity.ready, args.executionRole.policy, ...args.ready] },
      ),
    );
    this.serviceName = service.name;
    this.registerOutputs({ serviceName: this.serviceName });
  }
}
