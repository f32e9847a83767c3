import type { Rule } from "../../../lib/rule";
import { backupFitsVaultLock } from "./backup-fits-vault-lock";
import { backupLifecycleIsValid } from "./backup-lifecycle-is-valid";
import { backupRetentionIsInRange } from "./backup-retention-is-in-range";
import { backupWindowMissesMaintenance } from "./backup-window-misses-maintenance";
import { bucketNameIsValid } from "./bucket-name-is-valid";
import { clusterMemberMatchesCluster } from "./cluster-member-matches-cluster";
import { databaseIdentifierIsValid } from "./database-identifier-is-valid";
import { databaseNameFitsEngine } from "./database-name-fits-engine";
import { databasePasswordIsAccepted } from "./database-password-is-accepted";
import { databaseStorageFitsEngine } from "./database-storage-fits-engine";
import { databaseUsernameIsAccepted } from "./database-username-is-accepted";
import { enhancedMonitoringHasRole } from "./enhanced-monitoring-has-role";
import { finalSnapshotCanBeTaken } from "./final-snapshot-can-be-taken";
import { instanceClassFitsEngine } from "./instance-class-fits-engine";
import { licenseFitsEngine } from "./license-fits-engine";
import { lifecycleMovesInOrder } from "./lifecycle-moves-in-order";
import { logExportsFitEngine } from "./log-exports-fit-engine";
import { multiAzIsPossible } from "./multi-az-is-possible";
import { parameterGroupFitsEngine } from "./parameter-group-fits-engine";
import { performanceInsightsFitsClass } from "./performance-insights-fits-class";
import { proxyFitsDatabase } from "./proxy-fits-database";
import { replicaSourceHasBackups } from "./replica-source-has-backups";
import { replicationHasVersioning } from "./replication-has-versioning";
import { searchDomainHasOddMasters } from "./search-domain-has-odd-masters";
import { searchDomainSpreadsEvenly } from "./search-domain-spreads-evenly";
import { searchVolumeFitsNode } from "./search-volume-fits-node";
import { serverlessCapacityIsInRange } from "./serverless-capacity-is-in-range";
import { serverlessMemberHasCapacity } from "./serverless-member-has-capacity";
import { serverlessWarehouseCapacityIsValid } from "./serverless-warehouse-capacity-is-valid";
import { serverlessWarehouseSpansZones } from "./serverless-warehouse-spans-zones";
import { storageAutoscalingLeavesRoom } from "./storage-autoscaling-leaves-room";
import { storeKeyComesWithEncryption } from "./store-key-comes-with-encryption";
import { subnetGroupSpansZones } from "./subnet-group-spans-zones";
import { tableCapacityFitsBilling } from "./table-capacity-fits-billing";
import { tableIndexesAreWithinLimits } from "./table-indexes-are-within-limits";
import { tableKeysAreAttributes } from "./table-keys-are-attributes";
import { tableStreamIsComplete } from "./table-stream-is-complete";
import { tableTtlNamesAttribute } from "./table-ttl-names-attribute";
import { warehouseMultiAzIsPossible } from "./warehouse-multi-az-is-possible";
import { warehouseNodesFitType } from "./warehouse-nodes-fit-type";

/** RDS, Aurora, DynamoDB, Redshift, OpenSearch, S3 and AWS Backup. */
export const databaseChecks: readonly Rule[] = [
  clusterMemberMatchesCluster,
  instanceClassFitsEngine,
  serverlessMemberHasCapacity,
  serverlessCapacityIsInRange,
  databaseStorageFitsEngine,
  storageAutoscalingLeavesRoom,
  storeKeyComesWithEncryption,
  enhancedMonitoringHasRole,
  performanceInsightsFitsClass,
  parameterGroupFitsEngine,
  logExportsFitEngine,
  licenseFitsEngine,
  multiAzIsPossible,
  subnetGroupSpansZones,
  replicaSourceHasBackups,
  backupRetentionIsInRange,
  backupWindowMissesMaintenance,
  finalSnapshotCanBeTaken,
  databaseIdentifierIsValid,
  databaseNameFitsEngine,
  databaseUsernameIsAccepted,
  databasePasswordIsAccepted,
  proxyFitsDatabase,
  tableKeysAreAttributes,
  tableCapacityFitsBilling,
  tableIndexesAreWithinLimits,
  tableStreamIsComplete,
  tableTtlNamesAttribute,
  warehouseMultiAzIsPossible,
  warehouseNodesFitType,
  serverlessWarehouseCapacityIsValid,
  serverlessWarehouseSpansZones,
  searchDomainSpreadsEvenly,
  searchDomainHasOddMasters,
  searchVolumeFitsNode,
  bucketNameIsValid,
  lifecycleMovesInOrder,
  replicationHasVersioning,
  backupLifecycleIsValid,
  backupFitsVaultLock,
];
