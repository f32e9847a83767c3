import { type BrokerEngine, type QueueGrant } from "../components/persistence/broker-checks";
import { type CacheCapacity } from "../components/persistence/cache-checks";
import { type KafkaCapacity } from "../components/persistence/kafka-checks";
import { declaredTopics } from "../components/persistence/kafka-topics";
import { type PrefixGrant } from "../components/persistence/self-managed-cache";
import { type Descriptor } from "../components/service/descriptor";
import { type Need } from "../components/service/needs";
import { type BusConfig } from "./config/bus-section";

/** A need of the catalogue and whose it is. */
export interface ServiceNeed {
  readonly service: string;
  readonly need: Need;
}

const MOST_ZONES = 3;

/** Zones that a Kafka cluster stands in. */
export function zonesOf(count: number): number {
  return Math.min(MOST_ZONES, count);
}

/** Brokers of the Kafka cluster. */
export function kafkaCapacity(config: BusConfig, zones: number): KafkaCapacity {
  const { brokerType, brokersPerZone, storageGib, maximumStorageGib } = config.kafka;
  const storage = brokerType.startsWith("express.") ? {} : { storage: { initial: storageGib, maximum: maximumStorageGib } };
  return { kind: "provisioned", brokerType, brokers: brokersPerZone * zones, ...storage };
}

/** Nodes of the cache, or the most it may use. */
export function cacheCapacity({ cache }: BusConfig): CacheCapacity {
  const { kind, nodeType, nodes, snapshotDays, maximumGb, maximumEcpu } = cache;
  return kind === "nodes" ? { kind, nodeType, nodes, snapshotDays } : { kind, maximumGb, maximumEcpu };
}

/** Topics as all services declare them. */
export function topicsOf(needs: readonly ServiceNeed[], durable: boolean) {
  return declaredTopics(
    needs.flatMap(({ service, need }) =>
      "topic" in need ? [{ service, topic: need.topic, partitions: need.partitions, retention: need.retention }] : [],
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
export function serviceNeeds(descriptors: readonly Descriptor[]): ServiceNeed[] {
  return descriptors.flatMap(({ name, needs = [] }) => needs.map((need) => ({ service: name, need })));
}
