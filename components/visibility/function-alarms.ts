import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Transform } from "../transform";
import { createAlarm, type MadeAlarm } from "./alarms/metric-alarm";
import { functionSpecs, type ObservedFunction } from "./alarms/services/function";

export interface FunctionAlarmsArgs extends ObservedFunction {
  /** Topic that alarms and recoveries are sent to. */
  readonly topicArn: pulumi.Input<string>;
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

/**
 * Alarms of a function: share of calls that fail, calls refused because its concurrency is used up, calls that come close to the timeout, and
 * environments that are nearly all busy.
 *
 * Cost: 0.10 USD a month a metric (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export class FunctionAlarms extends pulumi.ComponentResource {
  public readonly alarms: readonly MadeAlarm[];

  constructor(name: string, args: FunctionAlarmsArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:FunctionAlarms", name, {}, options);
    const { topicArn, transform } = args;
    this.alarms = functionSpecs(args).map((spec) => createAlarm(name, spec, { topicArn, parent: this, transform: transform?.alarm }));
    this.registerOutputs();
  }
}
