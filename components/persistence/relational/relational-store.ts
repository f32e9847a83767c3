import type * as pulumi from "@pulumi/pulumi";
import { type Fault } from "../../faults";
import { type Network } from "../../network/network";
import { type PlatformContext } from "../../platform-context";
import { type ObservedStore } from "../../visibility/alarms/observed";
import { AuroraCluster, type ServerlessCapacity } from "./aurora-cluster";
import { type BootstrapOperations } from "./bootstrap-function";
import { relationalFaults } from "./checks";
import { type AuroraKind, type InstanceKind, type LicenceModel, type RelationalKind } from "./engines";
import { RdsInstance } from "./rds-instance";

/** What an environment says of one relational store; what it leaves out follows from how durable the environment is. */
export interface RelationalChoice {
  /** Class of the instances. Default: the smallest, or for Aurora serverless capacity; in a durable environment `large`. */
  readonly instanceClass?: string;
  /** GiB at first, not for Aurora. Default: 20, in a durable environment 100. */
  readonly storage?: number;
  /** GiB it may grow to, not for Aurora. Default: ten times the storage. */
  readonly maximumStorage?: number;
  /** Default: the pinned version. */
  readonly version?: string;
  readonly licence?: LicenceModel;
  /** Default: as durable as the environment. */
  readonly multiAz?: boolean;
  /** Aurora's readers. Default: those of the environment. */
  readonly readers?: number;
  /** Default: standard. */
  readonly auroraStorage?: "standard" | "io-optimized";
  /** Default: false. */
  readonly global?: boolean;
  /** Default: false. */
  readonly proxy?: boolean;
  /** Default: none. */
  readonly restoreFrom?: string;
}

/** What an environment says of all its relational stores, in plain values. */
export interface RelationalSettings {
  readonly durable: boolean;
  /** Capacity of Aurora clusters without a class. */
  readonly capacity: ServerlessCapacity;
  readonly readers: number;
  readonly backupDays: number;
  /** Availability zones of the network. */
  readonly zones: number;
}

export interface RelationalStoreArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly keyArn: pulumi.Input<string>;
  readonly operations: BootstrapOperations;
  readonly kind: RelationalKind;
  /** Name of the store in the catalogue. */
  readonly storeName: string;
  readonly settings: RelationalSettings;
  readonly choice: RelationalChoice;
  /** Days between two changes of its services' passwords. Default: 30. */
  readonly rotationDays?: number;
}

const SERVERLESS = "db.serverless";
const GROWTH = 10;
const STORAGE = { durable: 100, ephemeral: 20 } as const;
const CLASSES: Readonly<Record<InstanceKind, { readonly durable: string; readonly ephemeral: string }>> = {
  postgres: { durable: "db.m7g.large", ephemeral: "db.t4g.micro" },
  mysql: { durable: "db.m7g.large", ephemeral: "db.t4g.micro" },
  mariadb: { durable: "db.m7g.large", ephemeral: "db.t4g.micro" },
  oracle: { durable: "db.m5.large", ephemeral: "db.t3.small" },
  sqlserver: { durable: "db.m5.large", ephemeral: "db.t3.small" },
};

function isAurora(kind: RelationalKind): kind is AuroraKind {
  return kind === "aurora-postgres" || kind === "aurora-mysql";
}

function classOf(kind: RelationalKind, durable: boolean, choice: RelationalChoice): string {
  if (choice.instanceClass !== undefined) return choice.instanceClass;
  if (isAurora(kind)) return SERVERLESS;
  return durable ? CLASSES[kind].durable : CLASSES[kind].ephemeral;
}

function storageOf(durable: boolean, { storage, maximumStorage }: RelationalChoice): { allocated: number; maximum: number } {
  const allocated = storage ?? (durable ? STORAGE.durable : STORAGE.ephemeral);
  return { allocated, maximum: maximumStorage ?? allocated * GROWTH };
}

/**
 * Makes a relational store as an environment wants it.
 * @throws {ConfigError} with everything that AWS or the engine would refuse; `relationalStoreFaults` says the same before anything is made.
 */
export function createRelationalStore(
  name: string,
  { context, network, keyArn, operations, kind, storeName, settings, choice, rotationDays }: RelationalStoreArgs,
  options: pulumi.ComponentResourceOptions,
): ObservedStore {
  const { version, proxy, restoreFrom } = choice;
  const common = {
    context,
    network,
    keyArn,
    operations,
    storeName,
    backupDays: settings.backupDays,
    version,
    proxy,
    restoreFrom,
    rotationDays,
  };
  const instanceClass = classOf(kind, context.durable, choice);
  if (isAurora(kind))
    return new AuroraCluster(
      name,
      {
        ...common,
        kind,
        capacity: instanceClass === SERVERLESS ? settings.capacity : { instanceClass },
        readers: choice.readers ?? settings.readers,
        storage: choice.auroraStorage,
        global: choice.global,
      },
      options,
    );
  return new RdsInstance(
    name,
    {
      ...common,
      kind,
      instanceClass,
      storage: storageOf(context.durable, choice),
      licence: choice.licence,
      multiAz: choice.multiAz,
    },
    options,
  );
}

/** What a relational store is made of in an environment. */
export interface RelationalShape {
  /** `db.serverless` for Aurora that scales by itself. */
  readonly instanceClass: string;
  /** Instances of an Aurora cluster; 1 for RDS, whose standby `multiAz` says. */
  readonly nodes: number;
  readonly multiAz: boolean;
  /** GiB; absent for Aurora, whose storage grows by itself. */
  readonly storage: { readonly allocated: number; readonly maximum: number } | undefined;
}

/** What a store is made of, from what an environment says of it and of all. */
export function relationalShape(kind: RelationalKind, { durable, readers }: RelationalSettings, choice: RelationalChoice): RelationalShape {
  const instanceClass = classOf(kind, durable, choice);
  const more = choice.readers ?? readers;
  return isAurora(kind)
    ? { instanceClass, nodes: 1 + more, multiAz: more > 0, storage: undefined }
    : { instanceClass, nodes: 1, multiAz: choice.multiAz ?? durable, storage: storageOf(durable, choice) };
}

/** True for a class that stands for capacity which scales by itself. */
export function scalesByItself(instanceClass: string): boolean {
  return instanceClass === SERVERLESS;
}

/**
 * What is wrong with a store before anything is made.
 * @param key where the environment says something of it: `Pulumi.prod.yaml: strata:persistence.databases.crm`.
 * @param services that use it.
 */
export function relationalStoreFaults(
  key: string,
  kind: RelationalKind,
  storeName: string,
  services: readonly string[],
  settings: RelationalSettings,
  choice: RelationalChoice,
): Fault[] {
  const { durable, zones, backupDays } = settings;
  const { version, licence } = choice;
  return relationalFaults(key, {
    ...relationalShape(kind, settings, choice),
    kind,
    durable,
    version,
    licence,
    zones,
    backupDays,
    storeName,
    services,
  });
}
