import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustPolicy } from "../iam";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { DeadLetters, type DeadLettersArgs } from "./dead-letters";
import { type TaskCluster } from "./task-cluster";
import { type ExecutionRole } from "./execution-role";
import { type EventTrigger, type ScheduleTrigger } from "./job-trigger";
import { capacityStrategy } from "./task-capacity";

export interface JobStarterArgs {
  readonly context: PlatformContext;
  readonly cluster: TaskCluster;
  readonly taskDefinition: aws.ecs.TaskDefinition;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Role of the job's own code. */
  readonly taskRoleArn: pulumi.Input<string>;
  readonly executionRole: ExecutionRole;
  readonly triggers: readonly (ScheduleTrigger | EventTrigger)[];
  /** True runs on Spot, and on demand what Spot broke off or could not start. */
  readonly interruptible: boolean;
  /** What must exist before the first run. */
  readonly ready: readonly pulumi.Resource[];
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: {
    readonly schedule?: Transform<aws.scheduler.ScheduleArgs>;
    readonly rule?: Transform<aws.cloudwatch.EventRuleArgs>;
    readonly target?: Transform<aws.cloudwatch.EventTargetArgs>;
    readonly deadLetters?: DeadLettersArgs["transform"];
  };
}

/** The AWS services that start a run. */
type Starter = "scheduler" | "events";

/** How long a start is tried again, and how often at most: EventBridge user guide, "Retry policy" (2026-11). */
const RETRY = { maximumEventAgeInSeconds: 6 * 3_600, maximumRetryAttempts: 185 } as const;
/** Why a run ended that nobody but itself is to blame for: EventBridge tells the others apart by what stopped them. */
const OWN_END = "EssentialContainerExited";
const SPOT_LOSSES = ["SpotInterruption", "TaskFailedToStart"];

/**
 * Starts the runs of a job: at set times, for each event, and again on demand when Spot breaks one off. A start that fails is tried for six
 * hours, then kept with the dead letters, which raises an alarm. AWS starts a run at least once: now and then twice.
 *
 * Cost: 1.00 USD a million starts by a schedule, the first 14 million of a month free; rules on AWS's own events are free (Amazon EventBridge
 * pricing, 2026-11). The runs themselves.
 */
export class JobStarter extends pulumi.ComponentResource {
  /** Roles that may start the job, by AWS service. */
  public readonly roleArns: Readonly<Partial<Record<Starter, pulumi.Output<string>>>>;
  /** Starts that AWS gave up on. */
  public readonly deadLetters: DeadLetters;

  private readonly roles = new Map<Starter, { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy }>();

  constructor(
    private readonly name: string,
    private readonly args: JobStarterArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:JobStarter", name, {}, options);
    const { context, alarmTopicArn, transform } = args;
    this.deadLetters = new DeadLetters(name, { context, alarmTopicArn, transform: transform?.deadLetters }, { parent: this });
    const schedules = args.triggers.filter((trigger) => trigger.kind === "schedule");
    const events = args.triggers.filter((trigger) => trigger.kind === "event");
    schedules.forEach((trigger, index) => this.schedule(trigger, index));
    events.forEach((trigger) => this.onEvent(trigger));
    if (args.interruptible) this.onSpotLoss();
    this.keepFailures();
    this.roleArns = Object.fromEntries([...this.roles].map(([starter, { role }]) => [starter, role.arn]));
    this.registerOutputs({ deadLettersArn: this.deadLetters.arn, roleArns: this.roleArns });
  }

