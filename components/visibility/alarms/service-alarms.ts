import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../../platform-context";
import { type Transform } from "../../transform";
import { worthTheirPrice } from "./alarm-spec";
import { type AlarmTopics } from "./alarm-topics";
import { type CompositeAlarmSetting, createComposite, type MadeComposite } from "./composite-alarm";
import { createAlarm, type MadeAlarm } from "./metric-alarm";
import { type ObservedService } from "./observed-service";
import { serviceSpecs } from "./services";
import { type BurnSpec, burnSpecs } from "./slo/burn-rate";
import { type ServiceLevelObjective } from "./slo/objective";

export interface ServiceAlarmsArgs {
  readonly context: PlatformContext;
  readonly observed: ObservedService;
  /** True when its failure stops the business: then somebody is woken for it. */
  readonly critical: boolean;
  /** What it promises. Default: nothing, and no budget of errors is watched. */
  readonly slo?: ServiceLevelObjective;
  /** Milliseconds under which requests must be answered. */
  readonly latencyTarget: number;
  /** Alarms that say that a store of the service is down: whoever is told of that need not be told of the service as well. */
  readonly stores: readonly MadeAlarm[];
  readonly topics: AlarmTopics;
  readonly transform?: {
    readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
    readonly composite?: Transform<aws.cloudwatch.CompositeAlarmArgs>;
  };
}

/**
 * The alarms of a service beside those its workload brings, and in a durable environment what joins them: its objective, and one alarm that
 * says it is down, which is what wakes somebody. That one is quiet while a store of the service is down: the store's own alarm has said so.
 *
 * Cost: 0.10 USD a month a metric and 0.50 USD a composite alarm (Amazon CloudWatch pricing, us-east-1, 2026-11): an objective for availability
 * 1.80 USD, with latency 3.60.
 */
export class ServiceAlarms extends pulumi.ComponentResource {
  /** All alarms of the service, those of its workload included. */
  public readonly alarms: readonly MadeAlarm[];
  /** What joins them; empty where nothing does. */
  public readonly composites: readonly MadeComposite[];

  constructor(
    private readonly name: string,
    private readonly args: ServiceAlarmsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:ServiceAlarms", name, {}, options);
    const { observed, latencyTarget, topics, transform, context } = args;
    const own = worthTheirPrice(serviceSpecs(observed, latencyTarget), context.durable).map((spec) =>
      createAlarm(name, spec, { topicArn: topics.arn, parent: this, transform: transform?.alarm }),
    );
    const direct = [...observed.alarms, ...own];
    const burns = context.durable ? this.watchObjective() : [];
    this.alarms = [...direct, ...burns.flatMap(({ sides }) => sides)];
    const down = context.durable ? this.joinDown(direct, burns) : [];
    this.composites = [...burns.map(({ composite }) => composite), ...down];
    this.registerOutputs();
  }

  /** The two windows of each burn rate tell nobody anything by themselves. */
  private watchObjective(): { readonly spec: BurnSpec; readonly sides: readonly MadeAlarm[]; readonly composite: MadeComposite }[] {
    const { slo, observed, topics, transform } = this.args;
    if (!slo || !observed.requests) return [];
    return burnSpecs(slo, observed.requests).map((spec) => {
      const sides = [spec.long, spec.short].map((side) => createAlarm(this.name, side, { parent: this, transform: transform?.alarm }));
      const composite = this.composite(spec.suffix, {
        description: `${this.name}: ${spec.says}`,
        when: "all",
        children: sides,
        topicArn: topics.arn,
      });
      return { spec, sides, composite };
    });
  }

  private joinDown(direct: readonly MadeAlarm[], burns: readonly { spec: BurnSpec; composite: MadeComposite }[]): MadeComposite[] {
    const { critical, topics, stores } = this.args;
    const fast = burns.filter(({ spec }) => spec.speed === "fast").map(({ composite }) => composite);
    const children = [...direct.filter(({ spec }) => spec.severity === "critical"), ...fast];
    const wakes = critical || fast.length > 0;
    // One alarm has said the same to the same people.
    if (children.length < (wakes ? 1 : 2)) return [];
    const suppressor =
      stores.length > 0
        ? this.composite("stores", {
            description: `${this.name}: a store it needs is down; it is itself not to blame`,
            when: "any",
            children: stores,
          })
        : undefined;
    const down = this.composite("down", {
      description: `${this.name} fails its callers; which of its alarms fire says how`,
      when: "any",
      children,
      topicArn: wakes ? topics.criticalArn : topics.arn,
      suppressor,
    });
    return [...(suppressor ? [suppressor] : []), down];
  }

  private composite(suffix: string, setting: Omit<CompositeAlarmSetting, "environment" | "parent" | "transform">): MadeComposite {
    const { context, transform } = this.args;
    return createComposite(`${this.name}-${suffix}`, {
      ...setting,
      environment: context.environment,
      parent: this,
      transform: transform?.composite,
    });
  }
}
