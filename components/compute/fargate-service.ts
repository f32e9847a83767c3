import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Binding } from "../service/binding";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { HttpAlarms } from "../visibility/http-alarms";
import { type ServiceLogs } from "../visibility/service-logs";
import { type EcsCluster } from "./ecs-cluster";
import { type ExecutionRole } from "./execution-role";
import { type LoadBalancer } from "./load-balancer";

/** One way into the service's containers. */
export interface ContainerPort {
  /** Name that Service Connect knows the port by. */
  readonly name: string;
  readonly port: number;
}

export interface FargateServiceArgs {
  readonly context: PlatformContext;
  readonly cluster: EcsCluster;
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
  /** Fargate CPU units and MiB of memory; one of the pairs of `facts/fargate-sizes`. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /** Fewest and most tasks. */
  readonly copies: { readonly minimum: number; readonly maximum: number };
  /** Share of tasks above the fewest that run on Spot, 0 to 1. */
  readonly spotShare: number;
  /** Directories the container may write to; everything else is read-only. */
  readonly writable: readonly string[];
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly bindings: readonly Binding[];
  /** What must exist before the first task starts, beside what the bindings bring. */
  readonly ready: readonly pulumi.Resource[];
  /** How the internet gets here; absent for a service that only services call. */
  readonly route?: {
    readonly loadBalancer: LoadBalancer;
    readonly path: string;
    readonly priority: number;
    /** Path that answers 200 when a task can serve. */
    readonly health: string;
    /** Milliseconds from a task's start to its first answer; its health is not judged before. */
    readonly start: number;
  };
  /** Requests a minute that one task is meant to serve; tasks are added above it. Absent where the internet does not call. */
  readonly requestsPerMinute?: number;
  /** Milliseconds under which 95 of 100 requests must be answered. */
  readonly latencyTarget: number;
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: {
    readonly taskDefinition?: Transform<aws.ecs.TaskDefinitionArgs>;
    readonly service?: Transform<aws.ecs.ServiceArgs>;
    readonly targetGroup?: Transform<aws.lb.TargetGroupArgs>;
  };
}

const MS_PER_SECOND = 1000;
const TARGET_CPU_PERCENT = 60;
const SCALE_OUT_COOLDOWN = 60;
const SCALE_IN_COOLDOWN = 300;
const DRAIN_SECONDS = 30;
const STOP_SECONDS = 30;
const HEALTH_MARGIN_SECONDS = 30;
/** Shares of capacity providers are whole weights. */
const WEIGHT_TOTAL = 100;

/**
 * A service that always runs, as tasks on Fargate: for steady or bursty demand when nobody wants to run instances.
 * A deployment that does not get healthy is rolled back. Tasks have no public address.
 *
 * Cost: 0.03238 USD a vCPU-hour and 0.00356 USD a GB-hour on Graviton in us-east-1, up to 70 % less on Spot (AWS Fargate pricing, 2026-11).
 */
