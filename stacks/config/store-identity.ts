import { isExpress } from "../../components/persistence/kafka-checks";
import { declareTable, tableNeeds } from "../../components/persistence/table-declaration";
import { type Need } from "../../components/service/needs";
import { isStoreNeed, storeId, storeKind, storeName } from "../../components/service/store-kind";
import { serviceNeeds, topicsOf, zonesOf } from "../bus-needs";
import { type EnvironmentConfig } from "../environment";

/** What is read of a catalogue entry. */
export interface NeedyEntry {
  readonly file: string;
  readonly descriptor: { readonly name: string; readonly needs?: readonly Need[] | undefined };
}

/** What each store is made with that cannot change without a new store, by the store's id. */
export type StoreIdentities = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What all stores of an environment stand in; none of it can change without new stores. */
export interface Ground {
  readonly accountId: string;
  readonly region: string;
  /** Range of the VPC. */
  readonly cidr: string;
  /** Availability zones in order, with commas between; more may follow. */
  readonly availabilityZones: string;
}

/** The ground of an environment. */
export function groundOf({ aws, network }: Pick<EnvironmentConfig, "aws" | "network">): Ground {
  return {
    accountId: aws.accountId,
    region: aws.region,
    cidr: network.cidr,
    availabilityZones: network.availabilityZones.join(", "),
  };
}

/** Its keys and local indexes. A table that is wrongly declared has no such thing yet. */
function tableIdentity(needs: Parameters<typeof declareTable>[0]): Record<string, string> {
  const { value } = declareTable(needs);
  if (!value) return {};
  const key = (name: string) => `${name} ${value.attributes[name] ?? "S"}`;
  return {
    partitionKey: key(value.partitionKey),
    ...(value.sortKey !== undefined && { sortKey: key(value.sortKey) }),
    ...(value.localIndexes.length > 0 && {
      localIndexes: value.localIndexes
        .map(
          ({ name, sortKey, projection }) =>
            `${name} (${key(sortKey)}, ${typeof projection === "string" ? projection : projection.join(" ")})`,
        )
        .sort()
        .join(", "),
    }),
  };
}

function origin(from: unknown): Record<string, string> {
  return from === undefined ? {} : { restoreFrom: typeof from === "string" ? from : JSON.stringify(from) };
}

/**
 * Standard brokers cannot become Express brokers, neither can become serverless, and none of them moves to other subnets
 * (MSK in `facts/replacements`).
 */
function kafkaIdentity({ persistence, network }: EnvironmentConfig): Record<string, string> {
  const { mode, kind, brokerType } = persistence.kafka;
  if (mode !== "managed") return { cluster: mode };
  return {
    cluster: kind === "serverless" ? kind : isExpress(brokerType) ? "express brokers" : "standard brokers",
    zones: String(zonesOf(network.availabilityZones.length)),
  };
}

/** What one store is, as far as the stack file says it. */
function identity(kind: string, name: string, environment: EnvironmentConfig): Record<string, string> {
  const { persistence } = environment;
  switch (kind) {
    case "table":
      return origin(persistence.tables[name]?.restoreFrom);
    case "topic":
      return kafkaIdentity(environment);
    case "activemq":
    case "rabbitmq":
      return { broker: persistence[kind].mode };
    case "warehouse": {
      const own = persistence.warehouses[name];
      return { capacity: (own?.size ?? persistence.warehouse).mode, ...origin(own?.restoreFrom) };
    }
    default:
      return origin(persistence.databases[name]?.restoreFrom);
  }
}

/** What every store that services need is made with for good. The kind itself is part of the id. */
export function storeIdentities(entries: readonly NeedyEntry[], environment: EnvironmentConfig | undefined): StoreIdentities {
  const tables = tableNeeds(entries);
  const { topics } = topicsOf(serviceNeeds(entries.map(({ descriptor }) => descriptor)), false);
  const declaredOf = (kind: string, name: string): Record<string, string> => {
    if (kind === "table") return tableIdentity(tables.get(name) ?? []);
    const topic = kind === "topic" ? topics.find((settings) => settings.topic === name) : undefined;
    return topic ? { partitions: String(topic.partitions) } : {};
  };
  const identities = new Map<string, Readonly<Record<string, string>>>();
  for (const need of entries.flatMap(({ descriptor }) => descriptor.needs ?? [])) {
    const [kind, name] = [storeKind(need), storeName(need)];
    if (!isStoreNeed(need) || identities.has(storeId(need))) continue;
    identities.set(storeId(need), { ...declaredOf(kind, name), ...(environment && identity(kind, name, environment)) });
  }
  return identities;
}
