import { RDS_LIMITS } from "../../../../facts/limits-rds";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { CACHE_CLUSTER, DB_CLUSTERS, DB_INSTANCE, MEMORYDB_CLUSTER, REPLICATION_GROUP, WAREHOUSE } from "../../../lib/stores/store-rule";

/** Where a type says for how many days it keeps automatic backups, and whether it can keep none. */
interface Retention {
  readonly property: string;
  /** The fewest days it takes; undefined while it is not known whether it can keep none. */
  readonly least: (store: Resource) => number | undefined;
}

const AT_LEAST_ONE = (): number => 1;
const NONE = (): number => 0;
const NODE_TYPE = "nodeType";

/** Automatic snapshots of RA3 nodes cannot be turned off. */
function ofWarehouse(warehouse: Resource): number | undefined {
  const type = read(warehouse, NODE_TYPE);
  if (type.state === "unknown") return undefined;
  return text(type)?.startsWith("ra3.") === true ? 1 : 0;
}

/** Sources: the API reference of each service, of its call that creates one (2026-11). */
const RETENTIONS: Readonly<Record<string, Retention>> = {
  ...Object.fromEntries(DB_CLUSTERS.map((type) => [type, { property: "backupRetentionPeriod", least: AT_LEAST_ONE }])),
  [DB_INSTANCE]: { property: "backupRetentionPeriod", least: NONE },
  [WAREHOUSE]: { property: "automatedSnapshotRetentionPeriod", least: ofWarehouse },
  [REPLICATION_GROUP]: { property: "snapshotRetentionLimit", least: NONE },
  [CACHE_CLUSTER]: { property: "snapshotRetentionLimit", least: NONE },
  [MEMORYDB_CLUSTER]: { property: "snapshotRetentionLimit", least: NONE },
};

/** Left out, each service has a retention of its own that it takes. */
export const backupRetentionIsInRange = resourceRule({
  id: "backup-retention-is-in-range",
  title: "Automatic backups are kept for a number of days that the store has",
  severity: "medium",
  why: "AWS keeps automatic backups for up to 35 days, and clusters and RA3 warehouses for at least one; it refuses the store that asks for another number.",
  fix: "Set the retention to at most 35 days, at least 1 for a cluster; keep backups longer with a plan of AWS Backup.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html"],
  frameworks: [],
  types: Object.keys(RETENTIONS),
  check: (store) => [refused(store, findings(store))],
});

function findings(store: Resource): Finding[] {
  const retention = RETENTIONS[store.type];
  if (retention === undefined) return [];
  const outside = (least: number): Finding[] =>
    unlessWithin(store, retention.property, { least, most: RDS_LIMITS.backupDays.value }, "days");
  const least = retention.least(store);
  if (least !== undefined) return outside(least);
  const found = outside(0);
  return found.length === 0 && outside(1).length > 0 ? [notKnown(NODE_TYPE)] : found;
}
