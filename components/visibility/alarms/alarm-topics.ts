import type * as pulumi from "@pulumi/pulumi";
import { type AlarmSpec } from "./alarm-spec";

/** Where alarms go. */
export interface AlarmTopics {
  /** Topic of all alarms: e-mail and chat. */
  readonly arn: pulumi.Output<string>;
  /** Topic of those that somebody is woken for; the same as of all where there is no pager. */
  readonly criticalArn: pulumi.Output<string>;
}

/** Topic of an alarm of something that a critical service needs, or that none does. */
export function topicOf({ severity }: AlarmSpec, { arn, criticalArn }: AlarmTopics, neededByCritical: boolean): pulumi.Output<string> {
  return neededByCritical && severity === "critical" ? criticalArn : arn;
}
