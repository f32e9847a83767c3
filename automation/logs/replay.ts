import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { UserError } from "../../components/faults";
import { arrivalsQueuePrefix, DEAD_LETTER_TAG } from "../../components/visibility/logs/log-arrivals";
import { ARCHIVE_PREFIXES } from "../../components/visibility/logs/prefixes";

/** AWS as the replay reaches it. */
export interface ReplayClients {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
}

/** Lines that were refused, by why. */
export interface DeadReason {
  readonly reason: string;
  readonly lines: number;
}

/** What a replay sent back, or would. */
export interface Replayed {
  /** Messages of the queue of dead letters: files that could not be shipped at all. */
  readonly messages: number;
  /** Files of lines that were refused. */
  readonly files: number;
  readonly reasons: readonly DeadReason[];
  /** Files that could not be read to their end, with the reason; only those that name a file are sent back. */
  readonly unreadable: readonly { readonly reason: string; readonly key: string | undefined }[];
}

/** Where an environment's dead letters are. */
interface Places {
  readonly queueUrl: string;
  readonly deadQueueUrl: string;
  readonly bucket: string;
}

const BATCH = 10;
const DeadLine = z.object({ reason: z.string() });
const DeadFile = z.object({ reason: z.string(), from: z.object({ bucket: z.string(), key: z.string() }).optional() });

/** Finds the queues and the bucket of an environment in the account of the credentials. */
async function find({ sqs }: ReplayClients, environment: string): Promise<Places> {
  const urls: string[] = [];
  for await (const page of paginateListQueues({ client: sqs }, { QueueNamePrefix: arrivalsQueuePrefix(environment) }))
    urls.push(...(page.QueueUrls ?? []));
  const [queueUrl] = urls;
  if (queueUrl === undefined || urls.length > 1)
    throw new UserError(
      `${environment}: ${urls.length} queues of this account and region start with ${arrivalsQueuePrefix(environment)}; give credentials of the environment's account, and its region`,
    );
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["RedrivePolicy"] }));
  const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: queueUrl }));
  const { deadLetterTargetArn } = z.object({ deadLetterTargetArn: z.string() }).parse(JSON.parse(Attributes?.["RedrivePolicy"] ?? "{}"));
  const { QueueUrl: deadQueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: deadLetterTargetArn.split(":").at(-1) }));
  const bucket = Tags?.[DEAD_LETTER_TAG];
  if (deadQueueUrl === undefined || bucket === undefined) throw new UserError(`${queueUrl} does not say where its dead letters are`);
  return { queueUrl, deadQueueUrl, bucket };
}

async function keysOf(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }))
    keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
  return keys;
}

async function textOf(s3: S3Client, bucket: string, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
  return (key.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** Says to the queue what S3 would say of a new file. */
async function announce(sqs: SQSClient, queueUrl: string, bucket: string, key: string): Promise<void> {
  const MessageBody = JSON.stringify({ Records: [{ s3: { bucket: { name: bucket }, object: { key: encodeURIComponent(key) } } }] });
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
}

/** Moves the messages of the queue of dead letters back. Each is deleted there only once it is in the other queue. */
async function moveMessages({ sqs }: ReplayClients, { queueUrl, deadQueueUrl }: Places): Promise<number> {
  for (let moved = 0; ;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadQueueUrl, MaxNumberOfMessages: BATCH }));
    if (Messages.length === 0) return moved;
    for (const { Body, ReceiptHandle } of Messages) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: deadQueueUrl, ReceiptHandle }));
      moved += 1;
    }
  }
}

async function waiting({ sqs }: ReplayClients, { deadQueueUrl }: Places): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: deadQueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.["ApproximateNumberOfMessages"] ?? 0);
}

/**
 * Sends an environment's dead letters back to where log files arrive: messages that failed too often, lines that the log store refused, files
 * that could not be read. What is refused again becomes a dead letter again, once; nothing is sent round by itself.
 * @param dryRun true only counts.
 */
export async function replayLogs(clients: ReplayClients, environment: string, dryRun: boolean): Promise<Replayed> {
  const { s3, sqs } = clients;
  const places = await find(clients, environment);
  const { queueUrl, bucket } = places;
  const messages = await (dryRun ? waiting(clients, places) : moveMessages(clients, places));
  const reasons = new Map<string, number>();
  const keys = await keysOf(s3, bucket, ARCHIVE_PREFIXES.deadLines);
  for (const key of keys) {
    for (const line of (await textOf(s3, bucket, key)).trimEnd().split("\n")) {
      const { reason } = DeadLine.parse(JSON.parse(line));
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    // The shipper deletes the file once its lines are in the store, or are dead letters anew.
    if (!dryRun) await announce(sqs, queueUrl, bucket, key);
  }
  const unreadable: { reason: string; key: string | undefined }[] = [];
  for (const key of await keysOf(s3, bucket, ARCHIVE_PREFIXES.deadFiles)) {
    const { reason, from } = DeadFile.parse(JSON.parse(await textOf(s3, bucket, key)));
    unreadable.push({ reason, key: from && `${from.bucket}/${from.key}` });
    if (dryRun || !from) continue;
    await announce(sqs, queueUrl, from.bucket, from.key);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
  return { messages, files: keys.length, reasons: [...reasons].map(([reason, lines]) => ({ reason, lines })), unreadable };
}
