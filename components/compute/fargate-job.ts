import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../faults";
import { type PlatformContext } from "../platform-context";
import { type Binding } from "../service/binding";
import { type Transform } from "../transform";
import { type ObservedService } from "../visibility/alarms/observed-service";
import { type ServiceLogs } from "../visibility/service-logs";
import { type TaskCluster } from "./task-cluster";
import { instrumented } from "./sidecars";
import { type Instrumentation } from "../visibility/telemetry";
import { EcsService, type EcsServiceArgs } from "./ecs-service";
import { createTaskDefinition, type TaskContainer } from "./ecs-task-definition";
import { type ExecutionRole } from "./execution-role";
import { JobStarter, type JobStarterArgs } from "./job-starter";
import { type JobTrigger, type QueueTrigger, triggerFaults } from "./job-trigger";

export interface FargateJobArgs {
  readonly context: PlatformContext;
  readonly cluster: TaskCluster;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Role of the job's own code. */
  readonly taskRoleArn: pulumi.Input<string>;
  /** Role that ECS starts tasks with; never the task role. */
  readonly executionRole: ExecutionRole;
  readonly logs: ServiceLogs;
  /** Image with a tag or digest. */
  readonly image: string;
  readonly command?: readonly string[];
  /** Fargate CPU units and MiB of memory; one of the pairs of `facts/fargate-sizes`. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /** One queue, or any number of schedules and events. */
  readonly triggers: readonly JobTrigger[];
  /** True when a run may be broken off and started again: it runs on Spot. */
  readonly interruptible: boolean;
  /** Most tasks at once of a job that a queue starts. */
  readonly atOnce: number;
  /** Milliseconds from a task's start to its first message. */
  readonly start: number;
  /** Directories the container may write to; everything else is read-only. */
  readonly writable: readonly string[];
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly bindings: readonly Binding[];
  /** Containers that run beside it and end with it; at most 9. Default: none. */
  readonly sidecars?: readonly TaskContainer[];
  /** Agent that instruments the container. Default: none. */
  readonly instrumentation?: Instrumentation;
  /** What must exist before the first run, beside what the bindings bring. */
  readonly ready: readonly pulumi.Resource[];
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: {
    readonly taskDefinition?: Transform<aws.ecs.TaskDefinitionArgs>;
    readonly starter?: JobStarterArgs["transform"];
    readonly service?: EcsServiceArgs["transform"];
  };
}

/**
 * A container that runs to its end on Fargate, for periodic or bursty work, so that no cluster need be sized for the peak: at set times, for
 * each event, or as many at once as a queue's messages ask for, and none without. On Spot where a run may be broken off: a scheduled one is
 * then run again on demand, a message comes back to its queue.
 *
 * Cost: 0.03238 USD a vCPU-hour and 0.00356 USD a GB-hour on Graviton in us-east-1 while it runs, at least a minute a run, up to 70 % less
 * on Spot (AWS Fargate pricing, 2026-11).
 * @throws {ConfigError} when nothing starts it, or a queue and something else does.
 */
export class FargateJob extends pulumi.ComponentResource {
  public readonly taskDefinitionArn: pulumi.Output<string>;
  /** What starts the runs; absent for a job that a queue starts. */
  public readonly starter: JobStarter | undefined;
  /** What CloudWatch knows it by, and the alarms it brought with it. */
  public readonly observed: Pick<ObservedService, "runtime" | "alarms">;

  constructor(
    private readonly name: string,
    private readonly args: FargateJobArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:FargateJob", name, {}, options);
    const faults = triggerFaults(`job ${name}: triggers`, args.triggers);
    if (faults.length > 0) throw new ConfigError(faults);
    const queue = args.triggers.find((trigger) => trigger.kind === "queue");
    if (queue) {
      const service = this.burst(queue);
      this.taskDefinitionArn = service.taskDefinitionArn;
      this.observed = { runtime: { on: "tasks", ...service.tasks }, alarms: service.alarms };
    } else {
      const taskDefinition = this.createTaskDefinition();
      this.starter = this.createStarter(taskDefinition);
      const { queueName, alarm } = this.starter.deadLetters;
      this.observed = { runtime: { on: "runs", deadLettersName: queueName }, alarms: [alarm] };
      this.taskDefinitionArn = taskDefinition.arn;
    }
    this.registerOutputs({ taskDefinitionArn: this.taskDefinitionArn });
  }

  private createTaskDefinition(): aws.ecs.TaskDefinition {
    const { args } = this;
    const container: TaskContainer = {
      name: this.name,
      image: args.image,
      command: args.command,
      writable: args.writable,
      variables: Object.assign({}, ...args.bindings.map(({ variables }) => variables), args.variables) as TaskContainer["variables"],
    };
    const { containers, volumes } = instrumented(container, args.instrumentation);
    return createTaskDefinition(
      this.name,
      {
        ...args,
        capacity: args.cluster.fargate,
        containers: [...containers, ...(args.sidecars ?? [])],
        volumes,
        transform: args.transform?.taskDefinition,
      },
      this,
    );
  }

  private createStarter(taskDefinition: aws.ecs.TaskDefinition): JobStarter {
    const { args } = this;
    return new JobStarter(
      this.name,
      {
        ...args,
        taskDefinition,
        triggers: args.triggers.filter((trigger) => trigger.kind !== "queue"),
        ready: [...args.ready, ...args.bindings.flatMap(({ ready }) => ready)],
        transform: args.transform?.starter,
      },
      { parent: this },
    );
  }

  /** A service that has no tasks until messages wait. ECS starts a task again that ends while there are more. */
  private burst({ backlog }: QueueTrigger): EcsService {
    const { args } = this;
    return new EcsService(
      this.name,
      {
        ...args,
        capacity: args.cluster.fargate,
        copies: { minimum: 0, maximum: args.atOnce },
        spotShare: args.interruptible ? 1 : 0,
        backlog: { ...backlog, start: args.start },
        transform: {
          ...args.transform?.service,
          taskDefinition: args.transform?.taskDefinition ?? args.transform?.service?.taskDefinition,
        },
      },
      { parent: this },
    );
  }
}
