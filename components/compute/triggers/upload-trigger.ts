import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type UploadSource } from "../../persistence/bucket";
import { bend, type Transform } from "../../transform";
import { type LambdaFunction } from "../lambda-function";
import { type UploadFilter, uploadPattern } from "./upload-pattern";

export interface UploadTriggerArgs {
  readonly source: UploadSource;
  readonly filter: UploadFilter;
  readonly target: LambdaFunction;
  readonly transform?: {
    readonly rule?: Transform<aws.cloudwatch.EventRuleArgs>;
    readonly target?: Transform<aws.cloudwatch.EventTargetArgs>;
  };
}

// EventBridge user guide, "Retrying event delivery" (2026-11): what EventBridge does unless told otherwise; said, so that a plan shows it.
const EVENT_AGE_SECONDS = 86_400;
const RETRIES = 185;

/**
 * Starts a function for every new object of a bucket: the guide's function per upload, where small start-up delays do not matter.
 * S3 tells EventBridge, and a rule there tells the function: any number of rules can listen to one bucket, which has room for one
 * notification configuration only. What cannot be delivered goes to the function's dead letters.
 *
 * Cost: events of S3 are free (Amazon EventBridge pricing, 2026-11).
 */
export class UploadTrigger extends pulumi.ComponentResource {
  constructor(name: string, args: UploadTriggerArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:UploadTrigger", name, {}, options);
    const { source, target, filter, transform } = args;
    const rule = new aws.cloudwatch.EventRule(
      ...bend<aws.cloudwatch.EventRuleArgs>(
        transform?.rule,
        name,
        {
          description: `New objects that start ${target.name}`,
          eventPattern: source.id.apply((bucket) => JSON.stringify(uploadPattern(bucket, filter))),
        },
        { parent: this, dependsOn: [...source.sendsEvents] },
      ),
    );
    const permission = target.allow(name, "events.amazonaws.com", rule.arn, this);
    new aws.cloudwatch.EventTarget(
      ...bend<aws.cloudwatch.EventTargetArgs>(
        transform?.target,
        name,
        {
          rule: rule.name,
          arn: target.arn,
          deadLetterConfig: { arn: target.deadLetters.arn },
          retryPolicy: { maximumEventAgeInSeconds: EVENT_AGE_SECONDS, maximumRetryAttempts: RETRIES },
        },
        // An event that comes before the permission would be a dead letter.
        { parent: this, dependsOn: [permission, target.deadLetters.policy] },
      ),
    );
    this.registerOutputs();
  }
}
