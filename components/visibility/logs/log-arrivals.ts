import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { queueVisibility } from "../../compute/triggers/queue-trigger";
import { policyDocument, type PrincipalStatement, trustPolicy } from "../../iam";
import { type QueueSource } from "../../persistence/queue";
import { kept, type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { type LogBucket } from "../log-bucket";

export interface LogArrivalsArgs {
  readonly context: PlatformContext;
  /** Bucket of lines that the log store refused; its name is a tag of the queue, by which `strata logs replay` finds it. */
  readonly deadLetterBucket: pulumi.Input<string>;
  /** Topic that is told when files wait too long or could not be shipped. */
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: { readonly queue?: Transform<aws.sqs.QueueArgs>; readonly deadLetters?: Transform<aws.sqs.QueueArgs> };
}

/** Which files of a bucket are shipped, and what it takes to read them. */
export interface WatchOptions {
  /** Starts of the keys that are watched. Default: all. */
  readonly prefixes?: readonly string[];
  /** Key the files are encrypted with. Default: S3's own. */
  readonly keyArn?: pulumi.Input<string>;
  readonly parent: pulumi.Resource;
}

/** Tag of the queue with the name of the bucket of dead letters. */
export const DEAD_LETTER_TAG = "strata:dead-letter-bucket";

/** Start of the name of an environment's queue of new log files. */
export function arrivalsQueuePrefix(environment: string): string {
  return `strata-${environment}-log-arrivals-`;
}

/** Seconds the shipper may work on one call; the queue hides a message six times as long. */
export const SHIPPER_TIMEOUT_SECONDS = 120;
// With pauses that grow to a quarter of an hour a message is tried for ten hours.
const MAXIMUM_RECEIVES = 45;
// SQS developer guide, "Queue quotas" (2026-11): the longest there is.
const RETENTION_SECONDS = 1_209_600;
const SECONDS_WORTH_AN_ALARM = 3_600;

/**
 * Where S3 says that a log file is there: one queue an environment, with the role of what ships the files. It is made before anything that
 * writes log files; each bucket of such files is watched from its first day, and may be read by the shipper.
 *
 * Encrypted with the key of SQS itself: S3 writes here without a role of the account, and a customer key would have to let it use the key for
 * everything that is encrypted with it.
 *
 * Cost: 0.40 USD a million requests in us-east-1 (Amazon SQS pricing, 2026-11), 0.20 USD a month for alarms.
 */
export class LogArrivals extends pulumi.ComponentResource implements QueueSource {
  public readonly kind = "sqs";
  public readonly arn: pulumi.Output<string>;
  public readonly url: pulumi.Output<string>;
  public readonly deadLettersArn: pulumi.Output<string>;
  public readonly visibilitySeconds = queueVisibility([SHIPPER_TIMEOUT_SECONDS]);
  /** Role of the function that ships files. */
  public readonly shipperRole: aws.iam.Role;

  private readonly policy: aws.sqs.QueuePolicy;

  constructor(
    private readonly name: string,
    private readonly args: LogArrivalsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:LogArrivals", name, {}, options);
    const deadLetters = this.createDeadLetters();
    const queue = this.createQueue(deadLetters);
    this.arn = queue.arn;
    this.url = queue.url;
    this.deadLettersArn = deadLetters.arn;
    this.policy = this.admitBuckets(queue);
    this.shipperRole = this.createShipperRole();
    this.watchQueues(queue, deadLetters);
    this.registerOutputs({ arn: this.arn, url: this.url });
  }

  /** Has new files of a bucket shipped. A bucket has one notification configuration: this one. */
  watch(name: string, { id, arn, policy }: Pick<LogBucket, "id" | "arn" | "policy">, { prefixes, keyArn, parent }: WatchOptions): void {
    new aws.iam.RolePolicy(
      `${this.name}-${name}`,
      {
        role: this.shipperRole.name,
        policy: policyDocument([
          { Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.interpolate`${arn}/*` },
          // Without it S3 answers 403 for a file that is gone, which looks as if it could come back.
          { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
          ...(keyArn
            ? [
                {
                  Effect: "Allow" as const,
                  Action: "kms:Decrypt",
                  Resource: keyArn,
                  Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": arn } },
                },
              ]
            : []),
        ]),
      },
      { parent },
    );
    const queue = { queueArn: this.arn, events: ["s3:ObjectCreated:*"] };
    new aws.s3.BucketNotification(
      name,
      { bucket: id, queues: prefixes ? prefixes.map((filterPrefix) => ({ ...queue, filterPrefix })) : [queue] },
      // S3 sends a test first, and is refused until the queue admits it; it answers OperationAborted while the bucket's policy changes.
      { parent, dependsOn: [this.policy, policy] },
    );
  }

  private createDeadLetters(): aws.sqs.Queue {
    const name = `${this.name}-dead`;
    const queue = new aws.sqs.Queue(
      ...bend<aws.sqs.QueueArgs>(
        this.args.transform?.deadLetters,
        name,
        { sqsManagedSseEnabled: true, messageRetentionSeconds: RETENTION_SECONDS },
        { parent: this, ...kept(this.args.context) },
      ),
    );
    new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy: policyDocument([tlsOnly(queue)]) }, { parent: this });
    return queue;
  }

  private createQueue(deadLetters: aws.sqs.Queue): aws.sqs.Queue {
    const { context, deadLetterBucket, transform } = this.args;
    return new aws.sqs.Queue(
      ...bend<aws.sqs.QueueArgs>(
        transform?.queue,
        this.name,
        {
          namePrefix: arrivalsQueuePrefix(context.environment),
          sqsManagedSseEnabled: true,
          visibilityTimeoutSeconds: this.visibilitySeconds,
          messageRetentionSeconds: RETENTION_SECONDS,
          redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: MAXIMUM_RECEIVES }),
          tags: { [DEAD_LETTER_TAG]: deadLetterBucket },
        },
        { parent: this, ...kept(context) },
      ),
    );
  }

  private admitBuckets(queue: aws.sqs.Queue): aws.sqs.QueuePolicy {
    const statements: PrincipalStatement[] = [
      {
        Sid: "NewFiles",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        // Any bucket of the account: those that are watched are made later, and only who may configure a bucket makes it send.
        Condition: { StringEquals: { "aws:SourceAccount": this.args.context.accountId }, ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
      },
      tlsOnly(queue),
    ];
    return new aws.sqs.QueuePolicy(this.name, { queueUrl: queue.url, policy: policyDocument(statements) }, { parent: this });
  }

  private createShipperRole(): aws.iam.Role {
    const { accountId, environment } = this.args.context;
    return new aws.iam.Role(
      this.name,
      {
        description: `Takes log files of ${environment} to the log store`,
        assumeRolePolicy: trustPolicy("lambda.amazonaws.com", accountId),
      },
      { parent: this },
    );
  }

  private watchQueues(queue: aws.sqs.Queue, deadLetters: aws.sqs.Queue): void {
    const { alarmTopicArn } = this.args;
    const common = {
      namespace: "AWS/SQS",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
    };
    new aws.cloudwatch.MetricAlarm(
      `${this.name}-age`,
      {
        ...common,
        alarmDescription: `${this.name}: log files wait for more than an hour; the log store is down or overrun. Threshold: ${SECONDS_WORTH_AN_ALARM} s, longer than a restart of the store takes`,
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: queue.name },
        period: 300,
        threshold: SECONDS_WORTH_AN_ALARM,
      },
      { parent: this },
    );
    new aws.cloudwatch.MetricAlarm(
      `${this.name}-dead`,
      {
        ...common,
        alarmDescription: `${this.name}: log files could not be shipped; once the log store is well: strata logs replay ${this.args.context.environment}. Threshold: 0, each is a file that cannot be searched`,
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: deadLetters.name },
        period: 60,
        threshold: 0,
      },
      { parent: this },
    );
  }
}

/** Refuses requests without TLS, as SQS does not by itself. */
function tlsOnly(queue: aws.sqs.Queue): PrincipalStatement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queue.arn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
