import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { gunzipSync } from "node:zlib";
import { onMessages } from "../../../functions/log-shipper/on-messages";
import { type LogSink } from "../../../functions/log-shipper/sinks/sink";
import { type Moto } from "../../services/moto";

export const DEAD_BUCKET = "log-archive";
export const FILES_BUCKET = "log-files";

/** A dead letter, as it is kept. */
export interface KeptLetter {
  readonly reason: string;
  readonly text?: string;
  readonly from: { readonly bucket: string; readonly key: string };
}

/** The shipper on an emulated AWS: buckets, the queue of notifications, and what Lambda does between them. */
export class ShippingBench {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  queueUrl = "";
  deadQueueUrl = "";

  /** Messages that the function asked to have again later. */
  private postponed: string[] = [];

  constructor(moto: Moto) {
    this.s3 = new S3Client({ ...moto.client, forcePathStyle: true });
    this.sqs = new SQSClient(moto.client);
  }

  /** @param receives deliveries after which a message goes to the queue of dead letters. */
  async setUp(receives = 3): Promise<void> {
    for (const Bucket of [DEAD_BUCKET, FILES_BUCKET]) await this.s3.send(new CreateBucketCommand({ Bucket }));
    const suffix = Math.random().toString(36).slice(2, 8);
    this.deadQueueUrl = (await this.sqs.send(new CreateQueueCommand({ QueueName: `arrivals-dead-${suffix}` }))).QueueUrl ?? "";
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.deadQueueUrl, AttributeNames: ["QueueArn"] }),
    );
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.["QueueArn"], maxReceiveCount: receives });
    this.queueUrl =
      (
        await this.sqs.send(
          new CreateQueueCommand({
            QueueName: `strata-test-log-arrivals-${suffix}`,
            Attributes: { RedrivePolicy },
            tags: { "strata:dead-letter-bucket": DEAD_BUCKET },
          }),
        )
      ).QueueUrl ?? "";
  }

  async put(key: string, body: Buffer | string, bucket = FILES_BUCKET): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  /** Says to the queue what S3 says of a new file. */
  async announce(key: string, bucket = FILES_BUCKET): Promise<void> {
    const encoded = encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
    await this.say(
      JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put", s3: { bucket: { name: bucket }, object: { key: encoded } } }] }),
    );
  }

  async say(body: string): Promise<void> {
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: body }));
  }

  /** Gives the function what is in the queue now, as Lambda does: what it does not name as failed is deleted. */
  async deliver(sink: LogSink): Promise<SQSBatchResponse & { readonly delivered: number }> {
    const { Messages = [] } = await this.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 600,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      }),
    );
    const event: SQSEvent = {
      Records: Messages.map(({ MessageId = "", ReceiptHandle = "", Body = "", Attributes }) => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: {
          ApproximateReceiveCount: Attributes?.ApproximateReceiveCount ?? "1",
          SentTimestamp: "0",
          SenderId: "s3",
          ApproximateFirstReceiveTimestamp: "0",
        },
        messageAttributes: {},
        md5OfBody: "",
        eventSource: "aws:sqs",
        eventSourceARN: "",
        awsRegion: "us-east-1",
      })),
    };
    const answer = await onMessages(
      {
        s3: this.s3,
        sqs: this.sqs,
        queueUrl: this.queueUrl,
        sink,
        environment: "test",
        deadLetterBucket: DEAD_BUCKET,
        report: () => undefined,
      },
      event,
    );
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { MessageId, ReceiptHandle = "" } of Messages)
      if (failed.has(MessageId ?? "")) this.postponed.push(ReceiptHandle);
      else await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle }));
    return { ...answer, delivered: Messages.length };
  }

  /** Lets the time pass that messages are postponed for. */
  async wake(): Promise<void> {
    for (const ReceiptHandle of this.postponed)
      await this.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: this.queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    this.postponed = [];
  }

  async messages(queueUrl = this.queueUrl): Promise<number> {
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    return Number(Attributes?.["ApproximateNumberOfMessages"]) + Number(Attributes?.["ApproximateNumberOfMessagesNotVisible"]);
  }

  async keys(prefix: string, bucket = DEAD_BUCKET): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    return Contents.map(({ Key = "" }) => Key);
  }

  async read(key: string, bucket = DEAD_BUCKET): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
  }

  async deadLines(): Promise<KeptLetter[]> {
    const texts = await Promise.all((await this.keys("dead-letters/lines/")).map((key) => this.read(key)));
    return texts.flatMap((text) => text.trimEnd().split("\n")).map((line) => JSON.parse(line) as KeptLetter);
  }

  async deadFiles(): Promise<KeptLetter[]> {
    return Promise.all((await this.keys("dead-letters/files/")).map(async (key) => JSON.parse(await this.read(key)) as KeptLetter));
  }
}
