import { type BrokerEngine, type QueueGrant } from "../components/persistence/broker-checks";
import { type CacheCapacity } from "../components/persistence/cache-checks";
import { isExpress, type KafkaCapacity } from "../components/persistence/kafka-checks";
import { declaredTopics } from "../components/persistence/kafka-topics";
import { type PrefixGrant } from "../components/persistence/self-managed-cache";
import { type Need } from "../components/service/needs";
import { type BusConfig } from "./config/bus-section";

/** A need of the catalogue and whose it is. */
export interface ServiceNeed {
  /** Where it is declared, such as `services/orders/service.yaml: needs[1]`. */
  readonly key: string;
  readonly service: string;
  readonly need: Need;
}

const MOST_ZONES = 3;
const LEAST_STORAGE_GIB = 10;
const STORAGE_GROWTH = 10;

/** Zones that a Kafka cluster stands in. */
export function zonesOf(count: number): number {
  return Math.min(MOST_ZONES, count);
}

/** Brokers of the Kafka cluster. */
export function kafkaCapacity(config: BusConfig, zones: number): KafkaCapacity {
  const { kind, brokerType, brokersPerZone, storageGib, maximumStorageGib } = config.kafka;
  if (kind === "serverless") return { kind };
  // Express brokers have storage of their own: what is given for them all the same is passed on, and refused.
  const given = storageGib !== undefined || maximumStorageGib !== undefined;
  const initial = storageGib ?? LEAST_STORAGE_GIB;
  const storage = { initial, maximum: maximumStorageGib ?? initial * STORAGE_GROWTH };
  return { kind, brokerType, brokers: brokersPerZone * zones, ...((given || !isExpress(brokerType)) && { storage }) };
}

/** Nodes of the cache, or the most it may use. */
export function cacheCapacity({ cache }: BusConfig): CacheCapacity {
  const { kind, nodeType, nodes, snapshotDays, maximumGb, maximumEcpu } = cache;
  return kind === "nodes" ? { kind, nodeType, nodes, snapshotDays } : { kind, maximumGb, maximumEcpu };
}

/** Topics as all services declare them. */
export function topicsOf(needs: readonly ServiceNeed[], durable: boolean) {
  return declaredTopics(
    needs.flatMap(({ key, service, need }) =>
      "topic" in need ? [{ key, service, topic: need.topic, partitions: need.partitions, retention: need.retention }] : [],
    ),
    durable,
  );
}

/** Who may do what with which queue of a broker. */
export function queuesOf(needs: readonly ServiceNeed[], engine: BrokerEngine): QueueGrant[] {
  return needs.flatMap(({ service, need }) =>
    "queue" in need && need.broker === engine ? [{ service, queue: need.queue, access: need.access }] : [],
  );
}

/** Who may do what with which prefix of the cache. */
export function prefixesOf(needs: readonly ServiceNeed[]): PrefixGrant[] {
  return needs.flatMap(({ service, need }) => ("cache" in need ? [{ service, prefix: need.cache, access: need.access }] : []));
}

/** Grants apart by their queue. */
export function groupedByQueue(grants: readonly QueueGrant[]): QueueGrant[][] {
  return [...new Set(grants.map(({ queue }) => queue))].map((queue) => grants.filter((grant) => grant.queue === queue));
}

/** The needs of all services, each with whose it is. */
export function serviceNeeds(
  descriptors: readonly { readonly name: string; readonly needs?: readonly Need[] | undefined }[],
): ServiceNeed[] {
  return descriptors.flatMap(({ name, needs = [] }) =>
    needs.map((need, index) => ({ key: `services/${name}/service.yaml: needs[${index}]`, service: name, need })),
  );
}
