import type { StackGraph } from "../graph";
import { read, readFlag, type StackResource, text } from "../resource";
import * as stores from "../stores/store-rule";
import {
  type Amount,
  amount,
  type Charge,
  combined,
  hourly,
  monthly,
  prefixed,
  type Pricer,
  unpriced,
  usage,
  type Word,
  word,
} from "./charge";

const [AURORA_CLUSTER = "", ...OTHER_CLUSTERS] = stores.DB_CLUSTERS;
const [AURORA_MEMBER = "", ...OTHER_MEMBERS] = stores.DB_MEMBERS;

/** Instances of a Multi-AZ DB cluster. Source: Amazon RDS user guide, "Multi-AZ DB cluster deployments" (2026-11). */
const MULTI_AZ_CLUSTER = 3;
const SERVERLESS = "db.serverless";
/** Source: `serverlessv2ScalingConfiguration` of aws.rds.Cluster, required for serverless instances (2026-11). */
const MINIMUM_ACU = "serverlessv2ScalingConfiguration.minCapacity";

/** Copies of the data and of the instance. */
function standbys(instance: StackResource): Amount {
  const multiAz = readFlag(instance, "multiAz", false);
  return { value: multiAz === undefined ? undefined : multiAz ? 2 : 1, property: "multiAz" };
}

/** The secret in which AWS keeps the password of the master user is charged as any other. */
function managedSecret(store: StackResource, property: string): Charge[] {
  const managed = readFlag(store, property, false);
  if (managed === undefined) return [{ kind: "unknown", what: "secret of the master user", property }];
  return managed ? monthly("secret of the master user", "secret", 1) : [];
}

/** Only Oracle costs less with a licence of one's own. Source: `licenseModel` of aws.rds.Instance (2026-11). */
function engineOf(resource: StackResource): Word {
  const engine = word(resource, "engine");
  if (engine.value?.startsWith("oracle-") !== true) return engine;
  const licence = word(resource, "licenseModel");
  return { ...licence, value: licence.value === undefined ? undefined : `${engine.value}.${licence.value}` };
}

function instance(resource: StackResource): Charge[] {
  const copies = standbys(resource);
  const engine = engineOf(resource);
  const size = word(resource, "instanceClass");
  const item: Word = engine.value === undefined ? engine : prefixed(`rds.${engine.value}.`, size);
  return [
    ...hourly(`hours of ${size.value ?? "instances"}`, item, copies),
    ...instanceStorage(resource, copies),
    ...managedSecret(resource, "manageMasterUserPassword"),
    usage("backups beyond the size of the database"),
  ];
}

/** Without a type storage is gp2, or io1 where IOPS are asked for. Source: `storageType` of aws.rds.Instance (2026-11). */
function instanceStorage(resource: StackResource, copies: Amount): Charge[] {
  const type = word(resource, "storageType", read(resource, "iops").state === "absent" ? "gp2" : "io1");
  const size = combined([amount(resource, "allocatedStorage"), copies], (gib, count) => gib * count);
  return [
    ...monthly(`${type.value ?? ""} storage`.trim(), prefixed("rds.storage.", type), size),
    ...(read(resource, "iops").state === "absent"
      ? []
      : monthly(
          "IOPS",
          prefixed("rds.iops.", type),
          combined([amount(resource, "iops"), copies], (iops, count) => iops * count),
        )),
  ];
}

/** An Aurora cluster pays for its storage by use; a Multi-AZ DB cluster has instances and storage of its own. */
function cluster(resource: StackResource): Charge[] {
  const size = read(resource, "dbClusterInstanceClass");
  const secret = managedSecret(resource, "manageMasterUserPassword");
  if (size.state === "absent") return [...secret, usage("storage, I/O and backups")];
  return [
    ...hourly(
      `hours of ${text(size) ?? "instances"}`,
      prefixed("rds.cluster.", word(resource, "dbClusterInstanceClass")),
      MULTI_AZ_CLUSTER,
    ),
    ...monthly("storage", prefixed("rds.cluster.storage.", word(resource, "storageType", "io1")), amount(resource, "allocatedStorage")),
    ...secret,
    usage("backups"),
  ];
}

/** A serverless instance costs the least its cluster may shrink to; 0 is a cluster that pauses. */
function clusterInstance(resource: StackResource, graph: StackGraph): Charge[] {
  const size = word(resource, "instanceClass");
  if (size.value !== SERVERLESS) return hourly(`hours of ${size.value ?? "instances"}`, prefixed("aurora.", size), 1);
  const what = "Aurora capacity units";
  const found = graph.reference(resource, "clusterIdentifier", [AURORA_CLUSTER]);
  if (found?.kind !== "resource") return [{ kind: "unknown", what, property: "clusterIdentifier" }];
  const optimised = text(read(found.resource, "storageType")) === "aurora-iopt1";
  return [
    ...hourly(what, optimised ? "aurora.acu.io-optimized" : "aurora.acu", amount(found.resource, MINIMUM_ACU)),
    usage("capacity above the least"),
  ];
}

