import { z } from "zod";
import { BUS_MODES } from "../../components/persistence/bus-mode";

/** Login of something that exists already: a secret with the keys `username` and `password`. */
const endpoint = z.strictObject({
  address: z.string().min(3).describe("Where it is: bootstrap servers, a broker's URL, or a cache's host."),
  port: z.int().min(1).max(65_535).describe("Port that services are let in on."),
  securityGroupId: z
    .string()
    .regex(/^sg-[0-9a-f]+$/, { error: "is not the id of a security group" })
    .describe("Group it stands in."),
  secretArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:secretsmanager:/, { error: "is not the ARN of a secret" })
    .describe("Secret with the login."),
  keyArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:/, { error: "is not the ARN of a key" })
    .describe("Key of that secret."),
});

const mode = z.enum(BUS_MODES).default("managed").describe("Who runs it: AWS, the team, or somebody else (give `endpoint`).");

/** Keys of `strata:persistence` for message buses and the cache. */
export const BUS_KEYS = {
  kafka: z
    .strictObject({
      mode,
      kind: z
        .enum(["provisioned", "serverless"])
        .default("provisioned")
        .describe("provisioned: brokers of a size. serverless: charged for partitions and traffic; its publishers make the topics."),
      brokerType: z.string().default("kafka.t3.small").describe("Broker size; express.… for Express brokers, which have no storage."),
      brokersPerZone: z.int().min(1).max(10).default(1).describe("Brokers in each zone."),
      storageGib: z.int().min(1).max(16_384).optional().describe("GiB of a broker's volume at first, not for Express. Default: 10."),
      maximumStorageGib: z
        .int()
        .min(1)
        .max(16_384)
        .optional()
        .describe("GiB a broker's volume may grow to, not for Express. Default: ten times storageGib."),
      endpoint: endpoint.optional().describe("Where it is, when it exists already. Default: none."),
    })
    .prefault({})
    .describe("The Kafka cluster of all topics."),
  activemq: z
    .strictObject({
      mode,
      instanceType: z.string().default("mq.t3.micro").describe("Broker size."),
      endpoint: endpoint.optional().describe("Where it is, when it exists already. Default: none."),
    })
    .prefault({})
    .describe("The ActiveMQ broker of all its queues."),
  rabbitmq: z
    .strictObject({
      mode,
      instanceType: z.string().default("mq.m7g.medium").describe("Broker size."),
      endpoint: endpoint.optional().describe("Where it is, when it exists already. Default: none."),
    })
    .prefault({})
    .describe("RabbitMQ brokers, one a queue."),
  cache: z
    .strictObject({
      mode,
      kind: z.enum(["serverless", "nodes"]).default("serverless").describe("serverless: charged for what is in it. nodes: always there."),
      nodeType: z.string().default("cache.t4g.micro").describe("Size of a node."),
      nodes: z.int().min(1).max(6).default(1).describe("A primary and its replicas; at least 2 in a durable environment."),
      snapshotDays: z.int().min(0).max(35).default(0).describe("Days that daily snapshots are kept."),
      maximumGb: z.int().min(1).max(5_000).default(1).describe("Most GB of a serverless cache."),
      maximumEcpu: z.int().min(1_000).max(15_000_000).default(5_000).describe("Most processing units a second of a serverless cache."),
      endpoint: endpoint.optional().describe("Where it is, when it exists already. Default: none."),
    })
    .prefault({})
    .describe("The cache of all prefixes."),
};

/** What an environment says of its buses and its cache. */
export type BusConfig = { readonly [System in keyof typeof BUS_KEYS]: z.output<(typeof BUS_KEYS)[System]> };
