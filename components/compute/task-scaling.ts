import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../transform";

export interface TaskScalingArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly serviceName: pulumi.Input<string>;
  /** Fewest and most tasks. */
  readonly copies: { readonly minimum: number; readonly maximum: number };
  readonly transform?: {
    readonly target?: Transform<aws.appautoscaling.TargetArgs>;
    readonly policy?: Transform<aws.appautoscaling.PolicyArgs>;
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  };
}

/** A queue that tasks take messages from, and how many each is meant to have waiting. */
export interface Backlog {
  /** Name of the SQS queue. */
  readonly queueName: pulumi.Input<string>;
  /** Messages that may wait for one task; tasks are added above it. At least 1. */
  readonly messagesPerTask: number;
}

const PERIOD = 60;
const TARGET_CPU_PERCENT = 60;
const SCALE_OUT_COOLDOWN = 60;
const SCALE_IN_COOLDOWN = 300;
/** Minutes that a queue is empty before the last tasks go. */
const IDLE_MINUTES = 5;
/** Application Auto Scaling API reference, StepScalingPolicyConfiguration: at most 20 step adjustments (2026-11). */
const MOST_STEPS = 20;
const SQS = "AWS/SQS";

/** Scales the tasks of one ECS service; what it makes are children of the service's component. */
export class TaskScaling {
  private readonly target: aws.appautoscaling.Target;

  constructor(
    private readonly name: string,
    private readonly args: TaskScalingArgs,
    private readonly parent: pulumi.Resource,
  ) {
    this.target = new aws.appautoscaling.Target(
      ...bend<aws.appautoscaling.TargetArgs>(
        args.transform?.target,
        name,
        {
          serviceNamespace: "ecs",
          scalableDimension: "ecs:service:DesiredCount",
          resourceId: pulumi.interpolate`service/${args.clusterName}/${args.serviceName}`,
          minCapacity: args.copies.minimum,
          maxCapacity: args.copies.maximum,
        },
        { parent },
      ),
    );
  }

