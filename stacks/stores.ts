import type * as pulumi from "@pulumi/pulumi";
import { type BrokerSource, type EventSources, type TopicSource } from "../components/compute/triggers/event-sources";
import { type Network } from "../components/network/network";
import { ServiceBucket, type UploadSource } from "../components/persistence/bucket";
import { type LayerKey } from "../components/persistence/layer-key";
import { type QueueSource, ServiceQueue } from "../components/persistence/queue";
import { type BootstrapOperations } from "../components/persistence/relational/bootstrap-function";
import { RdsInstance } from "../components/persistence/relational/rds-instance";
import { createRelationalStore } from "../components/persistence/relational/relational-store";
import { ServiceSecret } from "../components/persistence/secret";
import { ServiceTable } from "../components/persistence/table";
import { type TableDeclaration } from "../components/persistence/table-declaration";
import { Warehouse } from "../components/persistence/warehouse";
import { type PlatformContext } from "../components/platform-context";
import { type Descriptor } from "../components/service/descriptor";
import { type Need, RELATIONAL_KINDS } from "../components/service/needs";
import { type PolledStore } from "../components/visibility/logs/log-poller";
import { BUCKET_ACCESS_PREFIX } from "../components/visibility/logs/prefixes";
import { isStoreNeed, storeId, storeKind, type StoreKind, storeName } from "../components/service/store-kind";
import { type ObservedStore, type StoreInUse } from "../components/visibility/alarms/observed";
import { type Buses } from "./buses";
import { type EnvironmentConfig } from "./environment";
import { type Exported, type StoreFacts } from "./outputs";
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
  /** Bucket that S3 writes a line to for every request to a service's bucket; made with the first of these. */
  readonly accessLogs: () => pulumi.Output<string>;
  /** Seconds for which a queue hides a message from others while one of its consumers works on it. */
  readonly visibilitySeconds: (queue: string) => number;
  readonly parent: pulumi.Resource;
}

type Make = (name: string, setting: StoreSetting, stores: Stores) => ObservedStore;

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

const warehouse: Make = (name, { context, environment: { persistence, visibility }, network, key, operations, buses, parent }, stores) => {
  const own = persistence.warehouses[name];
  const { loadsFrom = [], streamsFrom = [] } = own ?? {};
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
      loadsFrom: loadsFrom.map((bucket) => ({ bucketArn: stores.serviceBucket(bucket).arn, keyArn: key().arn })),
      streamsFrom: streamsFrom.length > 0 ? [buses.stream(streamsFrom)] : [],
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
  bucket: (name, { context, environment, key, accessLogs, parent }) =>
    new ServiceBucket(
      `${name}-bucket`,
      {
        context,
        bucketName: name,
        keyArn: key().arn,
        noncurrentDays: environment.persistence.bucketVersionDays,
        accessLogs: { bucket: accessLogs(), prefix: `${BUCKET_ACCESS_PREFIX}${name}/` },
      },
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

const TOPIC = "topic/";

function topicOf(id: string): string | undefined {
  return id.startsWith(TOPIC) ? id.slice(TOPIC.length) : undefined;
}

/** The stores of an environment: each is made when the first service asks for it, and shared by those that name it. */
export class Stores implements EventSources {
  private readonly made = new Map<string, ObservedStore>();

  constructor(private readonly setting: StoreSetting) {}

  /** Ids of the stores there are: `table/sessions`. */
  get ids(): readonly string[] {
    return [...this.made.keys()];
  }

  /** The store of a need; the first need of it makes it. */
  resolve(need: Need): ObservedStore {
    return this.store(storeKind(need), storeName(need));
  }

  /** A bucket of the catalogue, as what something else than a service reads. */
  serviceBucket(name: string): ServiceBucket {
    const store = this.store("bucket", name);
    if (!(store instanceof ServiceBucket)) throw new Error(`bucket ${name} is not one of the catalogue`);
    return store;
  }

  /** What services of other projects may be bound to, by id; what signs its users in by a list of its own is not among them. */
  adoptable(): Record<string, Exported<StoreFacts>> {
    const { kafkaIds } = this.setting.buses;
    return Object.fromEntries(
      [...this.made].flatMap(([id, store]): [string, Exported<StoreFacts>][] => {
        if (store instanceof ServiceTable) return [[id, { kind: "table", ...store.ids }]];
        if (store instanceof ServiceBucket) return [[id, { kind: "bucket", ...store.ids }]];
        if (store instanceof ServiceQueue) return [[id, { kind: "sqs", ...store.ids }]];
        if (store instanceof ServiceSecret) return [[id, { kind: "secret", ...store.ids }]];
        const topic = topicOf(id);
        return topic !== undefined && kafkaIds ? [[id, { kind: "topic", topic, cluster: "kafka", ...kafkaIds }]] : [];
      }),
    );
  }

  /** Stores that keep logs inside, which their API alone shows. */
  polled(): PolledStore[] {
    const { context, key } = this.setting;
    return [...this.made.values()].flatMap((store): PolledStore[] => {
      if (store instanceof RdsInstance)
        return [{ kind: "rds", service: `${store.storeName}-db`, instanceIdentifier: store.instanceIdentifier }];
      if (!(store instanceof Warehouse)) return [];
      // As the log groups of the warehouse are called, so that its lines of both kinds are found together.
      const service = `${context.environment}-${store.warehouseName}`;
      const { database, secretArn, dataApi } = store;
      return [{ kind: "redshift", service, database, secretArn, secretKeyArn: key().arn, ...dataApi }];
    });
  }

  /** The stores there are, each with who uses it; complete once every service's needs are resolved. */
  inUse(services: readonly Pick<Descriptor, "name" | "needs" | "demand" | "critical">[]): StoreInUse[] {
    return [...this.made].map(([id, { observed }]) => ({
      id,
      observed,
      users: services.flatMap(({ name, needs = [], demand, critical = false }) =>
        needs.flatMap((need) =>
          isStoreNeed(need) && storeId(need) === id && "access" in need
            ? [{ service: name, access: need.access, average: demand.average, critical }]
            : [],
        ),
      ),
    }));
  }

  private store(kind: StoreKind, name: string): ObservedStore {
    const make = MAKERS[kind];
    if (!make) throw new Error(`a need of kind ${kind}, for which there is no store`);
    const id = `${kind}/${name}`;
    const store = this.made.get(id) ?? make(name, this.setting, this);
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
