import type * as pulumi from "@pulumi/pulumi";
import { type BrokerSource, type EventSources, type TopicSource } from "../components/compute/triggers/event-sources";
import { type Network } from "../components/network/network";
import { AuroraPostgres } from "../components/persistence/aurora-postgres";
import { ServiceBucket, type UploadSource } from "../components/persistence/bucket";
import { type LayerKey } from "../components/persistence/layer-key";
import { type QueueSource, ServiceQueue } from "../components/persistence/queue";
import { ServiceSecret } from "../components/persistence/secret";
import { type PlatformContext } from "../components/platform-context";
import { type Bindable } from "../components/service/binding";
import { type Need, needKey } from "../components/service/needs";
import { type EnvironmentConfig } from "./environment";

/** What a store is made with. */
interface StoreSetting {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  readonly network: Network;
  /** Key of the persistence layer; made with the first store. */
  readonly key: () => LayerKey;
  /** Seconds for which a queue hides a message from others while one of its consumers works on it. */
  readonly visibilitySeconds: (queue: string) => number;
  readonly parent: pulumi.Resource;
}

type Make = (name: string, setting: StoreSetting) => Bindable;

/** Kind of store a need asks for: the engine of a database, the broker of a queue, else the need's own key. */
type StoreKind = string;

const MAKERS: Readonly<Record<StoreKind, Make>> = {
  "aurora-postgres": (name, { context, environment, network, key, parent }) =>
    new AuroraPostgres(
      `${name}-db`,
      {
        context,
        databaseName: name,
        vpcId: network.vpcId,
        subnetIds: network.isolatedSubnetIds,
        keyArn: key().arn,
        capacity: { minimum: environment.persistence.auroraMinimumAcu, maximum: environment.persistence.auroraMaximumAcu },
        pauseAfter: environment.persistence.auroraPauseAfter,
        readers: environment.persistence.auroraReaders,
        backupDays: environment.persistence.backupDays,
      },
      { parent },
    ),
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

/** What a store that cannot be made yet is called. */
const NAMES: Readonly<Record<StoreKind, string>> = {
  "aurora-mysql": "Aurora MySQL",
  postgres: "RDS for PostgreSQL",
  mysql: "RDS for MySQL",
  mariadb: "RDS for MariaDB",
  oracle: "RDS for Oracle",
  sqlserver: "RDS for SQL Server",
  topic: "Amazon MSK",
  activemq: "Amazon MQ for ActiveMQ",
  rabbitmq: "Amazon MQ for RabbitMQ",
  cache: "ElastiCache",
  table: "DynamoDB",
  warehouse: "Redshift",
};

function storeKind(need: Need): StoreKind {
  if ("store" in need) return need.store;
  if ("queue" in need) return need.broker ?? "sqs";
  return needKey(need);
}

function storeName(need: Need): string {
  if ("store" in need) return need.name;
  const [, name] = Object.entries(need).find(([key]) => key === needKey(need)) ?? [];
  return String(name);
}

/** The stores of an environment: each is made when the first service asks for it, and shared by those that name it. */
export class Stores implements EventSources {
  private readonly made = new Map<string, Bindable>();

  constructor(private readonly setting: StoreSetting) {}

  /** @returns the store, or what is waited for when it cannot be made yet. */
  resolve(need: Need): { readonly store: Bindable } | { readonly waitingFor: string } {
    const kind = storeKind(need);
    const name = storeName(need);
    const make = MAKERS[kind];
    if (!make) return { waitingFor: `${NAMES[kind] ?? kind}: ${name}` };
    const id = `${kind}/${name}`;
    const store = this.made.get(id) ?? make(name, this.setting);
    this.made.set(id, store);
    return { store };
  }

  bucket(name: string): UploadSource | undefined {
    const store = this.made.get(`bucket/${name}`);
    return store instanceof ServiceBucket ? store : undefined;
  }

  queue(name: string): QueueSource | BrokerSource | undefined {
    const store = this.made.get(`sqs/${name}`);
    return store instanceof ServiceQueue ? store : undefined;
  }

  /** Kafka is not made here yet, so that no topic can start anything. */
  topic(): TopicSource | undefined {
    return undefined;
  }
}