  /** Keeps the tasks at 60 % of their CPU. */
  onCpu(): void {
    this.track("cpu", TARGET_CPU_PERCENT, { predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" } });
  }

  /**
   * Keeps each task at a number of requests a minute.
   * @param resourceLabel `<arnSuffix of the load balancer>/<arnSuffix of the target group>`.
   */
  onRequests(resourceLabel: pulumi.Input<string>, perMinute: number): void {
    this.track("requests", perMinute, {
      predefinedMetricSpecification: { predefinedMetricType: "ALBRequestCountPerTarget", resourceLabel },
    });
  }

  /**
   * Keeps the messages that wait for each task at a number. Needs Container Insights, which counts the running tasks
   * (Application Auto Scaling user guide, "Target tracking scaling policies using metric math", 2026-11).
   */
  onBacklog({ queueName, messagesPerTask }: Backlog): void {
    this.track("backlog", messagesPerTask, {
      customizedMetricSpecification: {
        metrics: [
          {
            id: "visible",
            metricStat: {
              metric: {
                namespace: SQS,
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: [{ name: "QueueName", value: queueName }],
              },
              stat: "Average",
            },
            returnData: false,
          },
          {
            id: "running",
            metricStat: {
              metric: {
                namespace: "ECS/ContainerInsights",
                metricName: "RunningTaskCount",
                dimensions: [
                  { name: "ClusterName", value: this.args.clusterName },
                  { name: "ServiceName", value: this.args.serviceName },
                ],
              },
              stat: "Average",
            },
            returnData: false,
          },
          { id: "perTask", label: "messages waiting for each task", expression: "visible / IF(running > 0, running, 1)", returnData: true },
        ],
      },
    });
  }

  /**
   * Starts tasks when messages wait, from none, and stops all of them when nothing waits and nothing is being worked on.
   * Tasks are never stopped one by one: ECS would not know which of them is busy.
   * CloudWatch hears of a queue that nobody touched for six hours up to 15 minutes late (SQS developer guide, "Available CloudWatch
   * metrics", 2026-11).
   * @param startSeconds time until a new task has taken its first message; until then its messages are not counted again.
   */
  fromZero({ queueName, messagesPerTask }: Backlog, startSeconds: number): void {
    const out = this.step("burst", {
      adjustmentType: "ChangeInCapacity",
      metricAggregationType: "Maximum",
      cooldown: startSeconds + PERIOD,
      stepAdjustments: burstSteps(this.args.copies.maximum, messagesPerTask),
    });
    this.alarm("burst", {
      alarmDescription: `${this.name}: messages wait, tasks are started`,
      namespace: SQS,
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      period: PERIOD,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [out.arn],
    });
    const idle = this.step("idle", {
      adjustmentType: "ExactCapacity",
      metricAggregationType: "Maximum",
      cooldown: PERIOD,
      stepAdjustments: [{ metricIntervalUpperBound: "0", scalingAdjustment: this.args.copies.minimum }],
    });
    const count = (id: string, metricName: string) => ({
      id,
      metric: { namespace: SQS, metricName, stat: "Maximum", period: PERIOD, dimensions: { QueueName: queueName } },
    });
    this.alarm("idle", {
      alarmDescription: `${this.name}: nothing waits and nothing is being worked on, tasks are stopped`,
      comparisonOperator: "LessThanOrEqualToThreshold",
      threshold: 0,
      evaluationPeriods: IDLE_MINUTES,
      datapointsToAlarm: IDLE_MINUTES,
      // A queue that CloudWatch stops reporting has been idle for hours: what was decided stays.
      treatMissingData: "ignore",
      metricQueries: [
        count("visible", "ApproximateNumberOfMessagesVisible"),
        count("inFlight", "ApproximateNumberOfMessagesNotVisible"),
        count("delayed", "ApproximateNumberOfMessagesDelayed"),
        { id: "open", label: "messages not done", expression: "visible + inFlight + delayed", returnData: true },
      ],
      alarmActions: [idle.arn],
    });
  }

  private policy(suffix: string, args: Omit<aws.appautoscaling.PolicyArgs, "serviceNamespace" | "scalableDimension" | "resourceId">) {
    return new aws.appautoscaling.Policy(
      ...bend<aws.appautoscaling.PolicyArgs>(
        this.args.transform?.policy,
        `${this.name}-${suffix}`,
        {
          serviceNamespace: this.target.serviceNamespace,
          scalableDimension: this.target.scalableDimension,
          resourceId: this.target.resourceId,
          ...args,
        },
        { parent: this.parent },
      ),
    );
  }

  private track(
    suffix: string,
    targetValue: number,
    metric: Omit<aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration, "targetValue">,
  ): void {
    this.policy(suffix, {
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        ...metric,
        targetValue,
        scaleOutCooldown: SCALE_OUT_COOLDOWN,
        scaleInCooldown: SCALE_IN_COOLDOWN,
      },
    });
  }

  private step(suffix: string, configuration: aws.types.input.appautoscaling.PolicyStepScalingPolicyConfiguration) {
    return this.policy(suffix, { policyType: "StepScaling", stepScalingPolicyConfiguration: configuration });
  }

  private alarm(suffix: string, args: aws.cloudwatch.MetricAlarmArgs): void {
    new aws.cloudwatch.MetricAlarm(
      ...bend<aws.cloudwatch.MetricAlarmArgs>(this.args.transform?.alarm, `${this.name}-${suffix}`, args, { parent: this.parent }),
    );
  }
}

/**
 * How many tasks to add for how many waiting messages: as many as their number asks for at the lower end of each step, the steps
 * doubling up to the most tasks. Bounds count from the alarm's threshold, which is one message.
 */
export function burstSteps(maximum: number, messagesPerTask: number) {
  const sizes: number[] = [];
  for (let size = 1; size < maximum && sizes.length < MOST_STEPS - 1; size *= 2) sizes.push(size);
  sizes.push(maximum);
  // One message more than `size - 1` tasks are meant to have waiting.
  const bounds = sizes.map((size) => (size - 1) * messagesPerTask);
  return sizes.map((scalingAdjustment, index) => ({
    metricIntervalLowerBound: String(bounds[index]),
    ...(index + 1 < sizes.length && { metricIntervalUpperBound: String(bounds[index + 1]) }),
    scalingAdjustment,
  }));
}
