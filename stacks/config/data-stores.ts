import { z } from "zod";
import { type TableCapacity } from "../../components/persistence/table-capacity";
import { type WarehouseSize } from "../../components/persistence/warehouse-size";
import { type RestoreFrom } from "../../components/persistence/restore";

const region = z.string().regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, { error: "is not an AWS region; write it as us-east-1" });

const restoreFrom = z
  .union([
    z.strictObject({ snapshot: z.string().min(1).describe("ARN or identifier of a snapshot or backup.") }),
    z.strictObject({
      source: z.string().min(1).describe("ARN of the store to read from."),
      at: z
        .union([z.literal("latest"), z.iso.datetime({ error: "is not a moment; write it as 2026-11-23T10:00:00Z" })])
        .describe("latest, or a moment in UTC such as 2026-11-23T10:00:00Z."),
    }),
  ])
  .describe(
    "Where the store's first data comes from. Default: nowhere, it starts empty. It stays part of what the store is. A change replaces the store. See docs/restore.md.",
  ) satisfies z.ZodType<RestoreFrom>;

const units = z.int().min(1).max(1_000_000);
const range = z.strictObject({ minimum: units.describe("Fewest capacity units."), maximum: units.describe("Most capacity units.") });

const tableCapacity = z
  .discriminatedUnion("mode", [
    z.strictObject({
      mode: z.literal("on-demand"),
      maximumReads: units.describe("Most read request units a second."),
      maximumWrites: units.describe("Most write request units a second."),
    }),
    z.strictObject({
      mode: z.literal("provisioned"),
      reads: range.describe("Read capacity units a second."),
      writes: range.describe("Write capacity units a second."),
      targetUtilization: z.int().min(20).max(90).optional().describe("Percent of the capacity that should be in use. Default: 70."),
    }),
  ])
  .describe("How tables are paid for: by the request up to a cap, or by capacity that follows use.") satisfies z.ZodType<TableCapacity>;

const warehouseSize = z
  .discriminatedUnion("mode", [
    z.strictObject({
      mode: z.literal("serverless"),
      baseCapacity: z.int().describe("Capacity a query starts from, in RPU: 4, or 8 to 512 in steps of 8."),
      maximumCapacity: z.int().describe("Most capacity, in RPU."),
      monthlyHours: z.int().min(1).describe("Most RPU-hours a month."),
      whenUsedUp: z.enum(["deactivate", "emit-metric"]).describe("What happens at the most: stop queries, or only say so."),
    }),
    z.strictObject({
      mode: z.literal("provisioned"),
      nodeType: z.string().describe("Type of node, such as ra3.large."),
      nodes: z.int().min(1).describe("Nodes; in each of two zones with multiAz."),
      multiAz: z.boolean().default(false).describe("True keeps computing in a second zone when the first is lost."),
      concurrencyMinutes: z.int().min(1).default(60).describe("Minutes a day that concurrency scaling may add clusters for."),
      snapshotDays: z.int().min(1).max(35).default(7).describe("Days of automatic snapshots."),
    }),
  ])
  .describe("What the warehouse computes on: by the second, or always on.") satisfies z.ZodType<WarehouseSize>;

/** What a mistake can cost at most in an environment that said nothing: 1,000 reads and 500 writes a second. */
const DEFAULT_TABLES = { mode: "on-demand", maximumReads: 1_000, maximumWrites: 500 } as const;
const DEFAULT_WAREHOUSE = {
  mode: "serverless",
  baseCapacity: 8,
  maximumCapacity: 16,
  monthlyHours: 100,
  whenUsedUp: "deactivate",
} as const;

/** Keys of `strata:persistence` for DynamoDB, Redshift and backups. */
export const DATA_STORE_KEYS = {
  tableCapacity: tableCapacity.default(DEFAULT_TABLES),
  tables: z
    .record(
      z.string(),
      z.strictObject({
        capacity: tableCapacity.optional().describe("How this table is paid for. Default: tableCapacity."),
        replicas: z
          .array(z.strictObject({ region: region.describe("Region of the copy."), keyArn: z.string().min(1).describe("Key there.") }))
          .optional()
          .describe("Other regions the table is written in as well. Default: none."),
        restoreFrom: restoreFrom.optional(),
      }),
    )
    .default({})
    .describe("What differs for a table, by its name in the catalogue."),
  warehouse: warehouseSize.default(DEFAULT_WAREHOUSE),
  warehouses: z
    .record(
      z.string(),
      z.strictObject({
        size: warehouseSize.optional().describe("What this warehouse computes on. Default: warehouse."),
        loadsFrom: z.array(z.string()).optional().describe("Buckets of the catalogue it may load files from. Default: none."),
        streamsFrom: z.array(z.string()).optional().describe("Topics of the catalogue it may stream. Default: none."),
        restoreFrom: restoreFrom.optional(),
      }),
    )
    .default({})
    .describe("What differs for a warehouse, by its name in the catalogue."),
  backup: z
    .strictObject({
      keepDays: z.int().min(1).max(3650).default(35).describe("Days a daily backup is kept."),
      copyTo: region.describe("Region that backups are copied to."),
      copyDays: z.int().min(1).max(3650).default(35).describe("Days a copy is kept there."),
      lock: z
        .strictObject({
          minimumDays: z.int().min(1).describe("Fewest days a recovery point is kept."),
          maximumDays: z.int().min(1).describe("Most days."),
          finalAfterDays: z.int().min(3).optional().describe("Days until nobody can lift the lock any more. Default: it can be lifted."),
        })
        .optional()
        .describe("Locks the vaults. Default: not."),
    })
    .optional()
    .describe("Daily backups with a copy in another region. Default: none, refused in a durable environment."),
} as const;
