import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { notKnown, unlessOn } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { not, number, read, readFlag, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { isSelectedForBackup } from "../../../lib/stores/backup-coverage";
import { bucketParts, BUCKETS, holdsLogs } from "../../../lib/stores/buckets";
import * as stores from "../../../lib/stores/store-rule";

const FILE_SYSTEM_BACKUPS = "aws:efs/backupPolicy:BackupPolicy";
const NAMESPACE_SNAPSHOT = "aws:redshiftserverless/snapshot:Snapshot";

/** How many days a type keeps its own backups by itself. */
interface Retention {
  readonly types: readonly string[];
  readonly property: string;
  /** Days where it says none. */
  readonly byDefault: number;
}

/** Sources: the argument types of @pulumi/aws 7.48 (2026-11). */
const RETENTIONS: readonly Retention[] = [
  { types: stores.DB_CLUSTERS, property: "backupRetentionPeriod", byDefault: 1 },
  { types: [stores.DB_INSTANCE], property: "backupRetentionPeriod", byDefault: 0 },
  { types: [stores.WAREHOUSE], property: "automatedSnapshotRetentionPeriod", byDefault: 1 },
  { types: [stores.MEMORYDB_CLUSTER], property: "snapshotRetentionLimit", byDefault: 0 },
];

const CACHE_RETENTIONS: readonly Retention[] = [
  {
    types: [stores.REPLICATION_GROUP, stores.CACHE_CLUSTER, stores.SERVERLESS_CACHE],
    property: "snapshotRetentionLimit",
    byDefault: 0,
  },
];

const config = z.strictObject({
  ...DURABLE_CONFIG,
  reasonTag: REASON_CONFIG.reasonTag,
  minimumDays: z.int().min(1).max(35).default(7).describe("Fewest days that backups are kept."),
  caches: z.boolean().default(false).describe("True to ask it of caches too, which hold running state and are usually not backed up."),
});

/**
 * A bus holds what is under way, and a cache what can be made again, so neither is asked. A bucket is kept by its versions; one that AWS
 * delivers logs to is left out, and so is one that says in a tag why its objects need none. What AWS Backup selects needs nothing of its own. OpenSearch keeps hourly snapshots by itself.
 */
export const storeHasBackups = stackRule({
  id: "store-has-backups",
  title: "Every durable store has backups",
  severity: "high",
  why: "Copies in other zones follow a wrong DELETE within milliseconds; only what was put aside before brings the data back.",
  fix: "Keep automated backups at least a week (backupRetentionPeriod, pointInTimeRecovery, versioning), or have AWS Backup select the store.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_backing_up_data_automated_backups_data.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.11" },
    { name: "FSBP", id: "DynamoDB.2" },
    { name: "FSBP", id: "Redshift.3" },
    { name: "FSBP", id: "ElastiCache.1" },
    { name: "Checkov", id: "CKV_AWS_28" },
    { name: "Checkov", id: "CKV_AWS_133" },
    { name: "Checkov", id: "CKV_AWS_134" },
    { name: "Checkov", id: "CKV_AWS_343" },
    { name: "Checkov", id: "CKV_AWS_21" },
    { name: "Checkov", id: "CKV2_AWS_8" },
    { name: "Checkov", id: "CKV2_AWS_18" },
    { name: "AwsSolutions", id: "RDS13" },
    { name: "AwsSolutions", id: "DDB3" },
    { name: "AwsSolutions", id: "RS10" },
  ],
  config,
  check: (stack, { durable, ...settings }) => stores.durableStoreVerdicts(stack, kinds(settings), "is not backed up", durable),
});

interface Settings {
  readonly minimumDays: number;
  readonly caches: boolean;
  readonly reasonTag: string;
}

