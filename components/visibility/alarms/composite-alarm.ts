import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CLOUDWATCH_LIMITS } from "../../../facts/limits-cloudwatch";
import { bend, type Transform } from "../../transform";

/** An alarm that a rule can name. */
interface NamedAlarm {
  readonly name: pulumi.Output<string>;
}

export interface CompositeAlarmSetting {
  /** Name of the environment, which starts the alarm's. */
  readonly environment: string;
  /** What is wrong when it fires, and what to do. */
  readonly description: string;
  /** Fires when `any` of its children does, or only when `all` do. */
  readonly when: "any" | "all";
  readonly children: readonly NamedAlarm[];
  /** Topic that it and its end are sent to. Default: none, it only shows. */
  readonly topicArn?: pulumi.Input<string>;
  /** While this one fires, nobody is told. Default: none. */
  readonly suppressor?: { readonly arn: pulumi.Output<string> } | undefined;
  readonly parent: pulumi.Resource;
  readonly transform?: Transform<aws.cloudwatch.CompositeAlarmArgs>;
}

/** An alarm made of others. */
export interface MadeComposite extends NamedAlarm {
  readonly arn: pulumi.Output<string>;
}

/** Seconds that it waits for the suppressor to fire as well, and that it stays quiet after the suppressor ended. */
const SUPPRESSION = { waitPeriod: 120, extensionPeriod: 300 } as const;

/** The rule as CloudWatch takes it: `ALARM("a") OR ALARM("b")`. */
export function alarmRule(when: CompositeAlarmSetting["when"], names: readonly string[]): string {
  return names.map((name) => `ALARM("${name}")`).join(when === "any" ? " OR " : " AND ");
}

/**
 * Makes an alarm that joins others.
 *
 * Cost: 0.50 USD a month (Amazon CloudWatch pricing, us-east-1, 2026-11).
 * @throws {Error} when it has no children or more than CloudWatch takes.
 */
export function createComposite(name: string, setting: CompositeAlarmSetting): MadeComposite {
  const { environment, description, when, children, topicArn, suppressor, parent, transform } = setting;
  const most = CLOUDWATCH_LIMITS.compositeChildren.value;
  if (children.length === 0 || children.length > most)
    throw new Error(`composite alarm ${name} has ${children.length} children; CloudWatch takes 1 to ${most}`);
  const actions = topicArn === undefined ? [] : [topicArn];
  const alarm = new aws.cloudwatch.CompositeAlarm(
    ...bend<aws.cloudwatch.CompositeAlarmArgs>(
      transform,
      name,
      {
        // The provider wants a name, so that a replacement has to delete the old one first; it holds no data.
        alarmName: `${environment}-${name}`,
        alarmDescription: description,
        alarmRule: pulumi.all(children.map((child) => child.name)).apply((names) => alarmRule(when, names)),
        alarmActions: actions,
        okActions: actions,
        ...(suppressor && { actionsSuppressor: { alarm: suppressor.arn, ...SUPPRESSION } }),
      },
      { parent },
    ),
  );
  return { name: alarm.alarmName, arn: alarm.arn };
}
