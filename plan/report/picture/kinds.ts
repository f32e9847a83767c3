import { read, type StackResource, text } from "../../../policy/lib/resource";
import { type NodeKind } from "./picture";

/** A kind of node, and what a resource is in words. */
export interface Kind {
  readonly kind: NodeKind;
  readonly what: string;
  /** The group of its likes. */
  readonly place: string;
}

export const DATABASES = "Databases";
export const RUNNING_STATE = "Buses and caches";
export const STORAGE = "Storage, tables and queues";

/** Engines of RDS by how their names begin, the longer first. */
const ENGINES: readonly (readonly [prefix: string, what: string])[] = [
  ["aurora-postgresql", "Aurora PostgreSQL"],
  ["aurora-mysql", "Aurora MySQL"],
  ["postgres", "RDS PostgreSQL"],
  ["mysql", "RDS MySQL"],
  ["mariadb", "RDS MariaDB"],
  ["oracle", "RDS Oracle"],
  ["sqlserver", "RDS SQL Server"],
];

const STORES: Readonly<Record<string, Kind>> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": { kind: "cache", what: "ElastiCache", place: RUNNING_STATE },
  "aws:elasticache/serverlessCache:ServerlessCache": { kind: "cache", what: "ElastiCache Serverless", place: RUNNING_STATE },
  "aws:msk/cluster:Cluster": { kind: "bus", what: "MSK, Kafka", place: RUNNING_STATE },
  "aws:msk/serverlessCluster:ServerlessCluster": { kind: "bus", what: "MSK Serverless", place: RUNNING_STATE },
  "aws:mq/broker:Broker": { kind: "bus", what: "Amazon MQ", place: RUNNING_STATE },
  "aws:redshiftserverless/workgroup:Workgroup": { kind: "warehouse", what: "Redshift Serverless", place: DATABASES },
  "aws:redshift/cluster:Cluster": { kind: "warehouse", what: "Redshift", place: DATABASES },
  "aws:opensearch/domain:Domain": { kind: "database", what: "OpenSearch", place: DATABASES },
};

/** What a store in a VPC is. */
export function storeKindOf(store: StackResource): Kind {
  const known = STORES[store.type];
  if (known !== undefined) return known;
  const engine = text(read(store, "engine"));
  const what = ENGINES.find(([prefix]) => engine?.startsWith(prefix))?.[1] ?? engine ?? store.type.split(":").at(-1) ?? store.type;
  return { kind: "database", what, place: DATABASES };
}

/** Kinds of binding whose store has no place in a VPC. */
export const REGIONAL_STORES: Readonly<Record<string, Kind>> = {
  bucket: { kind: "bucket", what: "S3 bucket", place: STORAGE },
  table: { kind: "table", what: "DynamoDB table", place: STORAGE },
  sqs: { kind: "queue", what: "SQS queue", place: STORAGE },
  secret: { kind: "secret", what: "Secrets Manager", place: STORAGE },
};

/** Kinds of binding whose store all services share, by its type. */
export const SHARED_STORES: Readonly<Record<string, string>> = {
  topic: "aws:msk/",
  activemq: "aws:mq/",
  cache: "aws:elasticache/",
};
