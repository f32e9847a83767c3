import type * as pulumi from "@pulumi/pulumi";
import { AuroraPostgres } from "../components/persistence/aurora-postgres";
import { type LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type Network } from "../components/network/network";
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
  readonly parent: pulumi.Resource;
}

type Make = (name: string, setting: StoreSetting) => Bindable;

/** Kind of store a need asks for: the engine of a database, else the need's own key. */
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
  sqs: "Amazon SQS",
  activemq: "Amazon MQ for ActiveMQ",
  rabbitmq: "Amazon MQ for RabbitMQ",
  cache: "ElastiCache",
  table: "DynamoDB",
  bucket: "Amazon S3",
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
export class Stores {
  private readonly made = new Map<string, Bindable>();

  constructor(private readonly setting: StoreSetting) {}

  /** What a need that no service may use yet would wait for; makes nothing. */
  peek(need: Need): { readonly waitingFor: string } | Record<string, never> {
    const kind = storeKind(need);
    return MAKERS[kind] ? {} : { waitingFor: `${NAMES[kind] ?? kind}: ${storeName(need)}` };
  }

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
}
