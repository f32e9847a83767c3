import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../../platform-context";
import { type Transform } from "../../transform";
import { worthTheirPrice } from "./alarm-spec";
import { type AlarmTopics, topicOf } from "./alarm-topics";
import { createAlarm, type MadeAlarm } from "./metric-alarm";
import { type Observed, type StoreUser } from "./observed";
import { storeSpecs } from "./stores";

export interface StoreAlarmsArgs {
  readonly context: PlatformContext;
  readonly observed: Observed;
  /** Services that use it: lags are judged by their rates, and a pager goes off only for what a critical one needs. */
  readonly users: readonly StoreUser[];
  readonly topics: AlarmTopics;
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

/**
 * The alarms of a store: what is nearly used up, what fails, what is slow, what lags. Thresholds follow from its size where it has one. An
 * environment that is not durable has those that are worth their price there: see `worthTheirPrice`.
 *
 * Cost: 0.10 USD a month a metric (Amazon CloudWatch pricing, us-east-1, 2026-11): a Kafka cluster of three brokers 2.40 USD, a table 1.20, a
 * single database 0.80.
 */
export class StoreAlarms extends pulumi.ComponentResource {
  public readonly alarms: readonly MadeAlarm[];

  constructor(name: string, args: StoreAlarmsArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:StoreAlarms", name, {}, options);
    const { context, observed, users, topics, transform } = args;
    const wakes = users.some(({ critical }) => critical);
    this.alarms = worthTheirPrice(storeSpecs(observed, users), context.durable).map((spec) =>
      createAlarm(name, spec, {
        topicArn: topicOf(spec, topics, wakes),
        parent: this,
        transform: transform?.alarm,
      }),
    );
    this.registerOutputs();
  }
}
