import { z } from "zod";
import { quantity } from "../../components/quantity";
import { BUS_KEYS } from "./bus-section";
import { DATA_STORE_KEYS } from "./data-stores";

const gibibytes = z.int().min(20).max(65_536);

const database = z.strictObject({
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, { error: "is not a class of RDS; write it as db.m7g.large" })
    .optional()
    .describe("Class of the instances. Default: the smallest, for Aurora serverless capacity; in a durable environment a large one."),
  storage: gibibytes.optional().describe("GiB at first, not for Aurora. Default: 20, in a durable environment 100."),
  maximumStorage: gibibytes.optional().describe("GiB it may grow to, not for Aurora. Default: ten times the storage."),
  version: z.string().min(1).optional().describe("Version of the engine, in quotes. Default: the one this release pins."),
  licence: z
    .enum(["license-included", "bring-your-own-license"])
    .optional()
    .describe("Licence model; Oracle needs one. Default: that of the engine."),
  multiAz: z.boolean().optional().describe("True keeps a standby in another zone, not for Aurora. Default: as durable as the environment."),
  readers: z.int().min(0).max(15).optional().describe("Readers of an Aurora cluster. Default: auroraReaders."),
  auroraStorage: z
    .enum(["standard", "io-optimized"])
    .optional()
    .describe("How Aurora's storage is paid for: by request, or not. Default: standard."),
  global: z.boolean().optional().describe("True makes an Aurora cluster the primary of a global database. Default: false."),
  proxy: z.boolean().optional().describe("True puts RDS Proxy before it, for functions that connect often. Default: false."),
  restoreFrom: z.string().min(1).optional().describe("Snapshot its first data comes from. Default: none. A change replaces the store."),
});

/** `strata:persistence`: how big and how safe stores are. */
export const PersistenceSection = z
  .strictObject({
    auroraMinimumAcu: z
      .number()
      .min(0)
      .max(256)
      .multipleOf(0.5)
      .default(0)
      .describe("Least capacity of an Aurora cluster, in ACU; 0 lets it pause."),
    auroraMaximumAcu: z.number().min(1).max(256).multipleOf(0.5).default(4).describe("Most capacity of an Aurora cluster, in ACU."),
    auroraPauseAfter: quantity("duration", "10min")
      .prefault("10min")
      .describe("Idle time after which a cluster with 0 ACU pauses, 5min to 24h."),
    auroraReaders: z
      .int()
      .min(0)
      .max(15)
      .default(0)
      .describe("Aurora readers beside the writer, each in another zone; at least 1 in a durable environment."),
    bucketVersionDays: z.int().min(1).max(3650).default(30).describe("Days a replaced or deleted version of an object is kept."),
    databases: z.record(z.string(), database).default({}).describe("What differs for a relational store, by its name in the catalogue."),
    ...DATA_STORE_KEYS,
    ...BUS_KEYS,
    backupDays: z.int().min(1).max(35).default(1).describe("Days of automatic backups; at least 7 in a durable environment."),
  })
  .prefault({})
  .describe("How big and how safe stores are.");
