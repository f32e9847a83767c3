import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Transform } from "../transform";
import { createAlarm, type MadeAlarm } from "./alarms/metric-alarm";
import { httpSpecs, type ObservedTargetGroup } from "./alarms/services/http";

export interface HttpAlarmsArgs extends ObservedTargetGroup {
  /** Topic that alarms and recoveries are sent to. */
  readonly topicArn: pulumi.Input<string>;
  /** Milliseconds under which 95 of 100 requests must be answered. */
  readonly latencyTarget: number;
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

/**
 * Alarms of a service behind a load balancer: share of 5xx answers, latency, unhealthy targets, no healthy one.
 *
 * Cost: 0.10 USD a month a metric (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export class HttpAlarms extends pulumi.ComponentResource {
  public readonly alarms: readonly MadeAlarm[];

  constructor(name: string, args: HttpAlarmsArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:HttpAlarms", name, {}, options);
    const { topicArn, latencyTarget, transform } = args;
    this.alarms = httpSpecs(args, latencyTarget).map((spec) =>
      createAlarm(name, spec, { topicArn, parent: this, transform: transform?.alarm }),
    );
    this.registerOutputs();
  }
}
