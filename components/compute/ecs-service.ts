import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Binding } from "../service/binding";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { type MadeAlarm } from "../visibility/alarms/metric-alarm";
import { type RequestSource } from "../visibility/alarms/observed-service";
import { type ObservedTasks } from "../visibility/alarms/services/tasks";
import { HttpAlarms } from "../visibility/http-alarms";
import { type ServiceLogs } from "../visibility/service-logs";
import { type TaskCluster } from "./task-cluster";
import { type ContainerPort, createTaskDefinition, logOptions, type TaskContainer } from "./ecs-task-definition";
import { type ExecutionRole } from "./execution-role";
import { instrumented } from "./sidecars";
import { type Instrumentation } from "../visibility/telemetry";
import { type HttpBalancer } from "./http-balancer";
import { capacityStrategy, type TaskCapacity } from "./task-capacity";
import { type Backlog, TaskScaling, type TaskScalingArgs } from "./task-scaling";

export interface EcsServiceArgs {
  readonly context: PlatformContext;
  readonly cluster: TaskCluster;
  /** What the tasks run on: `cluster.fargate` or `cluster.ec2`. Changing this moves the service by a deployment; nothing is replaced (ECS API reference, UpdateService, 2026-11). */
  readonly capacity: TaskCapacity;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Role of the service's own code. */
  readonly taskRoleArn: pulumi.Input<string>;
  /** Role that ECS starts tasks with; never the task role. */
  readonly executionRole: ExecutionRole;
  readonly logs: ServiceLogs;
  /** Image with a tag or digest. */
  readonly image: string;
  readonly command?: readonly string[];
  /** Port of the container; absent for a worker that nothing calls. */
  readonly port?: ContainerPort;
  /** CPU units and MiB of memory of a task. On Fargate one of the pairs of `facts/fargate-sizes`; on EC2 what fits an instance. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /** Fewest and most tasks. */
  readonly copies: { readonly minimum: number; readonly maximum: number };
  /** Share of tasks above the fewest that run on Spot, 0 to 1. */
  readonly spotShare: number;
  /** Directories the container may write to; everything else is read-only. */
  readonly writable: readonly string[];
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly bindings: readonly Binding[];
  /** Containers that run beside it in every task; at most 9. Default: none. */
  readonly sidecars?: readonly TaskContainer[];
  /** Agent that instruments the container. Default: none. */
  readonly instrumentation?: Instrumentation;
  /** What must exist before the first task starts, beside what the bindings bring. */
  readonly ready: readonly pulumi.Resource[];
  /** How the internet gets here; absent for a service that only services call. */
  readonly route?: {
    readonly loadBalancer: HttpBalancer;
    readonly path: string;
    readonly priority: number;
    /** Path that answers 200 when a task can serve. */
    readonly health: string;
    /** Milliseconds from a task's start to its first answer; its health is not judged before. */
    readonly start: number;
    /** Milliseconds under which 95 of 100 requests must be answered. */
    readonly latencyTarget: number;
    readonly alarmTopicArn: pulumi.Input<string>;
  };
  /** Requests a minute that one task is meant to serve; tasks are added above it. Absent where the internet does not call. */
  readonly requestsPerMinute?: number;
  /**
   * Queue the tasks take messages from. With a fewest of 0 tasks start when messages wait and stop when all are done;
   * otherwise their number follows what waits for each, which needs Container Insights. Default: none.
   */
  readonly backlog?: Backlog & {
    /** Milliseconds from a task's start to its first message. */
    readonly start: number;
  };
  readonly transform?: {
    readonly taskDefinition?: Transform<aws.ecs.TaskDefinitionArgs>;
    readonly service?: Transform<aws.ecs.ServiceArgs>;
    readonly targetGroup?: Transform<aws.lb.TargetGroupArgs>;
    readonly scaling?: TaskScalingArgs["transform"];
  };
}

/** Where a load balancer sends a service's requests. */
interface HttpTarget {
  readonly group: aws.lb.TargetGroup;
  readonly rule: aws.lb.ListenerRule;
  readonly alarms: readonly MadeAlarm[];
  readonly requests: RequestSource;
}

