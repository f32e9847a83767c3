import { instancesAcrossZones } from "../components/persistence/broker-checks";
import { ENGINES } from "../components/persistence/relational/engines";
import { relationalShape, scalesByItself } from "../components/persistence/relational/relational-store";
import { type Need } from "../components/service/needs";
import { isStoreNeed, storeId } from "../components/service/store-kind";
import { cacheCapacity, kafkaCapacity, zonesOf } from "./bus-needs";
import { type EnvironmentConfig } from "./environment";
import { relationalSettings } from "./relational-settings";

/** What a store is made of in one environment, in words, by property. The same as what is made: it is read off what sizes the stores. */
export type Variant = Readonly<Record<string, string>>;

const MS_PER_MINUTE = 60_000;

function kept(durable: boolean): Variant {
  return { deletion: durable ? "protected, and kept in AWS" : "gone with the environment" };
}

function relational(need: Extract<Need, { store: string }>, environment: EnvironmentConfig): Variant {
  const { persistence } = environment;
  const settings = relationalSettings(environment);
  const { durable, capacity, backupDays } = settings;
  const { instanceClass, nodes, multiAz, storage } = relationalShape(need.store, settings, persistence.databases[need.name] ?? {});
  const pauses = capacity.minimum === 0 ? `, pauses after ${capacity.pauseAfter / MS_PER_MINUTE} idle minutes` : "";
  return {
    engine: ENGINES[need.store].engine[durable ? "durable" : "ephemeral"],
    capacity: scalesByItself(instanceClass) ? `${capacity.minimum} to ${capacity.maximum} ACU${pauses}` : instanceClass,
    instances: storage ? (multiAz ? "1 and a standby in another zone" : "1") : `${nodes}${nodes > 1 ? " in several zones" : ""}`,
    ...(storage && { storage: `${storage.allocated} to ${storage.maximum} GiB` }),
    backups: `${backupDays} ${backupDays === 1 ? "day" : "days"}`,
    ...kept(durable),
  };
}

function kafka({ persistence, environment, network }: EnvironmentConfig): Variant {
  if (persistence.kafka.mode !== "managed") return {};
  const capacity = kafkaCapacity(persistence, zonesOf(network.availabilityZones.length));
  return {
    brokers: capacity.kind === "serverless" ? capacity.kind : `${capacity.brokers} ${capacity.brokerType}`,
    ...kept(environment.durable),
  };
}

function broker(engine: "activemq" | "rabbitmq", { persistence, environment: { durable } }: EnvironmentConfig): Variant {
  const { mode, instanceType } = persistence[engine];
  return mode === "managed" ? { brokers: `${durable ? instancesAcrossZones(engine) : 1} ${instanceType}`, ...kept(durable) } : {};
}

function cache({ persistence }: EnvironmentConfig): Variant {
  if (persistence.cache.mode !== "managed") return { nodes: persistence.cache.mode };
  const capacity = cacheCapacity(persistence);
  return {
    nodes: capacity.kind === "nodes" ? `${capacity.nodes} ${capacity.nodeType}` : `serverless, at most ${capacity.maximumGb} GB`,
  };
}

function table(name: string, { persistence, environment: { durable } }: EnvironmentConfig): Variant {
  const { mode } = persistence.tables[name]?.capacity ?? persistence.tableCapacity;
  return { capacity: mode, recovery: durable ? `to any moment of ${persistence.backupDays} days` : "none", ...kept(durable) };
}

function warehouse(name: string, { persistence, environment: { durable } }: EnvironmentConfig): Variant {
  const size = persistence.warehouses[name]?.size ?? persistence.warehouse;
  const capacity =
    size.mode === "serverless"
      ? `serverless, ${size.baseCapacity} to ${size.maximumCapacity} RPU`
      : `${size.nodes} ${size.nodeType}${size.multiAz ? " in each of two zones" : ""}`;
  return { capacity, ...kept(durable) };
}

/** A store's id and what it is made of. What all topics, queues of a broker, or prefixes share counts as one. */
function variantOf(need: Need, environment: EnvironmentConfig): readonly [string, Variant] {
  if ("store" in need) return [storeId(need), relational(need, environment)];
  if ("topic" in need) return ["kafka", kafka(environment)];
  if ("cache" in need) return ["cache", cache(environment)];
  if ("table" in need) return [storeId(need), table(need.table, environment)];
  if ("warehouse" in need) return [storeId(need), warehouse(need.warehouse, environment)];
  if ("queue" in need && need.broker === "activemq") return [need.broker, broker(need.broker, environment)];
  if ("queue" in need && need.broker === "rabbitmq") return [storeId(need), broker(need.broker, environment)];
  return [storeId(need), kept(environment.environment.durable)];
}

/** What every store that is needed is made of. */
export function storeVariants(needs: readonly Need[], environment: EnvironmentConfig): ReadonlyMap<string, Variant> {
  return new Map(needs.filter(isStoreNeed).map((need) => variantOf(need, environment)));
}
