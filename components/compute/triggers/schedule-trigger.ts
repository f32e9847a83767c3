import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustPolicy } from "../../iam";
import { type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { type LambdaFunction } from "../lambda-function";

export interface ScheduleTriggerArgs {
  readonly context: PlatformContext;
  /** `cron(…)` or `rate(…)`, in UTC; one that `scheduleFaults` finds nothing wrong with. */
  readonly expression: string;
  readonly target: LambdaFunction;
  readonly transform?: { readonly schedule?: Transform<aws.scheduler.ScheduleArgs> };
}

const EVENT_AGE_SECONDS = 3_600;
const RETRIES = 10;

/**
 * Starts a function at given times. A start that cannot be delivered within the hour goes to the function's dead letters.
 *
 * Cost: 1.00 USD a million starts, the first 14 million of a month free (Amazon EventBridge pricing, 2026-11).
 */
export class ScheduleTrigger extends pulumi.ComponentResource {
  constructor(name: string, args: ScheduleTriggerArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:ScheduleTrigger", name, {}, options);
    const { context, expression, target, transform } = args;
    const role = new aws.iam.Role(
      name,
      { description: `Starts ${target.name}`, assumeRolePolicy: trustPolicy("scheduler.amazonaws.com", context.accountId) },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument([
          { Sid: "Start", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: target.arn },
          target.deadLetters.sendStatement(),
        ]),
      },
      { parent: this },
    );
    new aws.scheduler.Schedule(
      ...bend<aws.scheduler.ScheduleArgs>(
        transform?.schedule,
        name,
        {
          description: `Starts ${target.name}`,
          scheduleExpression: expression,
          scheduleExpressionTimezone: "UTC",
          flexibleTimeWindow: { mode: "OFF" },
          target: {
            arn: target.arn,
            roleArn: role.arn,
            deadLetterConfig: { arn: target.deadLetters.arn },
            retryPolicy: { maximumEventAgeInSeconds: EVENT_AGE_SECONDS, maximumRetryAttempts: RETRIES },
          },
        },
        { parent: this, dependsOn: [policy] },
      ),
    );
    this.registerOutputs();
  }
}
