import type { Rule } from "../../../lib/rule";
import { administratorPasswordIsManaged } from "./administrator-password-is-managed";
import { cacheAsksWhoConnects } from "./cache-asks-who-connects";
import { cacheHasOwnSubnetGroup } from "./cache-has-own-subnet-group";
import { cacheRequiresTls } from "./cache-requires-tls";
import { cacheTakesMinorVersions } from "./cache-takes-minor-versions";
import { databaseAdministratorHasOwnName } from "./database-administrator-has-own-name";
import { databaseCertificateIsCurrent } from "./database-certificate-is-current";
import { databaseCopiesTagsToSnapshots } from "./database-copies-tags-to-snapshots";
import { databaseExportsLogs } from "./database-exports-logs";
import { databaseHasEnhancedMonitoring } from "./database-has-enhanced-monitoring";
import { databaseHasPerformanceInsights } from "./database-has-performance-insights";
import { databaseProxyRequiresTls } from "./database-proxy-requires-tls";
import { databaseRequiresTls } from "./database-requires-tls";
import { databaseTakesIamTokens } from "./database-takes-iam-tokens";
import { databaseTakesMinorVersions } from "./database-takes-minor-versions";
import { databaseWritesAuditLog } from "./database-writes-audit-log";
import { daxIsEncrypted } from "./dax-is-encrypted";
import { daxRequiresTls } from "./dax-requires-tls";
import { performanceInsightsHasCustomerKey } from "./performance-insights-has-customer-key";
import { searchEncryptsBetweenNodes } from "./search-encrypts-between-nodes";
import { searchHasDedicatedMasters } from "./search-has-dedicated-masters";
import { searchHasFineGrainedAccess } from "./search-has-fine-grained-access";
import { searchPublishesLogs } from "./search-publishes-logs";
import { searchRequiresTls } from "./search-requires-tls";
import { snapshotIsNotPublic } from "./snapshot-is-not-public";
import { tableReplicaIsKeptLikeItsTable } from "./table-replica-is-kept-like-its-table";
import { tableScalesWithDemand } from "./table-scales-with-demand";
import { warehouseAdministratorHasOwnName } from "./warehouse-administrator-has-own-name";
import { warehouseDatabaseHasOwnName } from "./warehouse-database-has-own-name";
import { warehouseKeepsAuditLog } from "./warehouse-keeps-audit-log";
import { warehouseLogsStatements } from "./warehouse-logs-statements";
import { warehouseRequiresTls } from "./warehouse-requires-tls";
import { warehouseRoutesThroughVpc } from "./warehouse-routes-through-vpc";
import { warehouseTakesUpgrades } from "./warehouse-takes-upgrades";

/** RDS, Aurora, DynamoDB, Redshift, ElastiCache and OpenSearch. */
export const databaseRules: readonly Rule[] = [
  databaseAdministratorHasOwnName,
  databaseCertificateIsCurrent,
  databaseCopiesTagsToSnapshots,
  databaseExportsLogs,
  databaseHasEnhancedMonitoring,
  databaseHasPerformanceInsights,
  databaseProxyRequiresTls,
  databaseRequiresTls,
  databaseTakesIamTokens,
  databaseTakesMinorVersions,
  databaseWritesAuditLog,
  administratorPasswordIsManaged,
  performanceInsightsHasCustomerKey,
  snapshotIsNotPublic,
  tableReplicaIsKeptLikeItsTable,
  tableScalesWithDemand,
  daxIsEncrypted,
  daxRequiresTls,
  cacheAsksWhoConnects,
  cacheHasOwnSubnetGroup,
  cacheRequiresTls,
  cacheTakesMinorVersions,
  warehouseAdministratorHasOwnName,
  warehouseDatabaseHasOwnName,
  warehouseKeepsAuditLog,
  warehouseLogsStatements,
  warehouseRequiresTls,
  warehouseRoutesThroughVpc,
  warehouseTakesUpgrades,
  searchEncryptsBetweenNodes,
  searchHasDedicatedMasters,
  searchHasFineGrainedAccess,
  searchPublishesLogs,
  searchRequiresTls,
];
