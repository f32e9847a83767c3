import { ChangeMessageVisibilityCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { z } from "zod";
import { ARCHIVE_PREFIXES } from "../../components/visibility/logs/prefixes";
import { type LogFile } from "./line";
import { shipFile, type Shipped, type Shipping } from "./ship";

/** What messages are worked on with. */
export interface Messages extends Shipping {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Takes what is to be said of each message. */
  readonly report: (what: Readonly<Record<string, unknown>>) => void;
}

const Notification = z.union([
  z.object({ Event: z.literal("s3:TestEvent") }),
  z.object({
    Records: z.array(z.object({ s3: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }) })),
  }),
]);

const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 900;

/** Seconds until a message that failed comes again: twice as long each time, to a quarter of an hour. */
export function pauseSeconds(deliveries: number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.max(0, Math.min(10, deliveries - 1)));
}

/** A key as S3 writes it into a notification: encoded as in a form (S3 user guide, "Event message structure", 2026-11). */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}

/** Files that a message is about; undefined for one that is no notification of S3. */
function filesOf(body: string): LogFile[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // The caller keeps the message with the reason.
    return undefined;
  }
  const { data } = Notification.safeParse(json);
  if (!data) return undefined;
  // S3 sends a test when a notification is set up; it is about no file.
  if ("Event" in data) return [];
  return data.Records.map(({ s3 }) => ({ bucket: s3.bucket.name, key: decodeKey(s3.object.key) }));
}

async function onMessage(messages: Messages, { messageId, body }: SQSRecord): Promise<Shipped> {
  const files = filesOf(body);
  if (!files) {
    await messages.s3.send(
      new PutObjectCommand({
        Bucket: messages.deadLetterBucket,
        Key: `${ARCHIVE_PREFIXES.deadFiles}message-${messageId}.json`,
        Body: JSON.stringify({ reason: "not a notification of S3", body }),
        ContentType: "application/json",
      }),
    );
    return { accepted: 0, dead: 0 };
  }
  const total = { accepted: 0, dead: 0 };
  for (const file of files) {
    const { accepted, dead } = await shipFile(messages, file);
    total.accepted += accepted;
    total.dead += dead;
  }
  return total;
}

/** Lets a message come again later than the queue would; when that fails, it comes when the queue says. */
async function postpone({ sqs, queueUrl }: Messages, { receiptHandle, attributes }: SQSRecord): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: pauseSeconds(Number(attributes.ApproximateReceiveCount)),
    }),
  );
}

/** Works on messages of S3 about new files. The answer names those that must come again. */
export async function onMessages(messages: Messages, { Records }: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const record of Records)
    try {
      const { accepted, dead } = await onMessage(messages, record);
      messages.report({ message: "shipped", accepted, dead });
    } catch (error) {
      batchItemFailures.push({ itemIdentifier: record.messageId });
      messages.report({ message: "comes again", reason: error instanceof Error ? error.message : String(error), body: record.body });
      await postpone(messages, record).catch((reason: unknown) => {
        messages.report({ message: "not postponed", reason: String(reason) });
      });
    }
  return { batchItemFailures };
}
