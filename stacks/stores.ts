import type * as pulumi from "@pulumi/pulumi";
import { type BrokerSource, type EventSources, type TopicSource } from "../components/compute/triggers/event-sources";
import { type Network } from "../components/network/network";
import { ServiceBucket, type UploadSource } from "../components/persistence/bucket";
import { type LayerKey } from "../components/persistence/layer-key";
import { type QueueSource, ServiceQueue } from "../components/persistence/queue";
import { type BootstrapOperations } from "../components/persistence/relational/bootstrap-function";
import { createRelationalStore } from "../components/persistence/relational/relational-store";
import { ServiceSecret } from "../components/persistence/secret";
import { ServiceTable } from "../components/persistence/table";
import { type TableDeclaration } from "../components/persistence/table-declaration";
import { Warehouse } from "../components/persistence/warehouse";
import { type PlatformContext } from "../components/platform-context";
import { type Bindable } from "../components/service/binding";
import { type Need, RELATIONAL_KINDS } from "../components/service/needs";
import { storeId, storeKind, type StoreKind, storeName } from "../components/service/store-kind";
import { type Buses } from "./buses";
import { type EnvironmentConfig } from "./environment";
import { relationalSettings } from "./relational-settings";

/** What a store is made with. */
export interface StoreSetting {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  readonly network: Network;
  /** Key of the persistence layer; made with the first store. */
  readonly key: () => LayerKey;
  /** Logs and alarms of the functions that stores bring with them. */
  readonly operations: BootstrapOperations;
  /** What the services say of each table, put together. */
  readonly tables: ReadonlyMap<string, TableDeclaration>;
  /** Buses and the cache, which all services share. */
  readonly buses: Buses;
  /** Seconds for which a queue hides a message from others while one of its consumers works on it. */
  readonly visibilitySeconds: (queue: string) => number;
  readonly parent: pulumi.Resource;
}

type Make = (name: string, setting: StoreSetting) => Bindable;

/** A relational store of one engine. */
const relational =
  (kind: (typeof RELATIONAL_KINDS)[number]): Make =>
  (name, { context, environment, network, key, operations, parent }) =>
    createRelationalStore(
      `${name}-db`,
      {
        context,
        network,
        keyArn: key().arn,
        operations,
        kind,
        storeName: name,
        settings: relationalSettings(environment),
        choice: environment.persistence.databases[name] ?? {},
      },
      { parent },
    );

const table: Make = (name, { context, environment: { persistence }, key, tables, parent }) => {
  const declaration = tables.get(name);
  if (!declaration) throw new Error(`no service says what table ${name} is`);
  const own = persistence.tables[name];
  return new ServiceTable(
    `${name}-table`,
    {
      context,
      tableName: name,
      declaration,
      keyArn: key().arn,
      capacity: own?.capacity ?? persistence.tableCapacity,
      recoveryDays: persistence.backupDays,
      replicas: own?.replicas,
      restoreFrom: own?.restoreFrom,
    },
    { parent },
  );
};

const warehouse: Make = (name, { context, environment: { persistence, visibility }, network, key, operations, parent }) => {
  const own = persistence.warehouses[name];
  return new Warehouse(
    `${name}-warehouse`,
    {
      context,
      warehouseName: name,
      size: own?.size ?? persistence.warehouse,
      vpcId: network.vpcId,
      subnetIds: network.isolatedSubnetIds,
      zones: network.availabilityZones.length,
      keyArn: key().arn,
      logs: { retentionDays: visibility.logDays, keyArn: operations.logKeyArn },
      s3PrefixListId: network.s3PrefixListId,
      restoreFrom: own?.restoreFrom,
    },
    { parent },
  );
};

const MAKERS: Readonly<Record<StoreKind, Make>> = {
  ...Object.fromEntries(RELATIONAL_KINDS.map((kind) => [kind, relational(kind)])),
  table,
  warehouse,
  topic: (name, { buses }) => buses.topic(name),
  activemq: (name, { buses }) => buses.queue("activemq", name),
  rabbitmq: (name, { buses }) => buses.queue("rabbitmq", name),
  cache: (name, { buses }) => buses.prefix(name),
  bucket: (name, { context, environment, key, parent }) =>
    new ServiceBucket(
      `${name}-bucket`,
      { context, bucketName: name, keyArn: key().arn, noncurrentDays: environment.persistence.bucketVersionDays },
      { parent },
    ),
  sqs: (name, { context, key, visibilitySeconds, parent }) =>
    new ServiceQueue(
      `${name}-queue`,
      { context, queueName: name, keyArn: key().arn, visibilitySeconds: visibilitySeconds(name) },
      { parent },
    ),
  secret: (name, { context, key, parent }) =>
    new ServiceSecret(`${name}-secret`, { context, secretName: name, keyArn: key().arn }, { parent }),
};

/** The stores of an environment: each is made when the first service asks for it, and shared by those that name it. */
export class Stores implements EventSources {
  private readonly made = new Map<string, Bindable>();

  constructor(private readonly setting: StoreSetting) {}

  /** Ids of the stores there are: `table/sessions`. */
  get ids(): readonly string[] {
    return [...this.made.keys()];
  }

  /** The store of a need; the first need of it makes it. */
  resolve(need: Need): Bindable {
    const kind = storeKind(need);
    const make = MAKERS[kind];
    if (!make) throw new Error(`a need of kind ${kind}, for which there is no store`);
    const id = storeId(need);
    const store = this.made.get(id) ?? make(storeName(need), this.setting);
    this.made.set(id, store);
    return store;
  }

  bucket(name: string): UploadSource | undefined {
    const store = this.made.get(`bucket/${name}`);
    return store instanceof ServiceBucket ? store : undefined;
  }

  queue(name: string): QueueSource | BrokerSource | undefined {
    const store = this.made.get(`sqs/${name}`);
    return store instanceof ServiceQueue ? store : undefined;
  }

  topic(name: string): TopicSource | undefined {
    const { buses, network } = this.setting;
    return this.made.has(`topic/${name}`) ? buses.topic(name).source(network) : undefined;
  }
}
