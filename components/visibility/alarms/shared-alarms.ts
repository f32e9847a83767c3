import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../../platform-context";
import { type Transform } from "../../transform";
import { type AlarmSpec, worthTheirPrice } from "./alarm-spec";
import { type AlarmTopics, topicOf } from "./alarm-topics";
import { createAlarm, type MadeAlarm } from "./metric-alarm";

export interface SharedAlarmsArgs {
  readonly context: PlatformContext;
  readonly specs: readonly AlarmSpec[];
  readonly topics: AlarmTopics;
  /** True when a critical service may need it. */
  readonly neededByCritical: boolean;
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

/**
 * The alarms of something that services share: a NAT gateway, the load balancer, a cluster.
 *
 * Cost: 0.10 USD a month a metric (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export class SharedAlarms extends pulumi.ComponentResource {
  public readonly alarms: readonly MadeAlarm[];

  constructor(name: string, args: SharedAlarmsArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:SharedAlarms", name, {}, options);
    const { context, specs, topics, neededByCritical, transform } = args;
    this.alarms = worthTheirPrice(specs, context.durable).map((spec) =>
      createAlarm(name, spec, { topicArn: topicOf(spec, topics, neededByCritical), parent: this, transform: transform?.alarm }),
    );
    this.registerOutputs();
  }
}