const MS_PER_SECOND = 1000;
const DRAIN_SECONDS = 30;
const HEALTH_MARGIN_SECONDS = 30;

/**
 * A service as tasks of ECS, on Fargate when nobody wants to run instances, on EC2 for steady demand where a team fills its instances
 * well. Everything but the capacity is the same on both, so that a service moves by one word.
 * A deployment that does not get healthy is rolled back. Tasks have no public address.
 *
 * Cost: on Fargate 0.03238 USD a vCPU-hour and 0.00356 USD a GB-hour on Graviton in us-east-1, up to 70 % less on Spot (AWS Fargate
 * pricing, 2026-11); on EC2 its share of the instances.
 */
export class EcsService extends pulumi.ComponentResource {
  public readonly serviceName: pulumi.Output<string>;
  public readonly taskDefinitionArn: pulumi.Output<string>;
  /** What CloudWatch knows its tasks by. */
  public readonly tasks: ObservedTasks;
  /** Where its requests are counted; undefined for a worker, which has none. */
  public readonly requests: RequestSource | undefined;
  /** Alarms of its way from the internet. */
  public readonly alarms: readonly MadeAlarm[];

  constructor(
    private readonly name: string,
    private readonly args: EcsServiceArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:EcsService", name, {}, options);
    const taskDefinition = this.createTaskDefinition();
    const target = this.createTargetGroup();
    const service = this.createService(taskDefinition, target);
    this.scale(service, target);
    this.serviceName = service.name;
    this.tasks = this.observeTasks(service);
    this.requests = target?.requests ?? (args.port && { counted: "service connect", discoveryName: name });
    this.alarms = target?.alarms ?? [];
    this.taskDefinitionArn = taskDefinition.arn;
    this.registerOutputs({ serviceName: this.serviceName, taskDefinitionArn: this.taskDefinitionArn });
  }

  private createTaskDefinition(): aws.ecs.TaskDefinition {
    const { args } = this;
    const service: TaskContainer = {
      name: this.name,
      image: args.image,
      command: args.command,
      port: args.port,
      writable: args.writable,
      variables: Object.assign({}, ...args.bindings.map(({ variables }) => variables), args.variables) as TaskContainer["variables"],
    };
    const { containers, volumes } = instrumented(service, args.instrumentation);
    return createTaskDefinition(
      this.name,
      { ...args, containers: [...containers, ...(args.sidecars ?? [])], volumes, transform: args.transform?.taskDefinition },
      this,
    );
  }

