import type * as pulumi from "@pulumi/pulumi";
import { type BrokerEngine } from "../../persistence/broker-checks";
import { type CacheNodes, type ServerlessCacheCapacity } from "../../persistence/cache-checks";
import { type KafkaCapacity } from "../../persistence/kafka-checks";
import { type AuroraKind, type InstanceKind } from "../../persistence/relational/engines";
import { type TableCapacity } from "../../persistence/table-capacity";
import { type ProvisionedSize, type ServerlessSize } from "../../persistence/warehouse-size";
import { type Bindable } from "../../service/binding";

/** What every kind says of itself: the name is unique in the environment, and starts the names of its alarms and its dashboard. */
interface Named {
  /** Name of the component: `orders-db`, `kafka`. */
  readonly name: string;
}

/** An Aurora cluster. */
export interface ObservedAurora extends Named {
  readonly kind: AuroraKind;
  readonly clusterIdentifier: pulumi.Output<string>;
  /** The writer first, then the readers. */
  readonly instances: readonly { readonly role: string; readonly identifier: pulumi.Output<string> }[];
  /** ACU, or the class of each instance. */
  readonly capacity: { readonly minimum: number; readonly maximum: number } | { readonly instanceClass: string };
}

/** One instance of RDS, with or without a standby. */
export interface ObservedInstance extends Named {
  readonly kind: InstanceKind;
  readonly instanceIdentifier: pulumi.Output<string>;
  readonly instanceClass: string;
  /** GiB at first and at most. */
  readonly storage: { readonly allocated: number; readonly maximum: number };
}

/** A table of DynamoDB. */
export interface ObservedTable extends Named {
  readonly kind: "table";
  /** Name in DynamoDB. */
  readonly tableName: pulumi.Output<string>;
  /** Names of its global indexes, each with the capacity of the table. */
  readonly indexes: readonly string[];
  readonly capacity: TableCapacity;
  /** Other regions it is written in as well. */
  readonly replicas: readonly string[];
}

/** A bucket of S3. */
export interface ObservedBucket extends Named {
  readonly kind: "bucket";
  readonly bucketName: pulumi.Output<string>;
  /** Id of the filter whose request metrics S3 publishes; absent where it publishes none, because they cost more than they tell. */
  readonly filterId: pulumi.Output<string> | undefined;
}

/** A queue of SQS and its dead letters. */
export interface ObservedQueue extends Named {
  readonly kind: "sqs";
  readonly queueName: pulumi.Output<string>;
  readonly deadLettersName: pulumi.Output<string>;
  readonly visibilitySeconds: number;
}

/** A secret. CloudWatch has no metric of it: who cannot read it fails, and that is seen there. */
export interface ObservedSecret extends Named {
  readonly kind: "secret";
}

/** What CloudWatch knows a warehouse by. */
export type WarehouseIdentity =
  | {
      readonly mode: "serverless";
      readonly namespaceName: pulumi.Output<string>;
      readonly workgroupName: pulumi.Output<string>;
      /** Id of the limit of RPU-hours a month. */
      readonly usageLimitId: pulumi.Output<string>;
      readonly size: ServerlessSize;
    }
  | { readonly mode: "provisioned"; readonly clusterIdentifier: pulumi.Output<string>; readonly size: ProvisionedSize };

/** A warehouse on Redshift. */
export type ObservedWarehouse = Named & { readonly kind: "warehouse"; readonly database: string } & WarehouseIdentity;

/** A Kafka cluster of MSK. */
export interface ObservedKafka extends Named {
  readonly kind: "kafka";
  readonly clusterName: pulumi.Output<string>;
  readonly capacity: KafkaCapacity;
}

/** A topic, of a cluster that other topics share. */
export interface ObservedTopic extends Named {
  readonly kind: "topic";
  readonly topic: string;
  /** Milliseconds a record is kept: a consumer that lags longer loses records. */
  readonly retention: number;
  readonly cluster: ObservedKafka;
}

/** A broker of Amazon MQ. */
export interface ObservedBroker extends Named {
  readonly kind: BrokerEngine;
  readonly brokerName: pulumi.Output<string>;
  /** Such as `mq.m5.large`. */
  readonly instanceType: string;
  /** 1, or as many as stand in several zones. */
  readonly instances: number;
}

/** A queue of a broker that other queues may share. */
export interface ObservedBrokerQueue extends Named {
  readonly kind: "broker-queue";
  readonly queue: string;
  readonly broker: ObservedBroker;
}

/** A cache: nodes or serverless of ElastiCache, or a task of the platform itself. */
export type ObservedCache = Named & { readonly kind: "cache" } & (
    | {
        readonly mode: "nodes";
        /** Ids of the nodes, the first primary first. */
        readonly nodeIds: readonly pulumi.Output<string>[];
        readonly capacity: CacheNodes;
      }
    | { readonly mode: "serverless"; readonly cacheName: pulumi.Output<string>; readonly capacity: ServerlessCacheCapacity }
    | {
        readonly mode: "self-managed";
        readonly clusterName: pulumi.Output<string>;
        readonly serviceName: pulumi.Output<string>;
        /** True when the cluster counts running tasks. */
        readonly countsTasks: boolean;
      }
  );

/** A prefix of a cache that other prefixes share. */
export interface ObservedPrefix extends Named {
  readonly kind: "prefix";
  readonly prefix: string;
  readonly cache: ObservedCache;
}

/** Something that exists already and that somebody else runs: they see to its alarms. */
export interface ObservedElsewhere extends Named {
  readonly kind: "adopted";
  /** What it is: `kafka`, `cache`. */
  readonly what: string;
}

/** What CloudWatch knows a store by, and the sizes that thresholds come from. */
export type Observed =
  | ObservedAurora
  | ObservedInstance
  | ObservedTable
  | ObservedBucket
  | ObservedQueue
  | ObservedSecret
  | ObservedWarehouse
  | ObservedKafka
  | ObservedTopic
  | ObservedBroker
  | ObservedBrokerQueue
  | ObservedCache
  | ObservedPrefix
  | ObservedElsewhere;

/** A store of the catalogue: services can be bound to it, and it can be watched. */
export interface ObservedStore extends Bindable {
  readonly observed: Observed;
}

/** A service that uses a store. */
export interface StoreUser {
  readonly service: string;
  /** What it may do there: `read`, `write`, `publish` or `consume`. */
  readonly access: string;
  /** Requests or messages a second that it handles over a month. */
  readonly average: number;
  /** True when its failure stops the business. */
  readonly critical: boolean;
}

/** A store of an environment, as what looks at all of them sees it. */
export interface StoreInUse {
  /** Kind and name in the catalogue: `topic/orders.v1`. */
  readonly id: string;
  readonly observed: Observed;
  readonly users: readonly StoreUser[];
}

/** What a store is part of, so that it is watched once for all that share it: the cluster of a topic, the broker of a queue, the cache of a prefix. */
export function sharedBy(observed: Observed): Observed {
  switch (observed.kind) {
    case "topic":
      return observed.cluster;
    case "broker-queue":
      return observed.broker;
    case "prefix":
      return observed.cache;
    default:
      return observed;
  }
}
