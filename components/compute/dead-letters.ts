import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../iam";
import { kept, type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { createAlarm, type MadeAlarm } from "../visibility/alarms/metric-alarm";
import { deadLetters } from "../visibility/alarms/stores/data";

export interface DeadLettersArgs {
  readonly context: PlatformContext;
  /** Topic that is told when something lands here. */
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: { readonly queue?: Transform<aws.sqs.QueueArgs> };
}

// SQS developer guide, "Queue quotas" (2026-11).
const RETENTION_SECONDS = 1_209_600;

/**
 * Where everything goes that a function could not be given or could not process: events EventBridge could not deliver, schedules that could
 * not start, records that failed too often. One queue a function, and an alarm as soon as it is not empty.
 *
 * Encrypted with the key of SQS itself: EventBridge writes here without a role of the account, and a customer key would have to let it use the
 * key for everything that is encrypted with it.
 *
 * Cost: 0.40 USD a million requests (Amazon SQS pricing, 2026-11), 0.10 USD a month for the alarm.
 */
export class DeadLetters extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly queueName: pulumi.Output<string>;
  public readonly alarm: MadeAlarm;
  /** EventBridge is refused until this exists. */
  public readonly policy: aws.sqs.QueuePolicy;

  constructor(
    private readonly name: string,
    args: DeadLettersArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:DeadLetters", name, {}, options);
    const queue = new aws.sqs.Queue(
      ...bend<aws.sqs.QueueArgs>(
        args.transform?.queue,
        `${name}-dead`,
        { sqsManagedSseEnabled: true, messageRetentionSeconds: RETENTION_SECONDS },
        // What nobody could process is still somebody's order, payment or upload.
        { parent: this, ...kept(args.context) },
      ),
    );
    this.arn = queue.arn;
    this.queueName = queue.name;
    this.policy = this.admitEventBridge(args, queue);
    this.alarm = createAlarm(name, deadLetters("dead", queue.name), { topicArn: args.alarmTopicArn, parent: this });
    this.registerOutputs({ arn: this.arn });
  }

  /** What a role needs to put something here. */
  sendStatement(): Statement {
    return { Sid: "DeadLetters", Effect: "Allow", Action: "sqs:SendMessage", Resource: this.arn };
  }

  private admitEventBridge({ context: { region, accountId } }: DeadLettersArgs, queue: aws.sqs.Queue): aws.sqs.QueuePolicy {
    return new aws.sqs.QueuePolicy(
      `${this.name}-dead`,
      {
        queueUrl: queue.url,
        policy: policyDocument([
          {
            Sid: "Undelivered",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queue.arn,
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId },
              // Names of rules start with the name of the function they start.
              ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${accountId}:rule/${this.name}-*` },
            },
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sqs:*",
            Resource: queue.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      },
      { parent: this },
    );
  }
}
