import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../transform";

export interface HttpAlarmsArgs {
  /** Topic that alarms and recoveries are sent to. */
  readonly topicArn: pulumi.Input<string>;
  /** `arnSuffix` of the load balancer. */
  readonly loadBalancer: pulumi.Input<string>;
  /** `arnSuffix` of the target group. */
  readonly targetGroup: pulumi.Input<string>;
  /** Milliseconds under which 95 of 100 requests must be answered. */
  readonly latencyTarget: number;
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

const NAMESPACE = "AWS/ApplicationELB";
const ERROR_PERCENT = 5;
const REQUESTS_WORTH_A_RATE = 20;
const MS_PER_SECOND = 1000;

/**
 * Alarms of a service behind a load balancer: share of 5xx answers, latency, unhealthy targets.
 *
 * Cost: 0.10 USD a month a metric (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export class HttpAlarms extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: HttpAlarmsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:HttpAlarms", name, {}, options);
    this.errorShare();
    this.latency();
    this.unhealthyTargets();
    this.registerOutputs();
  }

  private get dimensions() {
    return { LoadBalancer: this.args.loadBalancer, TargetGroup: this.args.targetGroup };
  }

  private alarm(suffix: string, alarm: Omit<aws.cloudwatch.MetricAlarmArgs, "alarmActions" | "okActions">): void {
    new aws.cloudwatch.MetricAlarm(
      ...bend<aws.cloudwatch.MetricAlarmArgs>(
        this.args.transform?.alarm,
        `${this.name}-${suffix}`,
        { ...alarm, alarmActions: [this.args.topicArn], okActions: [this.args.topicArn] },
        { parent: this },
      ),
    );
  }

  private metric(id: string, metricName: string, stat: string) {
    return { id, metric: { namespace: NAMESPACE, metricName, stat, period: 60, dimensions: this.dimensions } };
  }

  /** A count would fire at night for one failed request out of one, or stay quiet at noon with thousands. */
  private errorShare(): void {
    this.alarm("5xx", {
      alarmDescription: `${this.name}: more than ${ERROR_PERCENT} % of requests answered with 5xx`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: ERROR_PERCENT,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
      metricQueries: [
        this.metric("requests", "RequestCount", "Sum"),
        this.metric("errors", "HTTPCode_Target_5XX_Count", "Sum"),
        {
          id: "share",
          label: "5xx, percent",
          expression: `IF(requests > ${REQUESTS_WORTH_A_RATE}, 100 * FILL(errors, 0) / requests, 0)`,
          returnData: true,
        },
      ],
    });
  }

  private latency(): void {
    this.alarm("latency", {
      alarmDescription: `${this.name}: 95 of 100 requests take longer than ${this.args.latencyTarget} ms`,
      namespace: NAMESPACE,
      metricName: "TargetResponseTime",
      dimensions: this.dimensions,
      extendedStatistic: "p95",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: this.args.latencyTarget / MS_PER_SECOND,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      evaluateLowSampleCountPercentiles: "ignore",
      treatMissingData: "notBreaching",
    });
  }

  private unhealthyTargets(): void {
    this.alarm("unhealthy", {
      alarmDescription: `${this.name}: a task does not answer its health check`,
      namespace: NAMESPACE,
      metricName: "UnHealthyHostCount",
      dimensions: this.dimensions,
      statistic: "Maximum",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      treatMissingData: "notBreaching",
    });
  }
}
