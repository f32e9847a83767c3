import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../iam";
import { kept, type PlatformContext } from "../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedQueue, type ObservedStore } from "../visibility/alarms/observed";

export interface ServiceQueueArgs {
  readonly context: PlatformContext;
  /** Name of the queue in the catalogue, which the variables of its services start with. */
  readonly queueName: string;
  /** Key the messages are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * Seconds a message is hidden from others once it was received, 0 to 43,200. A function that consumes the queue wants at least six times its
   * timeout: see `queueVisibility`.
   */
  readonly visibilitySeconds: number;
  /** Deliveries after which a message goes to the dead letters. Default: 5. */
  readonly maximumReceives?: number;
  readonly transform?: { readonly queue?: Transform<aws.sqs.QueueArgs>; readonly deadLetters?: Transform<aws.sqs.QueueArgs> };
}

/** What is known of a queue that exists already. */
export interface ServiceQueueIds {
  /** Name in the catalogue. */
  readonly queueName: string;
  readonly arn: pulumi.Input<string>;
  readonly url: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly visibilitySeconds: number;
  /** Region it is in. */
  readonly region: string;
}

/** A queue of SQS whose messages can start something. */
export interface QueueSource {
  readonly kind: "sqs";
  readonly arn: pulumi.Output<string>;
  readonly visibilitySeconds: number;
}

const MAXIMUM_RECEIVES = 5;
// SQS developer guide, "Queue quotas" (2026-11): the longest there is, so that nobody has to be quick.
const RETENTION_SECONDS = 1_209_600;
// The longest a receive waits for a message; fewer empty answers are paid for.
const LONG_POLL_SECONDS = 20;

const ACTIONS = {
  publish: { queue: ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"], key: ["kms:GenerateDataKey", "kms:Decrypt"] },
  consume: {
    queue: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
    key: ["kms:Decrypt"],
  },
} as const;

/** What a service may do with the queue; the same for a created and an adopted one. */
class QueueAccess implements Bindable {
  constructor(private readonly ids: Omit<ServiceQueueIds, "visibilitySeconds">) {}

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const { queueName, arn, url, keyArn, region } = this.ids;
    if (access !== "publish" && access !== "consume")
      throw new Error(`${consumer.name} cannot ${access} queue ${queueName}; give publish or consume`);
    const { queue, key } = ACTIONS[access];
    // Without statement ids: a service may be bound to several queues, and ids would clash.
    const statements: Statement[] = [
      { Effect: "Allow", Action: queue, Resource: arn },
      { Effect: "Allow", Action: key, Resource: keyArn, Condition: { StringEquals: { "kms:ViaService": `sqs.${region}.amazonaws.com` } } },
    ];
    return { to: queueName, kind: "sqs", access, variables: { [variablePrefix(queueName, "QUEUE_URL")]: url }, statements, ready: [] };
  }
}

/**
 * A queue of SQS: messages wait until somebody has time, each is delivered at least once, and those that nobody can process go to a queue
 * of dead letters. It carries work between services when one may be slower than the other.
 *
 * Cost: 0.40 USD a million requests in us-east-1, the first million of a month free (Amazon SQS pricing, 2026-11).
 */
export class ServiceQueue extends pulumi.ComponentResource implements ObservedStore, QueueSource {
  public readonly kind = "sqs";
  public readonly arn: pulumi.Output<string>;
  public readonly url: pulumi.Output<string>;
  public readonly deadLettersArn: pulumi.Output<string>;
  public readonly visibilitySeconds: number;
  public readonly observed: ObservedQueue;
  /** What `adopt` takes in another project. */
  public readonly ids: ServiceQueueIds;

  private readonly access: QueueAccess;

  constructor(
    private readonly name: string,
    args: ServiceQueueArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:ServiceQueue", name, {}, options);
    const deadLetters = this.createDeadLetters(args);
    const queue = this.createQueue(args, deadLetters);
    this.admitOnlyTls(queue, name);
    this.admitOnlyTls(deadLetters, `${name}-dead`);
    this.admitDeadLettersOf(queue, deadLetters);
    this.arn = queue.arn;
    this.url = queue.url;
    this.deadLettersArn = deadLetters.arn;
    this.visibilitySeconds = args.visibilitySeconds;
    this.observed = {
      kind: "sqs",
      name,
      queueName: queue.name,
      deadLettersName: deadLetters.name,
      visibilitySeconds: args.visibilitySeconds,
    };
    const { arn, url, visibilitySeconds } = this;
    this.ids = { queueName: args.queueName, arn, url, keyArn: args.keyArn, region: args.context.region, visibilitySeconds };
    this.access = new QueueAccess(this.ids);
    this.registerOutputs({ arn: this.arn, url: this.url, deadLettersArn: this.deadLettersArn });
  }

  /** A queue that exists already stands in for a created one. */
  static adopt({ visibilitySeconds, ...ids }: ServiceQueueIds): Bindable & QueueSource {
    const access = new QueueAccess(ids);
    return { kind: "sqs", arn: pulumi.output(ids.arn), visibilitySeconds, bind: (consumer, wanted) => access.bind(consumer, wanted) };
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    return this.access.bind(consumer, access);
  }

  private createDeadLetters({ context, keyArn, transform }: ServiceQueueArgs): aws.sqs.Queue {
    return new aws.sqs.Queue(
      ...bend<aws.sqs.QueueArgs>(
        transform?.deadLetters,
        `${this.name}-dead`,
        { kmsMasterKeyId: keyArn, messageRetentionSeconds: RETENTION_SECONDS },
        { parent: this, ...kept(context) },
      ),
    );
  }

  private createQueue(args: ServiceQueueArgs, deadLetters: aws.sqs.Queue): aws.sqs.Queue {
    return new aws.sqs.Queue(
      ...bend<aws.sqs.QueueArgs>(
        args.transform?.queue,
        this.name,
        {
          kmsMasterKeyId: args.keyArn,
          visibilityTimeoutSeconds: args.visibilitySeconds,
          messageRetentionSeconds: RETENTION_SECONDS,
          receiveWaitTimeSeconds: LONG_POLL_SECONDS,
          redrivePolicy: pulumi.jsonStringify({
            deadLetterTargetArn: deadLetters.arn,
            maxReceiveCount: args.maximumReceives ?? MAXIMUM_RECEIVES,
          }),
        },
        { parent: this, ...kept(args.context) },
      ),
    );
  }

  private admitOnlyTls(queue: aws.sqs.Queue, name: string): void {
    new aws.sqs.QueuePolicy(
      name,
      {
        queueUrl: queue.url,
        policy: policyDocument([
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

  /** No other queue of the account may name these dead letters as its own. */
  private admitDeadLettersOf(queue: aws.sqs.Queue, deadLetters: aws.sqs.Queue): void {
    new aws.sqs.RedriveAllowPolicy(
      this.name,
      {
        queueUrl: deadLetters.url,
        redriveAllowPolicy: pulumi.jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
      },
      { parent: this },
    );
  }
}
