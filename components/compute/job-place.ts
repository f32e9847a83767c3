import type * as pulumi from "@pulumi/pulumi";
import { type ServiceNetwork } from "../network/service-network";
import { type PlatformContext } from "../platform-context";
import { calledServices, type SignIns } from "../service/called-services";
import { type Descriptor } from "../service/descriptor";
import { type Place, type PlaceRequest } from "../service/place";
import { type ObservedService } from "../visibility/alarms/observed-service";
import { type TaskCluster } from "./task-cluster";
import { ExecutionRole, isPublicImage, TASK_SERVICES } from "./execution-role";
import { FargateJob, type FargateJobArgs } from "./fargate-job";
import { type JobTrigger, uploadTrigger } from "./job-trigger";
import { backlogOf } from "./queue-backlog";
import { sidecarContainers, sizeWithSidecars } from "./sidecars";
import { type EventSources } from "./triggers/event-sources";

/** How big the runs of a job are in one environment. */
export interface JobSizing {
  /** CPU units of a run: 1,024 a vCPU. */
  readonly cpu: number;
  /** MiB of a run. */
  readonly memory: number;
  /** Most runs at the same time. */
  readonly atOnce: number;
}

export interface JobPlaceArgs {
  /** How services sign in to caches and topics. Default: by password. */
  readonly signIns?: SignIns;
  readonly context: PlatformContext;
  readonly network: ServiceNetwork;
  readonly cluster: TaskCluster;
  readonly sizing: (descriptor: Descriptor) => JobSizing;
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Asked for the queues and buckets of a job's triggers, when it is made. */
  readonly sources: Pick<EventSources, "queue" | "bucket">;
  readonly transform?: FargateJobArgs["transform"];
}

/** Runs a job's container on Fargate, when something starts it. */
export class JobPlace implements Place {
  readonly target = "fargate-job";
  readonly runsAs = "ecs-tasks.amazonaws.com";

  constructor(private readonly args: JobPlaceArgs) {}

  internetReasons(descriptor: Descriptor): readonly string[] {
    const { run } = descriptor;
    if (!("job" in run)) return [];
    const { privateServices } = this.args.network;
    const reached = [...TASK_SERVICES, ...calledServices(descriptor, this.args.signIns)].filter((service) => !privateServices.has(service));
    return [
      ...(isPublicImage(run.job) ? ["its image is in a public registry"] : []),
      ...(reached.length > 0 ? [`no interface endpoint for ${reached.join(", ")}`] : []),
    ];
  }

  run({ descriptor, identity, logs, bindings, telemetry, ready, parent }: PlaceRequest): ObservedService {
    const { run, name, demand } = descriptor;
    if (!("job" in run)) throw new Error(`service ${name} has no job to run`);
    const { context, cluster, network, alarmTopicArn, transform } = this.args;
    const { cpu, memory, atOnce } = this.args.sizing(descriptor);
    const { sidecars, startStatements } = telemetry;
    const executionRole = new ExecutionRole(name, { context, logs, image: run.job, statements: startStatements }, { parent });
    const { observed } = new FargateJob(
      name,
      {
        context,
        cluster,
        vpcId: network.vpcId,
        subnetIds: network.privateSubnetIds,
        securityGroupId: identity.securityGroupId,
        taskRoleArn: identity.roleArn,
        executionRole,
        logs,
        image: run.job,
        command: run.command,
        size: sizeWithSidecars({ cpu, memory }, sidecars, cluster.fargate.compatibility),
        triggers: this.triggers(descriptor),
        interruptible: run.interruptible ?? false,
        atOnce,
        start: demand.start,
        writable: run.writable ?? [],
        variables: { ...telemetry.variables, ...run.variables },
        sidecars: sidecarContainers(sidecars),
        instrumentation: telemetry.instrumentation,
        bindings,
        ready,
        alarmTopicArn,
        transform,
      },
      { parent },
    );
    return { name, target: this.target, requests: undefined, ...observed };
  }

  private triggers({ name, triggers = [], demand }: Descriptor): JobTrigger[] {
    const { sources } = this.args;
    return triggers.map((trigger): JobTrigger => {
      if ("schedule" in trigger) return { kind: "schedule", expression: trigger.schedule };
      if ("upload" in trigger) {
        const bucket = sources.bucket(trigger.upload);
        if (!bucket) throw new Error(`job ${name} is started by uploads to ${trigger.upload}, which is no bucket of this environment`);
        return uploadTrigger(trigger.upload, bucket, trigger);
      }
      if ("queue" in trigger) {
        const backlog = backlogOf(sources, [trigger.queue], demand, 1);
        if (!backlog) throw new Error(`job ${name} is started by ${trigger.queue}, which is no SQS queue of this environment`);
        return { kind: "queue", backlog };
      }
      throw new Error(`job ${name} is started by the topic ${trigger.topic}, which only functions and services can be`);
    });
  }
}
