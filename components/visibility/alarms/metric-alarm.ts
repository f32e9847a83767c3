import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../../transform";
import { type AlarmSpec, isMath, type MetricReference } from "./alarm-spec";

/** An alarm that was made, and what it was made from. */
export interface MadeAlarm {
  readonly spec: AlarmSpec;
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
}

export interface MetricAlarmSetting {
  /** Topic that the alarm and its end are sent to. Default: none, it only shows, or another joins it. */
  readonly topicArn?: pulumi.Input<string>;
  readonly parent: pulumi.Resource;
  readonly transform?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

const STATISTICS: ReadonlySet<string> = new Set(["Average", "Sum", "Maximum", "Minimum", "SampleCount"]);

function statistic({ stat }: MetricReference): Pick<aws.cloudwatch.MetricAlarmArgs, "statistic" | "extendedStatistic"> {
  return STATISTICS.has(stat) ? { statistic: stat } : { extendedStatistic: stat };
}

function measured({ measure, period }: AlarmSpec): Partial<aws.cloudwatch.MetricAlarmArgs> {
  if (!isMath(measure)) {
    const { namespace, metricName, dimensions } = measure;
    return { namespace, metricName, dimensions: { ...dimensions }, period, ...statistic(measure) };
  }
  const { metrics, expression, label } = measure;
  return {
    metricQueries: [
      ...Object.entries(metrics).map(([id, { namespace, metricName, dimensions, stat }]) => ({
        id,
        metric: { namespace, metricName, stat, period, dimensions: { ...dimensions } },
      })),
      { id: "result", label, expression, returnData: true },
    ],
  };
}

/** The alarm as CloudWatch takes it, without what it does when it fires. */
export function alarmArgs(subject: string, spec: AlarmSpec): aws.cloudwatch.MetricAlarmArgs {
  return {
    alarmDescription: `${subject}: ${spec.says}. Threshold: ${spec.because}.`,
    comparisonOperator: spec.fires === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
    threshold: spec.threshold,
    evaluationPeriods: spec.periods,
    datapointsToAlarm: spec.datapoints,
    treatMissingData: spec.missing ?? "notBreaching",
    // A percentile of five requests says nothing.
    ...(!isMath(spec.measure) && spec.measure.stat.startsWith("p") && { evaluateLowSampleCountPercentiles: "ignore" }),
    ...measured(spec),
  };
}

/**
 * Makes an alarm called by what it watches and its suffix.
 *
 * Cost: 0.10 USD a month a metric that it reads (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export function createAlarm(subject: string, spec: AlarmSpec, { topicArn, parent, transform }: MetricAlarmSetting): MadeAlarm {
  const actions = topicArn === undefined ? [] : [topicArn];
  const alarm = new aws.cloudwatch.MetricAlarm(
    ...bend<aws.cloudwatch.MetricAlarmArgs>(
      transform,
      `${subject}-${spec.suffix}`,
      { ...alarmArgs(subject, spec), alarmActions: actions, okActions: actions },
      { parent },
    ),
  );
  return { spec, name: alarm.name, arn: alarm.arn };
}
