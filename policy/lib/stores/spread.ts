import { notKnown, unlessOn } from "../expect";
import type { Finding } from "../finding";
import type { StackGraph } from "../graph";
import { number, read, type StackResource, text } from "../resource";
import * as stores from "./store-rule";

/** How the data of a store of some types is spread. */
export interface Spread {
  readonly types: readonly string[];
  /** What is found where one node holds it all, or answers for it all: a single point of failure. */
  readonly single: stores.StoreKind["findings"];
  /** What is found where one zone holds it all. */
  readonly zonal: stores.StoreKind["findings"];
}

const NOTHING = (): Finding[] => [];

/** How many there are, by a property; undefined when that is not known yet. */
interface Count {
  readonly count: number | undefined;
  readonly property: string;
}

/**
 * Every type that keeps data. What AWS always spreads over several zones (tables, buckets, serverless caches and Kafka) has nothing to find.
 * Sources: the argument types of @pulumi/aws 7.48 and the user guide of each service, "high availability" (2026-11).
 */
export const SPREADS: readonly Spread[] = [
  {
    types: stores.DB_CLUSTERS,
    single: (cluster, graph) => tooFew(members(cluster, graph), "instance"),
    zonal: (cluster, graph) => {
      const single = tooFew(members(cluster, graph), "instance");
      return single.length > 0 ? single : inOneZone(cluster, graph);
    },
  },
  both([stores.DB_INSTANCE], (instance) => unlessOn(instance, "multiAz", false, "it has no standby in another zone: multiAz is off")),
  {
    types: [stores.REPLICATION_GROUP],
    single: (cache) => tooFew(cacheNodes(cache), "node"),
    zonal: (cache) => {
      const single = tooFew(cacheNodes(cache), "node");
      if (single.length > 0) return single;
      return ["multiAzEnabled", "automaticFailoverEnabled"].flatMap((flag) => unlessOn(cache, flag, false, `${flag} is off`));
    },
  },
  both([stores.CACHE_CLUSTER], (cache) => {
    if (text(read(cache, "engine")) === "redis") return [{ what: "it is one node, and no replication group", property: "engine" }];
    const single = tooFew(counted(cache, "numCacheNodes", 1), "node");
    return single.length > 0 ? single : unlessText(cache, "azMode", ["cross-az"], "its nodes stand in one zone: azMode is not cross-az");
  }),
  both([stores.MEMORYDB_CLUSTER], (cluster) => {
    const replicas = counted(cluster, "numReplicasPerShard", 1);
    return tooFew({ ...replicas, count: replicas.count === undefined ? undefined : replicas.count + 1 }, "node");
  }),
  {
    types: [stores.KAFKA_CLUSTER],
    single: (cluster) => tooFew(counted(cluster, "numberOfBrokerNodes", 0), "broker"),
    zonal: (cluster) => tooFew(listCount(cluster, "brokerNodeGroupInfo.clientSubnets"), "subnet"),
  },
  both([stores.BROKER], (broker) =>
    unlessText(broker, "deploymentMode", ["ACTIVE_STANDBY_MULTI_AZ", "CLUSTER_MULTI_AZ"], "it is a single instance, by deploymentMode"),
  ),
  {
    types: [stores.WAREHOUSE],
    single: (warehouse) => tooFew(counted(warehouse, "numberOfNodes", 1), "node"),
    zonal: (warehouse) => unlessOn(warehouse, "multiAz", false, "it stands in one zone: multiAz is off"),
  },
  {
    types: [stores.SERVERLESS_WORKGROUP],
    single: NOTHING,
    zonal: (workgroup) =>
      read(workgroup, "subnetIds").state === "absent"
        ? [{ what: "its subnets are those of a default VPC, which the stack does not show", property: "subnetIds", unknown: true }]
        : tooFew(listCount(workgroup, "subnetIds"), "subnet"),
  },
  {
    types: [stores.SEARCH_DOMAIN],
    single: (domain) => tooFew(counted(domain, "clusterConfig.instanceCount", 1), "instance"),
    zonal: (domain) => unlessOn(domain, "clusterConfig.zoneAwarenessEnabled", false, "it stands in one zone: zoneAwarenessEnabled is off"),
  },
  {
    types: [stores.FILE_SYSTEM],
    single: NOTHING,
    zonal: (fileSystem) =>
      read(fileSystem, "availabilityZoneName").state === "absent"
        ? []
        : [{ what: "it is a One Zone file system", property: "availabilityZoneName" }],
  },
];

/** A type of which one setting says both. */
function both(types: readonly string[], findings: stores.StoreKind["findings"]): Spread {
  return { types, single: findings, zonal: findings };
}

function tooFew({ count, property }: Count, what: string): Finding[] {
  if (count === undefined) return [{ what: `how many ${what}s it has is not known yet`, property, unknown: true }];
  return count > 1 ? [] : [{ what: `it has ${count === 1 ? `one ${what}` : `no ${what}`}, by ${property}`, property }];
}

function counted(store: StackResource, property: string, byDefault: number): Count {
  const reading = read(store, property);
  return { count: reading.state === "absent" ? byDefault : number(reading), property };
}

function listCount(store: StackResource, property: string): Count {
  const reading = read(store, property);
  if (reading.state === "unknown") return { count: undefined, property };
  return { count: reading.state === "known" && Array.isArray(reading.value) ? reading.value.length : 0, property };
}

/** The instances of a cluster; a Multi-AZ DB cluster makes its own three. */
function members(cluster: StackResource, graph: StackGraph): Count {
  const ownClass = read(cluster, "dbClusterInstanceClass");
  if (ownClass.state !== "absent") return { count: 3, property: "dbClusterInstanceClass" };
  return { count: graph.referring(cluster, "clusterIdentifier", stores.DB_MEMBERS).length, property: "clusterIdentifier" };
}

/** AWS spreads instances that name no zone; those that all name the same one stand in it. */
function inOneZone(cluster: StackResource, graph: StackGraph): Finding[] {
  const property = "availabilityZone";
  const zones = graph.referring(cluster, "clusterIdentifier", stores.DB_MEMBERS).map((member) => read(member, property));
  const [first, ...others] = new Set(zones.flatMap((zone) => text(zone) ?? []));
  if (zones.length === 0 || others.length > 0 || zones.some(({ state }) => state === "absent")) return [];
  if (first === undefined || zones.some(({ state }) => state === "unknown")) return [notKnown(property)];
  return [{ what: `all its instances stand in ${first}`, property }];
}

/** The nodes of each shard. */
function cacheNodes(cache: StackResource): Count {
  const replicas = read(cache, "replicasPerNodeGroup");
  if (replicas.state === "absent") return counted(cache, "numCacheClusters", 1);
  const count = number(replicas);
  return { count: count === undefined ? undefined : count + 1, property: "replicasPerNodeGroup" };
}

function unlessText(store: StackResource, property: string, wanted: readonly string[], what: string): Finding[] {
  const reading = read(store, property);
  if (reading.state === "unknown") return [notKnown(property)];
  return wanted.includes(text(reading) ?? "") ? [] : [{ what, property }];
}