  private createTargetGroup(): HttpTarget | undefined {
    const { route, port } = this.args;
    if (!route || !port) return undefined;
    const group = new aws.lb.TargetGroup(
      ...bend<aws.lb.TargetGroupArgs>(
        this.args.transform?.targetGroup,
        this.name,
        {
          vpcId: this.args.vpcId,
          targetType: "ip",
          port: port.port,
          protocol: "HTTP",
          deregistrationDelay: DRAIN_SECONDS,
          loadBalancingAlgorithmType: "least_outstanding_requests",
          healthCheck: { path: route.health, matcher: "200", interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
        },
        { parent: this },
      ),
    );
    const rule = route.loadBalancer.route(this.name, { path: route.path, priority: route.priority, targetGroupArn: group.arn }, this);
    const observed = { loadBalancer: route.loadBalancer.arnSuffix, targetGroup: group.arnSuffix };
    const { alarms } = new HttpAlarms(
      this.name,
      { topicArn: route.alarmTopicArn, latencyTarget: route.latencyTarget, ...observed },
      { parent: this },
    );
    return { group, rule, alarms, requests: { counted: "load balancer", ...observed } };
  }

  private createService(taskDefinition: aws.ecs.TaskDefinition, target: HttpTarget | undefined): aws.ecs.Service {
    const { args } = this;
    return new aws.ecs.Service(
      ...bend<aws.ecs.ServiceArgs>(
        args.transform?.service,
        this.name,
        {
          cluster: args.cluster.arn,
          taskDefinition: taskDefinition.arn,
          desiredCount: args.copies.minimum,
          ...this.capacity(),
          networkConfiguration: { subnets: args.subnetIds, securityGroups: [args.securityGroupId], assignPublicIp: false },
          deploymentMinimumHealthyPercent: 100,
          deploymentMaximumPercent: 200,
          deploymentCircuitBreaker: { enable: true, rollback: true },
          availabilityZoneRebalancing: "ENABLED",
          serviceConnectConfiguration: this.serviceConnect(),
          loadBalancers:
            target && args.port ? [{ targetGroupArn: target.group.arn, containerName: this.name, containerPort: args.port.port }] : [],
          healthCheckGracePeriodSeconds:
            target && args.route ? Math.ceil(args.route.start / MS_PER_SECOND) + HEALTH_MARGIN_SECONDS : undefined,
          enableEcsManagedTags: true,
          propagateTags: "SERVICE",
          waitForSteadyState: true,
        },
        {
          parent: this,
          ignoreChanges: ["desiredCount"],
          dependsOn: [
            ...args.capacity.ready,
            args.executionRole.policy,
            ...args.ready,
            ...args.bindings.flatMap((binding) => binding.ready),
            ...(target ? [target.rule] : []),
          ],
        },
      ),
    );
  }

  /** All that differs between Fargate and EC2. */
  private capacity(): Pick<
    aws.ecs.ServiceArgs,
    "capacityProviderStrategies" | "forceNewDeployment" | "platformVersion" | "orderedPlacementStrategies"
  > {
    const { capacity, copies, spotShare } = this.args;
    return {
      // The fewest tasks are never on Spot, so that losing all of Spot leaves the service up.
      capacityProviderStrategies: capacityStrategy(capacity, copies.minimum, spotShare),
      // The provider replaces the service on a change of strategy unless it may force a deployment instead.
      forceNewDeployment: true,
      ...(capacity.compatibility === "FARGATE" && { platformVersion: "LATEST" }),
      ...(capacity.placement.length > 0 && { orderedPlacementStrategies: [...capacity.placement] }),
    };
  }

  private serviceConnect(): aws.types.input.ecs.ServiceServiceConnectConfiguration {
    const { cluster, context, logs, port } = this.args;
    return {
      enabled: true,
      namespace: cluster.namespaceArn,
      // Without a name of its own it would be known by its port's, which is the same for every service of the namespace.
      services: port ? [{ portName: port.name, discoveryName: this.name, clientAlias: [{ port: port.port, dnsName: this.name }] }] : [],
      logConfiguration: { logDriver: "awslogs", options: logOptions(context, logs, "service-connect") },
    };
  }

  private observeTasks(service: aws.ecs.Service): ObservedTasks {
    const { cluster, copies, backlog } = this.args;
    return {
      clusterName: cluster.name,
      serviceName: service.name,
      fewest: copies.minimum,
      countsTasks: cluster.countsTasks,
      worker: backlog !== undefined,
    };
  }

  private scale(service: aws.ecs.Service, target: HttpTarget | undefined): void {
    const { cluster, copies, route, requestsPerMinute, backlog, transform } = this.args;
    if (copies.maximum === copies.minimum) return;
    const scaling = new TaskScaling(
      this.name,
      { clusterName: cluster.name, serviceName: service.name, copies, transform: transform?.scaling },
      this,
    );
    if (backlog && copies.minimum === 0) {
      // CPU must not decide here: it would stop tasks that wait for a store in the middle of a message.
      scaling.fromZero(backlog, Math.ceil(backlog.start / MS_PER_SECOND));
      return;
    }
    scaling.onCpu();
    if (target && route && requestsPerMinute)
      scaling.onRequests(pulumi.interpolate`${route.loadBalancer.arnSuffix}/${target.group.arnSuffix}`, requestsPerMinute);
    if (backlog) scaling.onBacklog(backlog);
  }
}
