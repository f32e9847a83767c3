import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { readFlag, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import * as stores from "../../../lib/stores/store-rule";

/** What names the last snapshot of a type. Those not here, such as serverless warehouses and Kafka, take none. */
const NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...stores.DB_CLUSTERS, stores.DB_INSTANCE].map((type) => [type, "finalSnapshotIdentifier"])),
  [stores.WAREHOUSE]: "finalSnapshotIdentifier",
  [stores.MEMORYDB_CLUSTER]: "finalSnapshotName",
};

const CACHES: Readonly<Record<string, string>> = {
  [stores.REPLICATION_GROUP]: "finalSnapshotIdentifier",
  [stores.CACHE_CLUSTER]: "finalSnapshotIdentifier",
};

const config = z.strictObject({
  ...DURABLE_CONFIG,
  caches: z
    .boolean()
    .default(false)
    .describe("True to ask it of caches of nodes too; memcached and serverless ones take no last snapshot."),
});

/** Of durable environments, and of types that can take a snapshot when they are deleted. */
export const storeHasFinalSnapshot = stackRule({
  id: "store-has-final-snapshot",
  title: "Every durable store takes a last snapshot before it is deleted",
  severity: "high",
  why: "Automated backups go with the store; what was deleted on purpose, or by a replacement, can only be had back from a snapshot taken last.",
  fix: "Set skipFinalSnapshot to false and give finalSnapshotIdentifier a name that no earlier snapshot can have.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"],
  frameworks: [],
  config,
  check: (stack, { durable, caches }) => {
    const names = { ...NAMES, ...(caches ? CACHES : {}) };
    const kinds = Object.entries(names).map(([type, property]): stores.StoreKind => ({
      types: [type],
      applies: stores.isOriginal,
      findings: (store) => findings(store, property),
    }));
    return stores.durableStoreVerdicts(stack, kinds, "is deleted without a last snapshot", durable);
  },
});

function findings(store: StackResource, property: string): Finding[] {
  const skipped = readFlag(store, "skipFinalSnapshot", false);
  if (skipped === undefined) return [notKnown("skipFinalSnapshot")];
  if (skipped) return [{ what: "skipFinalSnapshot is on", property: "skipFinalSnapshot" }];
  return stores.unlessSet(store, property, `it names none: ${property} is absent`);
}