/** Provisioned throughput of the table and its global indexes; `PROVISIONED` is the default of AWS. */
function table(resource: StackResource): Charge[] {
  const mode = word(resource, "billingMode", "PROVISIONED");
  if (mode.value === undefined) return [{ kind: "unknown", what: "throughput", property: mode.property }];
  const more = usage(mode.value === "PROVISIONED" ? "storage" : "requests and storage");
  if (mode.value !== "PROVISIONED") return [more];
  const indexes = read(resource, "globalSecondaryIndexes");
  const count = indexes.state === "known" && Array.isArray(indexes.value) ? indexes.value.length : 0;
  const units = (property: string): Amount =>
    indexes.state === "unknown"
      ? { value: undefined, property: "globalSecondaryIndexes" }
      : combined(
          [
            amount(resource, property, 0),
            ...Array.from({ length: count }, (_, index) => amount(resource, `globalSecondaryIndexes[${index}].${property}`, 0)),
          ],
          (...values) => values.reduce((sum, value) => sum + value, 0),
        );
  return [
    ...hourly("read capacity units", "dynamodb.rcu", units("readCapacity")),
    ...hourly("write capacity units", "dynamodb.wcu", units("writeCapacity")),
    more,
  ];
}

/** Each zone of a Multi-AZ warehouse has all of its nodes. */
function warehouse(resource: StackResource): Charge[] {
  const type = word(resource, "nodeType");
  const nodes = combined([amount(resource, "numberOfNodes", 1), standbys(resource)], (count, zones) => count * zones);
  return [
    ...hourly(`hours of ${type.value ?? "nodes"}`, prefixed("redshift.", type), nodes),
    ...managedSecret(resource, "manageMasterPassword"),
    usage("storage and backups"),
  ];
}

/** Data nodes, master nodes and their volumes. Defaults: `clusterConfig` and `ebsOptions` of aws.opensearch.Domain (2026-11). */
function searchDomain(resource: StackResource): Charge[] {
  const type = word(resource, "clusterConfig.instanceType", "m4.large.search");
  const count = amount(resource, "clusterConfig.instanceCount", 1);
  const masters = readFlag(resource, "clusterConfig.dedicatedMasterEnabled", false);
  const warm = readFlag(resource, "clusterConfig.warmEnabled", false);
  const volumes = readFlag(resource, "ebsOptions.ebsEnabled", false) === false ? { value: 0, property: "ebsOptions" } : count;
  const size = combined([amount(resource, "ebsOptions.volumeSize", 10), volumes], (gib, nodes) => gib * nodes);
  return [
    ...hourly(`hours of ${type.value ?? "instances"}`, prefixed("opensearch.", type), count),
    ...(masters === false
      ? []
      : hourly(
          "hours of master nodes",
          prefixed("opensearch.", word(resource, "clusterConfig.dedicatedMasterType")),
          amount(resource, "clusterConfig.dedicatedMasterCount"),
        )),
    ...(warm === false
      ? []
      : hourly(
          "hours of warm nodes",
          prefixed("opensearch.", word(resource, "clusterConfig.warmType")),
          amount(resource, "clusterConfig.warmCount"),
        )),
    ...monthly("storage", prefixed("opensearch.", word(resource, "ebsOptions.volumeType", "gp2")), size),
  ];
}

/** Databases and warehouses. */
export const DATABASE_PRICERS: readonly Pricer[] = [
  { types: [stores.DB_INSTANCE], charges: instance },
  { types: [AURORA_CLUSTER], charges: cluster },
  { types: [AURORA_MEMBER], charges: clusterInstance },
  { types: OTHER_CLUSTERS, charges: () => [usage("storage, I/O and backups")] },
  {
    types: OTHER_MEMBERS,
    charges: (member) => [
      unpriced(`hours of ${text(read(member, "instanceClass")) ?? "instances"}`, "instances of its engine have no price among the facts"),
    ],
  },
  { types: [stores.TABLE], charges: table },
  { types: [stores.WAREHOUSE], charges: warehouse },
  {
    types: [stores.SERVERLESS_NAMESPACE],
    charges: (namespace) => [...managedSecret(namespace, "manageAdminPassword"), usage("storage and backups")],
  },
  { types: [stores.SERVERLESS_WORKGROUP], charges: () => [usage("processing units while it works")] },
  { types: [stores.SEARCH_DOMAIN], charges: searchDomain },
];
