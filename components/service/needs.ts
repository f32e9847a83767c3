import { z } from "zod";

/** The relational engines a service can ask for. */
export const RELATIONAL_KINDS = ["aurora-postgres", "aurora-mysql", "postgres", "mysql", "mariadb", "oracle", "sqlserver"] as const;

/** What a service may do with what it needs. */
export const Access = {
  data: z.enum(["read", "write"]).describe("read: only read. write: read and write."),
  stream: z.enum(["publish", "consume"]).describe("publish: put messages in. consume: take messages out."),
} as const;

const storeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, { error: "is not a store name; use a-z, 0-9 and -, starting with a letter, at most 31 characters" })
  .describe("Name of the store; services that name the same store share it.");

const relational = z
  .strictObject({
    store: z.enum(RELATIONAL_KINDS).describe("Engine of the database."),
    name: storeName,
    access: Access.data,
  })
  .describe("A relational database.");

const topic = z
  .strictObject({
    topic: z
      .string()
      .regex(/^[a-zA-Z0-9._-]{1,249}$/, { error: "is not a Kafka topic name; use letters, digits, . _ -, at most 249" })
      .describe("Kafka topic."),
    access: Access.stream,
    partitions: z.int().min(1).max(1000).optional().describe("Partitions of the topic. Default: 6. Can grow, never shrink."),
    retention: z
      .string()
      .regex(/^\d+[hd]$/, { error: "is not a retention; write hours or days, such as 7d" })
      .optional()
      .describe("How long records are kept, such as 7d. Default: 7d."),
  })
  .describe("A Kafka topic.");

const queue = z
  .strictObject({
    queue: storeName.describe("Name of the queue."),
    broker: z.enum(["sqs", "activemq", "rabbitmq"]).optional().describe("What carries it. Default: sqs."),
    access: Access.stream,
  })
  .describe("A queue.");

const cache = z
  .strictObject({
    cache: storeName.describe("Key prefix in the shared cache."),
    access: Access.data,
    rebuiltFrom: z
      .string()
      .min(3)
      .optional()
      .describe(
        "What its content is made from again when it is lost. Default: what the service keeps elsewhere, or a service that it calls does.",
      ),
  })
  .describe("Running state in Redis or Valkey; not a system of record.");

const attribute = z.strictObject({
  name: z.string().min(1).max(255).describe("Attribute name."),
  type: z.enum(["S", "N", "B"]).optional().describe("S string, N number, B binary. Default: S."),
});

const tableIndex = z
  .strictObject({
    index: z
      .string()
      .regex(/^[a-zA-Z0-9_.-]{3,255}$/, { error: "is not an index name; use letters, digits, _ . -, 3 to 255 characters" })
      .describe("Name of the index, unique in the table."),
    partitionKey: z.string().min(1).describe("Attribute that partitions the index: a key of the table or one of `attributes`."),
    sortKey: z.string().min(1).optional().describe("Attribute that sorts the index: a key of the table or one of `attributes`."),
    local: z
      .boolean()
      .optional()
      .describe(
        "True for a local index: the table's own partition key, read consistently, only made with the table. Default: false, global.",
      ),
    project: z
      .union([z.enum(["ALL", "KEYS_ONLY"]), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe("What the index copies: ALL, KEYS_ONLY, or a list of attributes beside the keys. Default: ALL."),
  })
  .describe("A secondary index of a table.");

const table = z
  .strictObject({
    table: storeName.describe("Name of the DynamoDB table."),
    access: Access.data,
    partitionKey: attribute
      .optional()
      .describe("Partition key; one service of those that share the table declares it. A change replaces the table."),
    sortKey: attribute.optional().describe("Sort key. A change replaces the table."),
    attributes: z.array(attribute).min(1).optional().describe("Attributes that only indexes use as keys; no others are declared."),
    indexes: z.array(tableIndex).min(1).optional().describe("Secondary indexes. A change of a local one replaces the table."),
    expires: z.string().optional().describe("Attribute that holds the expiry time in epoch seconds (TTL)."),
    stream: z
      .enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"])
      .optional()
      .describe("What the table's stream of changes carries. Default: no stream."),
  })
  .describe("A DynamoDB table.");

const bucket = z.strictObject({ bucket: storeName.describe("Name of the S3 bucket."), access: Access.data }).describe("An S3 bucket.");

const warehouse = z
  .strictObject({ warehouse: storeName.describe("Name of the Redshift warehouse."), access: Access.data })
  .describe("The Redshift warehouse.");

const secret = z
  .strictObject({
    secret: storeName.describe("Name of the secret; its value is put in from outside."),
    access: z.literal("read").describe("Only read."),
  })
  .describe("A secret of a third party.");

const service = z
  .strictObject({ service: z.string().describe("Name of a service of this catalogue that is called over HTTP.") })
  .describe("Another service.");

const internet = z
  .strictObject({ internet: z.string().min(3).describe("Which third party is called, and what for.") })
  .describe("HTTPS to a third party.");

/** Everything a service can need, each told apart by its first key. */
export const NEED_VARIANTS = { store: relational, topic, queue, cache, table, bucket, warehouse, secret, service, internet } as const;

/** The key that tells one kind of need from another. */
export type NeedKey = keyof typeof NEED_VARIANTS;

/** One need of a service. */
export const Need = z.union([relational, topic, queue, cache, table, bucket, warehouse, secret, service, internet]);
export type Need = z.infer<typeof Need>;

/** The kind of a need: its distinguishing key. */
export function needKey(need: Need): NeedKey {
  for (const key of Object.keys(NEED_VARIANTS)) if (key in need) return key as NeedKey;
  throw new Error(`a need without a known key: ${JSON.stringify(need)}`);
}