export class FargateService extends pulumi.ComponentResource {
  public readonly serviceName: pulumi.Output<string>;
  public readonly taskDefinitionArn: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: FargateServiceArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:FargateService", name, {}, options);
    const taskDefinition = this.createTaskDefinition();
    const target = this.createTargetGroup();
    const service = this.createService(taskDefinition, target);
    this.scale(service, target?.group);
    this.serviceName = service.name;
    this.taskDefinitionArn = taskDefinition.arn;
    this.registerOutputs({ serviceName: this.serviceName, taskDefinitionArn: this.taskDefinitionArn });
  }

  private createTaskDefinition(): aws.ecs.TaskDefinition {
    const { args } = this;
    return new aws.ecs.TaskDefinition(
      ...bend<aws.ecs.TaskDefinitionArgs>(
        args.transform?.taskDefinition,
        this.name,
        {
          family: `${args.context.environment}-${this.name}`,
          requiresCompatibilities: ["FARGATE"],
          networkMode: "awsvpc",
          cpu: String(args.size.cpu),
          memory: String(args.size.memory),
          runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
          taskRoleArn: args.taskRoleArn,
          executionRoleArn: args.executionRole.arn,
          volumes: args.writable.map((_, index) => ({ name: `scratch-${index}` })),
          containerDefinitions: pulumi.jsonStringify([this.container()]),
          // Tasks of the last revision keep running while the next one starts, and a rollback needs it.
          skipDestroy: true,
        },
        { parent: this },
      ),
    );
  }

  private container() {
    const { args } = this;
    const variables = Object.assign({}, ...args.bindings.map((binding) => binding.variables), args.variables) as Record<
      string,
      pulumi.Input<string>
    >;
    return {
      name: this.name,
      image: args.image,
      essential: true,
      ...(args.command ? { command: args.command } : {}),
      portMappings: args.port
        ? [{ name: args.port.name, containerPort: args.port.port, hostPort: args.port.port, protocol: "tcp", appProtocol: "http" }]
        : [],
      environment: Object.entries(variables)
        .sort(([left], [right]) => left.localeCompare(right))
        .map(([name, value]) => ({ name, value })),
      mountPoints: args.writable.map((containerPath, index) => ({ sourceVolume: `scratch-${index}`, containerPath, readOnly: false })),
      readonlyRootFilesystem: true,
      privileged: false,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      stopTimeout: STOP_SECONDS,
      logConfiguration: {
        logDriver: "awslogs",
        options: this.logOptions(this.name),
      },
    };
  }

  private logOptions(prefix: string) {
    return {
      "awslogs-group": this.args.logs.name,
      "awslogs-region": this.args.context.region,
      "awslogs-stream-prefix": prefix,
      // A container must not stop serving because CloudWatch is slow.
      mode: "non-blocking",
      "max-buffer-size": "4m",
    };
  }

  private createTargetGroup(): { readonly group: aws.lb.TargetGroup; readonly rule: aws.lb.ListenerRule } | undefined {
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
    new HttpAlarms(
      this.name,
      {
        topicArn: this.args.alarmTopicArn,
        loadBalancer: route.loadBalancer.arnSuffix,
        targetGroup: group.arnSuffix,
        latencyTarget: this.args.latencyTarget,
      },
      { parent: this },
    );
    return { group, rule };
  }

  private createService(
    taskDefinition: aws.ecs.TaskDefinition,
    target: { readonly group: aws.lb.TargetGroup; readonly rule: aws.lb.ListenerRule } | undefined,
  ): aws.ecs.Service {
    const { args } = this;
    const spotWeight = Math.round(args.spotShare * WEIGHT_TOTAL);
    return new aws.ecs.Service(
      ...bend<aws.ecs.ServiceArgs>(
        args.transform?.service,
        this.name,
        {
          cluster: args.cluster.arn,
          taskDefinition: taskDefinition.arn,
          desiredCount: args.copies.minimum,
          capacityProviderStrategies: [
            // The fewest tasks are never on Spot, so that losing all of Spot leaves the service up.
            { capacityProvider: "FARGATE", base: args.copies.minimum, weight: WEIGHT_TOTAL - spotWeight },
            ...(spotWeight > 0 ? [{ capacityProvider: "FARGATE_SPOT", weight: spotWeight }] : []),
          ],
          // The provider replaces the service on a change of strategy unless it may force a deployment instead.
          forceNewDeployment: true,
          platformVersion: "LATEST",
          networkConfiguration: { subnets: args.subnetIds, securityGroups: [args.securityGroupId], assignPublicIp: false },
          deploymentMinimumHealthyPercent: 100,
          deploymentMaximumPercent: 200,
          deploymentCircuitBreaker: { enable: true, rollback: true },
          availabilityZoneRebalancing: "ENABLED",
          serviceConnectConfiguration: {
            enabled: true,
            namespace: args.cluster.namespaceArn,
            services: args.port ? [{ portName: args.port.name, clientAlias: [{ port: args.port.port, dnsName: this.name }] }] : [],
            logConfiguration: { logDriver: "awslogs", options: this.logOptions("service-connect") },
          },
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
            args.cluster.capacityProviders,
            args.executionRole.policy,
            ...args.ready,
            ...args.bindings.flatMap((binding) => binding.ready),
            ...(target ? [target.rule] : []),
          ],
        },
      ),
    );
  }

  private scale(service: aws.ecs.Service, targetGroup: aws.lb.TargetGroup | undefined): void {
    const { args } = this;
    if (args.copies.maximum === args.copies.minimum) return;
    const target = new aws.appautoscaling.Target(
      this.name,
      {
        serviceNamespace: "ecs",
        scalableDimension: "ecs:service:DesiredCount",
        resourceId: pulumi.interpolate`service/${args.cluster.name}/${service.name}`,
        minCapacity: args.copies.minimum,
        maxCapacity: args.copies.maximum,
      },
      { parent: this },
    );
    const track = (suffix: string, metric: { predefinedMetricType: string; resourceLabel?: pulumi.Input<string> }, targetValue: number) =>
      new aws.appautoscaling.Policy(
        `${this.name}-${suffix}`,
        {
          policyType: "TargetTrackingScaling",
          serviceNamespace: target.serviceNamespace,
          scalableDimension: target.scalableDimension,
          resourceId: target.resourceId,
          targetTrackingScalingPolicyConfiguration: {
            predefinedMetricSpecification: metric,
            targetValue,
            scaleOutCooldown: SCALE_OUT_COOLDOWN,
            scaleInCooldown: SCALE_IN_COOLDOWN,
          },
        },
        { parent: this },
      );
    track("cpu", { predefinedMetricType: "ECSServiceAverageCPUUtilization" }, TARGET_CPU_PERCENT);
    if (targetGroup && args.route && args.requestsPerMinute)
      track(
        "requests",
        {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: pulumi.interpolate`${args.route.loadBalancer.arnSuffix}/${targetGroup.arnSuffix}`,
        },
        args.requestsPerMinute,
      );
  }
}