function kinds({ minimumDays: minimum, caches, reasonTag }: Settings): stores.StoreKind[] {
  const kept = [...RETENTIONS, ...(caches ? CACHE_RETENTIONS : [])].map((retention): stores.StoreKind => {
    const { types } = retention;
    return { types, applies: stores.isOriginal, findings: unlessSelected((store) => tooShort(store, retention, minimum)) };
  });
  return [
    ...kept,
    { types: [stores.TABLE], findings: unlessSelected((table) => tableFindings(table, minimum)) },
    { types: [stores.FILE_SYSTEM], findings: unlessSelected(fileSystemFindings) },
    { types: [stores.SERVERLESS_NAMESPACE], findings: unlessSelected(namespaceFindings) },
    { types: BUCKETS, findings: unlessSelected((bucket, graph) => bucketFindings(bucket, reasonTag, graph)) },
  ];
}

/** AWS Backup makes up for what a store lacks; where nobody can tell whether it does, nothing is certain. */
function unlessSelected(findings: stores.StoreKind["findings"]): stores.StoreKind["findings"] {
  return (store, graph) => {
    const found = findings(store, graph);
    const selected = found.length === 0 || isSelectedForBackup(store, graph);
    if (selected === true) return [];
    return selected === false ? found : found.map(({ property }) => unknown("whether AWS Backup selects it is not known yet", property));
  };
}

function tooShort(store: StackResource, { property, byDefault }: Retention, minimum: number): Finding[] {
  const reading = read(store, property);
  const days = reading.state === "absent" ? byDefault : number(reading);
  if (days === undefined) return [notKnown(property)];
  if (days >= minimum) return [];
  return [{ what: days === 0 ? `${property} is 0` : `backups are kept ${days} of at least ${minimum} days, by ${property}`, property }];
}

function tableFindings(table: StackResource, minimum: number): Finding[] {
  const off = unlessOn(table, "pointInTimeRecovery.enabled", false, "point-in-time recovery is off");
  // Without a number, DynamoDB keeps 35 days.
  const period = "pointInTimeRecovery.recoveryPeriodInDays";
  return off.length > 0 || read(table, period).state === "absent"
    ? off
    : tooShort(table, { types: [], property: period, byDefault: 0 }, minimum);
}

function fileSystemFindings(fileSystem: StackResource, graph: StackGraph): Finding[] {
  const policies = graph.referring(fileSystem, "fileSystemId", [FILE_SYSTEM_BACKUPS]);
  const on = some(policies.map((policy) => isText(policy, "backupPolicy.status", "ENABLED")));
  return offOr(on, "it has no backup policy", "backupPolicy");
}

function namespaceFindings(namespace: StackResource, graph: StackGraph): Finding[] {
  const snapshots = graph.referring(namespace, "namespaceName", [NAMESPACE_SNAPSHOT]);
  if (snapshots.length > 0) return [];
  return [{ what: "its recovery points are gone after 24 hours, and nothing takes snapshots", property: "namespaceName" }];
}

function bucketFindings(bucket: StackResource, reasonTag: string, graph: StackGraph): Finding[] {
  const inline = readFlag(bucket, "versioning.enabled", false);
  const parts = bucketParts(bucket, graph, "BucketVersioning");
  const versioned = some([inline, ...parts.map((part) => isText(part, "versioningConfiguration.status", "Enabled"))]);
  const isData = not(holdsLogs(bucket, graph));
  const reason = hasReason(bucket, { reasonTag });
  if (versioned === true || isData === false || reason === true) return [];
  if (reason === undefined) return [unknown("whether it gives a reason is not known yet", "tags")];
  if (isData === undefined) return [unknown("whether it only holds logs is not known yet", "policy")];
  return offOr(versioned, "it keeps no versions", "versioning");
}

function isText(resource: StackResource, path: string, wanted: string): Tri {
  const reading = read(resource, path);
  return reading.state === "unknown" ? undefined : text(reading) === wanted;
}

function offOr(on: Tri, what: string, property: string): Finding[] {
  if (on === true) return [];
  return on === undefined ? [notKnown(property)] : [{ what, property }];
}

function unknown(what: string, property: string): Finding {
  return { what, property, unknown: true };
}
