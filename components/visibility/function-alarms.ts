import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../transform";

export interface FunctionAlarmsArgs {
  /** Topic that alarms and recoveries are sent to. */
  readonly topicArn: pulumi.Input<string>;
  /** Name of the function. */
  readonly functionName: pulumi.Input<string>;
  /** Seconds after which a call is cut off. */
  readonly timeout: number;
  /** Version that is tried on a share of the calls; it gets an alarm of its own. Default: none. */
  readonly trial?: { readonly alias: string; readonly version: pulumi.Input<string> };
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

const NAMESPACE = "AWS/Lambda";
const ERROR_PERCENT = 5;
const TRIAL_ERROR_PERCENT = 1;
const CALLS_WORTH_A_RATE = 20;
const SHARE_OF_TIMEOUT = 0.8;
const MS_PER_SECOND = 1000;

/**
 * Alarms of a function: share of calls that fail, calls refused because its concurrency is used up, calls that come close to the timeout.
 *
 * Cost: 0.10 USD a month a metric (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export class FunctionAlarms extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: FunctionAlarmsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:FunctionAlarms", name, {}, options);
    const { functionName, trial } = args;
    this.errorShare("errors", `${name}: more than ${ERROR_PERCENT} % of calls fail`, { FunctionName: functionName }, ERROR_PERCENT);
    this.throttles();
    this.slow();
    if (trial)
      this.errorShare(
        "trial-errors",
        `${name}: the version on trial fails more than ${TRIAL_ERROR_PERCENT} % of its calls; set the rollout's share to 0`,
        { FunctionName: functionName, Resource: pulumi.interpolate`${functionName}:${trial.alias}`, ExecutedVersion: trial.version },
        TRIAL_ERROR_PERCENT,
      );
    this.registerOutputs();
  }

  private alarm(suffix: string, alarm: Omit<aws.cloudwatch.MetricAlarmArgs, "alarmActions" | "okActions">): void {
    new aws.cloudwatch.MetricAlarm(
      ...bend<aws.cloudwatch.MetricAlarmArgs>(
        this.args.transform?.alarm,
        `${this.name}-${suffix}`,
        { ...alarm, treatMissingData: "notBreaching", alarmActions: [this.args.topicArn], okActions: [this.args.topicArn] },
        { parent: this },
      ),
    );
  }

  /** A count would fire at night for one failed call out of one, or stay quiet at noon with thousands. */
  private errorShare(suffix: string, alarmDescription: string, dimensions: Record<string, pulumi.Input<string>>, threshold: number): void {
    const metric = (id: string, metricName: string) => ({
      id,
      metric: { namespace: NAMESPACE, metricName, stat: "Sum", period: 60, dimensions },
    });
    this.alarm(suffix, {
      alarmDescription,
      comparisonOperator: "GreaterThanThreshold",
      threshold,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      metricQueries: [
        metric("calls", "Invocations"),
        metric("errors", "Errors"),
        {
          id: "share",
          label: "errors, percent",
          expression: `IF(calls > ${CALLS_WORTH_A_RATE}, 100 * FILL(errors, 0) / calls, 0)`,
          returnData: true,
        },
      ],
    });
  }

  private throttles(): void {
    this.alarm("throttles", {
      alarmDescription: `${this.name}: calls are refused, the reserved concurrency is used up`,
      namespace: NAMESPACE,
      metricName: "Throttles",
      dimensions: { FunctionName: this.args.functionName },
      statistic: "Sum",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }

  private slow(): void {
    this.alarm("slow", {
      alarmDescription: `${this.name}: the slowest of 100 calls takes more than ${SHARE_OF_TIMEOUT * 100} % of its timeout of ${this.args.timeout} s`,
      namespace: NAMESPACE,
      metricName: "Duration",
      dimensions: { FunctionName: this.args.functionName },
      extendedStatistic: "p99",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: this.args.timeout * MS_PER_SECOND * SHARE_OF_TIMEOUT,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }
}
