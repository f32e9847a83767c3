import { ENGINES } from "../components/persistence/relational/engines";
import { type Need, RELATIONAL_KINDS } from "../components/service/needs";
import { MQ_ENGINES } from "../facts/amazon-mq";
import { CACHE_NODES } from "../facts/elasticache";
import { KAFKA_BROKERS } from "../facts/msk";
import { DURABLE_BACKUP_DAYS } from "./config/cross-checks";
import { type EnvironmentConfig } from "./environment";
import { storeVariants } from "./store-variants";

/** One way in which a store is cheaper than a durable environment would have it. */
export interface StoreSwap {
  /** Such as `aurora-postgres/orders`; `kafka`, `activemq` and `cache` are what all share. */
  readonly store: string;
  readonly property: string;
  /** What it is here. */
  readonly here: string;
  /** The least that a durable environment takes. */
  readonly durable: string;
}

type Persistence = EnvironmentConfig["persistence"];

/** Aurora that keeps this much is always awake; below it pauses (Aurora user guide, "Scaling to zero ACUs", 2026-11). */
const AWAKE_ACU = 0.5;
const FAILOVER_NODES = 2;

/** A type that may carry a durable environment, the given one if it may. */
function lasting(type: string, types: readonly { readonly type: string; readonly burstable: boolean }[]): string {
  const known = types.find((one) => one.type === type);
  return known?.burstable === true ? (types.find(({ burstable }) => !burstable)?.type ?? type) : type;
}

function lastingBroker<Broker extends { readonly instanceType: string }>(engine: keyof typeof MQ_ENGINES, broker: Broker): Broker {
  const { instances, smallInstances } = MQ_ENGINES[engine];
  const types = instances.map((type) => ({ type, burstable: smallInstances.some((small) => small === type) }));
  return { ...broker, instanceType: lasting(broker.instanceType, types) };
}

/** Names of the databases whose engine is another one where they last: a class or version of the one need not fit the other. */
function withAnotherEngine(needs: readonly Need[]): ReadonlySet<string> {
  const kinds = RELATIONAL_KINDS.filter((kind) => ENGINES[kind].engine.durable !== ENGINES[kind].engine.ephemeral);
  return new Set(needs.flatMap((need) => ("store" in need && kinds.includes(need.store) ? [need.name] : [])));
}

function lastingDatabases(databases: Persistence["databases"], others: ReadonlySet<string>): Persistence["databases"] {
  return Object.fromEntries(
    Object.entries(databases).map(([name, { multiAz, readers, instanceClass, version, ...rest }]) => [
      name,
      {
        ...rest,
        ...(multiAz !== undefined && { multiAz: true }),
        ...(readers !== undefined && { readers: Math.max(1, readers) }),
        ...(!others.has(name) && { instanceClass, version }),
      },
    ]),
  );
}

function lastingWarehouse(size: Persistence["warehouse"]): Persistence["warehouse"] {
  return size.mode === "provisioned" ? { ...size, nodes: Math.max(FAILOVER_NODES, size.nodes) } : size;
}

/**
 * The same environment if it had to last: durable, and whatever the checks refuse of a durable one raised to the least that they take. It may
 * pause no database either, which no check asks: the first request after a pause waits.
 */
export function asDurable(environment: EnvironmentConfig, needs: readonly Need[]): EnvironmentConfig {
  const { persistence } = environment;
  const { kafka, cache } = persistence;
  return {
    ...environment,
    environment: { ...environment.environment, durable: true },
    persistence: {
      ...persistence,
      auroraMinimumAcu: Math.max(AWAKE_ACU, persistence.auroraMinimumAcu),
      auroraReaders: Math.max(1, persistence.auroraReaders),
      backupDays: Math.max(DURABLE_BACKUP_DAYS, persistence.backupDays),
      databases: lastingDatabases(persistence.databases, withAnotherEngine(needs)),
      kafka: { ...kafka, brokerType: lasting(kafka.brokerType, KAFKA_BROKERS) },
      activemq: lastingBroker("activemq", persistence.activemq),
      rabbitmq: lastingBroker("rabbitmq", persistence.rabbitmq),
      cache: {
        ...cache,
        mode: cache.mode === "self-managed" ? "managed" : cache.mode,
        nodeType: lasting(cache.nodeType, CACHE_NODES),
        nodes: Math.max(FAILOVER_NODES, cache.nodes),
      },
      warehouse: lastingWarehouse(persistence.warehouse),
      warehouses: Object.fromEntries(
        Object.entries(persistence.warehouses).map(([name, own]) => [name, own.size ? { ...own, size: lastingWarehouse(own.size) } : own]),
      ),
    },
  };
}

/**
 * What an environment saves on its stores: every property in which one differs from what the least durable environment would make of the same
 * need. Empty for a durable environment.
 */
export function storeSwaps(needs: readonly Need[], environment: EnvironmentConfig): StoreSwap[] {
  if (environment.environment.durable) return [];
  const durable = storeVariants(needs, asDurable(environment, needs));
  return [...storeVariants(needs, environment)].flatMap(([store, here]) =>
    Object.entries(durable.get(store) ?? {}).flatMap(([property, wanted]) =>
      here[property] === wanted ? [] : [{ store, property, here: here[property] ?? "none", durable: wanted }],
    ),
  );
}
