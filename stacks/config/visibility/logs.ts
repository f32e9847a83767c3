import { z } from "zod";

const searchDays = z.int().min(1).max(365).default(7).describe("Days a line can be searched; no more than archiveDays.");

const loki = z.strictObject({
  kind: z.literal("loki"),
  searchDays,
  cpu: z.int().min(100).max(16_000).default(500).describe("Thousandths of a vCPU of each copy."),
  memoryMib: z.int().min(512).max(65_536).default(1024).describe("MiB of memory of each copy."),
  storageGib: z
    .int()
    .min(5)
    .max(1_000)
    .default(10)
    .describe("GiB of each copy's volume, for lines that are not in S3 yet. It cannot shrink."),
});

const openSearch = z.strictObject({
  kind: z.literal("opensearch"),
  searchDays,
  instanceType: z
    .string()
    .regex(/^[a-z0-9]+\.[a-z0-9]+\.search$/, { error: "is not a class of OpenSearch Service; write it as r7g.large.search" })
    .default("t3.small.search")
    .describe("Class of each data node; not t3 in a durable environment."),
  instances: z.int().min(1).max(80).default(1).describe("Data nodes; a multiple of the zones in a durable environment."),
  storageGib: z.int().min(10).max(16_384).default(20).describe("GiB of each data node."),
});

const none = z.strictObject({ kind: z.literal("none") });

/** `strata:visibility.logs`: where log lines of every kind end. */
export const LogsKey = z
  .strictObject({
    store: z
      .discriminatedUnion("kind", [loki, openSearch, none])
      .prefault({ kind: "loki" })
      .describe("Where lines are searched. loki, opensearch, or none: then they are only archived. There is one."),
    archiveDays: z.int().min(1).max(3_650).default(30).describe("Days lines of log groups, and what the store refused, are kept in S3."),
    subscription: z
      .enum(["account", "elsewhere"])
      .default("account")
      .describe(
        "account: all log groups of the account and region, of which AWS allows one. elsewhere: another environment of the account has it, and this one's lines are there.",
      ),
    shippers: z.int().min(2).max(100).default(2).describe("Most files that are shipped at once; as many as the store can take."),
    pollEvery: z
      .enum(["5 minutes", "15 minutes", "1 hour"])
      .default("15 minutes")
      .describe("How often logs are read that services keep inside and show by an API alone."),
  })
  .prefault({})
  .describe("Where log lines of every kind end.");

/** What an environment says of its logs. */
export type LogsConfig = z.output<typeof LogsKey>;
