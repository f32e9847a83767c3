import { SERVERLESS_CACHE_LEAST_GB } from "../../../facts/prices/messaging";
import { read, type StackResource } from "../resource";
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

const STREAM = "aws:kinesis/stream:Stream";

/** Nodes of a replication group: counted as such, or shards with their replicas. Source: aws.elasticache.ReplicationGroup (2026-11). */
function groupNodes(group: StackResource): Amount {
  if (read(group, "numCacheClusters").state !== "absent") return amount(group, "numCacheClusters");
  return combined(
    [amount(group, "numNodeGroups", 1), amount(group, "replicasPerNodeGroup", 0)],
    (shards, replicas) => shards * (replicas + 1),
  );
}

function nodes(cache: StackResource, engine: Word, count: Amount): Charge[] {
  const type = word(cache, "nodeType");
  const item = engine.value === undefined ? engine : prefixed(`elasticache.${engine.value}.`, type);
  return [...hourly(`hours of ${type.value ?? "nodes"}`, item, count), usage("snapshots")];
}

/** However little is in it, a serverless cache is charged for a least amount; more where it asks to keep more. */
function serverlessCache(cache: StackResource): Charge[] {
  const engine = word(cache, "engine");
  const least = combined([amount(cache, "cacheUsageLimits.dataStorage.minimum", 0)], (gb) => Math.max(gb, SERVERLESS_CACHE_LEAST_GB.value));
  return [
    ...(engine.value === undefined || engine.value === "valkey"
      ? hourly("data, at the least", engine.value === undefined ? engine : "elasticache.valkey.serverless.storage", least)
      : [unpriced("data, at the least", `the least of a serverless ${engine.value} cache is not among the facts`)]),
    usage("data above the least, and processing units"),
  ];
}

/** Express brokers have storage of their own, paid for by use. */
function kafka(cluster: StackResource): Charge[] {
  const type = word(cluster, "brokerNodeGroupInfo.instanceType");
  const brokers = amount(cluster, "numberOfBrokerNodes");
  const size = amount(cluster, "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize", 0);
  const storage = combined([size, brokers], (gib, count) => gib * count);
  return [
    ...hourly(`hours of ${type.value ?? "brokers"}`, prefixed("msk.", type), brokers),
    ...monthly("storage", "msk.storage", storage),
    usage("traffic"),
  ];
}

/** Brokers of each mode, and how their price is named. Source: `deploymentMode` of aws.mq.Broker, default SINGLE_INSTANCE (2026-11). */
const MODES: Readonly<Record<string, { readonly suffix: string; readonly count: number }>> = {
  SINGLE_INSTANCE: { suffix: "", count: 1 },
  ACTIVE_STANDBY_MULTI_AZ: { suffix: ".pair", count: 1 },
  CLUSTER_MULTI_AZ: { suffix: "", count: 3 },
};

function broker(resource: StackResource): Charge[] {
  const mode = word(resource, "deploymentMode", "SINGLE_INSTANCE");
  const type = word(resource, "hostInstanceType");
  const what = `hours of ${type.value ?? "brokers"}`;
  const found = mode.value === undefined ? undefined : MODES[mode.value];
  if (found === undefined || type.value === undefined)
    return [{ kind: "unknown", what, property: found === undefined ? mode.property : type.property }];
  return [...hourly(what, `${type.value}${found.suffix}`, found.count), usage("storage of messages")];
}

function stream(resource: StackResource): Charge[] {
  const mode = word(resource, "streamModeDetails.streamMode", "PROVISIONED");
  if (mode.value === undefined) return [{ kind: "unknown", what: "shards", property: mode.property }];
  const item = mode.value === "PROVISIONED" ? "kinesis.shard" : "kinesis.on-demand";
  const count = mode.value === "PROVISIONED" ? amount(resource, "shardCount") : 1;
  return [...hourly(mode.value === "PROVISIONED" ? "shards" : "stream", item, count), usage("records")];
}

/** Caches, brokers and streams. */
export const MESSAGING_PRICERS: readonly Pricer[] = [
  {
    types: [stores.REPLICATION_GROUP],
    charges: (group) => nodes(group, word(group, "engine", "redis"), groupNodes(group)),
  },
  {
    types: [stores.CACHE_CLUSTER],
    // A member of a group is counted with its group.
    charges: (cache) =>
      read(cache, "replicationGroupId").state === "absent" ? nodes(cache, word(cache, "engine"), amount(cache, "numCacheNodes", 1)) : [],
  },
  { types: [stores.SERVERLESS_CACHE], charges: serverlessCache },
  { types: [stores.KAFKA_CLUSTER], charges: kafka },
  {
    types: [stores.SERVERLESS_KAFKA],
    charges: () => [...hourly("hours of the cluster", "msk.serverless.cluster", 1), usage("partitions, data and traffic")],
  },
  { types: [stores.BROKER], charges: broker },
  { types: [STREAM], charges: stream },
];