  /** The role one AWS service starts the job with; made when the first trigger needs it. */
  private starter(service: Starter): { readonly role: aws.iam.Role; readonly policy: aws.iam.RolePolicy } {
    const known = this.roles.get(service);
    if (known) return known;
    const name = `${this.name}-${service}`;
    const { accountId } = this.args.context;
    const role = new aws.iam.Role(
      name,
      { description: `What starts ${this.name}`, assumeRolePolicy: trustPolicy(`${service}.amazonaws.com`, accountId) },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: policyDocument(this.startStatements(service)) },
      { parent: this },
    );
    const made = { role, policy };
    this.roles.set(service, made);
    return made;
  }

  private startStatements(service: Starter): Statement[] {
    const { context, cluster, taskDefinition, taskRoleArn, executionRole } = this.args;
    return [
      {
        Sid: "RunJob",
        Effect: "Allow",
        Action: "ecs:RunTask",
        Resource: pulumi.interpolate`${taskDefinition.arnWithoutRevision}:*`,
        Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
      },
      {
        Sid: "PassRoles",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: [taskRoleArn, executionRole.arn],
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
      {
        Sid: "TagRun",
        Effect: "Allow",
        Action: "ecs:TagResource",
        Resource: pulumi.interpolate`arn:aws:ecs:${context.region}:${context.accountId}:task/${cluster.name}/*`,
        Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
      },
      // Rules write there as EventBridge itself, schedules with their role.
      ...(service === "scheduler" ? [this.deadLetters.sendStatement()] : []),
    ];
  }

  /** How a run is started, as both EventBridge and its Scheduler spell it. */
  private runTask(spot: boolean) {
    const { cluster, taskDefinition, subnetIds, securityGroupId } = this.args;
    return {
      taskDefinitionArn: taskDefinition.arn,
      taskCount: 1,
      capacityProviderStrategies: capacityStrategy(cluster.fargate, 0, spot ? 1 : 0),
      platformVersion: "LATEST",
      networkConfiguration: { subnets: subnetIds, securityGroups: [securityGroupId], assignPublicIp: false },
      enableEcsManagedTags: true,
      propagateTags: "TASK_DEFINITION",
    };
  }

  private schedule({ expression }: ScheduleTrigger, index: number): void {
    const { cluster, interruptible, ready, transform, executionRole } = this.args;
    const { role, policy } = this.starter("scheduler");
    new aws.scheduler.Schedule(
      ...bend<aws.scheduler.ScheduleArgs>(
        transform?.schedule,
        index === 0 ? this.name : `${this.name}-${index + 1}`,
        {
          description: `Starts ${this.name}`,
          scheduleExpression: expression,
          scheduleExpressionTimezone: "UTC",
          flexibleTimeWindow: { mode: "OFF" },
          target: {
            arn: cluster.arn,
            roleArn: role.arn,
            ecsParameters: this.runTask(interruptible),
            deadLetterConfig: { arn: this.deadLetters.arn },
            retryPolicy: RETRY,
          },
        },
        { parent: this, dependsOn: [policy, ...cluster.fargate.ready, executionRole.policy, ...ready] },
      ),
    );
  }

  private onEvent({ name, pattern, variables, ready }: EventTrigger): void {
    const keys = Object.keys(variables);
    // EventBridge puts a JSON value in place of <name>, with its quotes.
    const environment = keys.map((key) => `{"name":${JSON.stringify(key)},"value":<${key}>}`).join(",");
    this.rule(name, `Starts ${this.name}`, pattern, this.args.interruptible, ready, {
      inputPaths: { ...variables },
      inputTemplate: `{"containerOverrides":[{"name":${JSON.stringify(this.name)},"environment":[${environment}]}]}`,
    });
  }

  /** Spot has no fallback of its own: ECS says which run it lost, and the same run, with its overrides, is started on demand. */
  private onSpotLoss(): void {
    const { cluster } = this.args;
    const pattern = this.stopped({ stopCode: SPOT_LOSSES, capacityProviderName: [cluster.fargate.spot] });
    this.rule("on-demand", `Starts ${this.name} again on demand when Spot loses it`, pattern, false, [], {
      inputPaths: { overrides: "$.detail.overrides.containerOverrides" },
      inputTemplate: `{"containerOverrides":<overrides>}`,
    });
  }

  /** CloudWatch counts no runs. One that ends with another code than 0 is kept with what could not be started, which raises the same alarm. */
  private keepFailures(): void {
    const { transform } = this.args;
    const name = `${this.name}-failed`;
    const eventPattern = this.stopped({ stopCode: [OWN_END], containers: { exitCode: [{ "anything-but": 0 }] } });
    const rule = new aws.cloudwatch.EventRule(
      ...bend<aws.cloudwatch.EventRuleArgs>(
        transform?.rule,
        name,
        { description: `Keeps the runs of ${this.name} that failed`, eventPattern },
        { parent: this },
      ),
    );
    new aws.cloudwatch.EventTarget(
      name,
      { rule: rule.name, arn: this.deadLetters.arn },
      { parent: this, dependsOn: [this.deadLetters.policy] },
    );
  }

  /** The runs of this job that stopped in one way. */
  private stopped(how: Readonly<Record<string, unknown>>): pulumi.Output<string> {
    const { cluster, taskDefinition } = this.args;
    return pulumi.jsonStringify({
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [cluster.arn],
        // A run's group is its family, unless who starts it says otherwise.
        group: [pulumi.interpolate`family:${taskDefinition.family}`],
        lastStatus: ["STOPPED"],
        ...how,
      },
    });
  }

  private rule(
    suffix: string,
    description: string,
    eventPattern: pulumi.Input<string>,
    spot: boolean,
    sends: readonly pulumi.Resource[],
    inputTransformer: aws.types.input.cloudwatch.EventTargetInputTransformer,
  ): void {
    const { cluster, ready, transform, executionRole } = this.args;
    const name = `${this.name}-${suffix}`;
    const { role, policy } = this.starter("events");
    const rule = new aws.cloudwatch.EventRule(
      ...bend<aws.cloudwatch.EventRuleArgs>(transform?.rule, name, { description, eventPattern }, { parent: this }),
    );
    new aws.cloudwatch.EventTarget(
      ...bend<aws.cloudwatch.EventTargetArgs>(
        transform?.target,
        name,
        {
          rule: rule.name,
          arn: cluster.arn,
          roleArn: role.arn,
          ecsTarget: this.runTask(spot),
          inputTransformer,
          deadLetterConfig: { arn: this.deadLetters.arn },
          retryPolicy: RETRY,
        },
        { parent: this, dependsOn: [policy, this.deadLetters.policy, ...sends, ...cluster.fargate.ready, executionRole.policy, ...ready] },
      ),
    );
  }
}
