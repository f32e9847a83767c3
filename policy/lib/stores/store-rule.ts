import { DURABLE, excuseOf, type Question } from "../durable";
import { type Excuse, type Finding, judge } from "../finding";
import type { StackGraph } from "../graph";
import { read, type Resource, type StackResource, type Tri } from "../resource";
import type { Verdict } from "../rule";

/** How stores of some types answer the question of a rule. */
export interface StoreKind {
  readonly types: readonly string[];
  /** False for a resource that holds no data of its own, such as a replica. Default: all apply. */
  readonly applies?: (store: StackResource) => boolean;
  /** What is wrong with it. */
  readonly findings: (store: StackResource, graph: StackGraph) => readonly Finding[];
}

/** The verdicts of a rule on every store of a stack. `excuse` is what lets a store do what the rule forbids. */
export function storeVerdicts(
  graph: StackGraph,
  kinds: readonly StoreKind[],
  fault: string,
  excuse?: (store: StackResource) => Excuse | undefined,
): Verdict[] {
  return kinds.flatMap(({ types, applies, findings }) =>
    graph
      .ofType(...types)
      .filter((store) => applies?.(store) ?? true)
      .map((store) => judge(store, `${store.name} ${fault}`, findings(store, graph), excuse?.(store))),
  );
}

/** As `storeVerdicts`, of what is durable, or of what else is asked for; the rule has nothing to say about the rest. */
export function durableStoreVerdicts(
  graph: StackGraph,
  kinds: readonly StoreKind[],
  fault: string,
  byDefault: boolean,
  question: Question = DURABLE,
): Verdict[] {
  const answers = new Map<string, Tri>();
  const isAsked = (store: StackResource): boolean => {
    const answer = question.of(store, graph, byDefault);
    answers.set(store.urn, answer);
    return answer !== false;
  };
  const asked = kinds.map((kind) => ({ ...kind, applies: (store: StackResource) => (kind.applies?.(store) ?? true) && isAsked(store) }));
  return storeVerdicts(graph, asked, fault, ({ urn }) => excuseOf(question, answers.get(urn)));
}

/** What is found where a property is absent; an unknown one is there. */
export function unlessSet(store: StackResource, property: string, what: string): Finding[] {
  return read(store, property).state === "absent" ? [{ what, property }] : [];
}

/** True for a store whose settings are those of the one it copies: a read replica, or a member of a replication group. */
export function isOriginal(store: Resource): boolean {
  return ["replicateSourceDb", "replicationSourceIdentifier", "replicationGroupId"]
    .filter((path) => path !== "replicationGroupId" || store.type === CACHE_CLUSTER)
    .every((path) => read(store, path).state === "absent");
}

/** True for a cache that has its settings of connections from the first group of a global one. */
export function isSecondaryCache(cache: Resource): boolean {
  return read(cache, "globalReplicationGroupId").state !== "absent";
}

/** True for a Multi-AZ cluster of RDS, whose instances are no resources of their own. */
export function isMultiAzCluster(cluster: Resource): boolean {
  return read(cluster, "dbClusterInstanceClass").state !== "absent";
}

/** What a store is restored from, and so has the settings of that it does not say itself: the property that names it. */
export function sourceOf(store: Resource): string | undefined {
  return ["snapshotIdentifier", "restoreToPointInTime", "snapshotArn"].find((path) => read(store, path).state !== "absent");
}

/** What is found where a restored store does not say a setting itself: it has that of its source. `begin` leads to "what it is restored from". */
export function asItsSource(property: string, begin: string): Finding[] {
  return [{ what: `${begin} what it is restored from, which the stack does not show`, property, unknown: true }];
}

export const RDS_CLUSTER = "aws:rds/cluster:Cluster";
export const RDS_MEMBER = "aws:rds/clusterInstance:ClusterInstance";
export const DB_CLUSTERS = [RDS_CLUSTER, "aws:docdb/cluster:Cluster", "aws:neptune/cluster:Cluster"];
export const DB_INSTANCE = "aws:rds/instance:Instance";
export const DB_MEMBERS = [RDS_MEMBER, "aws:docdb/clusterInstance:ClusterInstance", "aws:neptune/clusterInstance:ClusterInstance"];
export const TABLE = "aws:dynamodb/table:Table";
export const REPLICATION_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
export const CACHE_CLUSTER = "aws:elasticache/cluster:Cluster";
export const SERVERLESS_CACHE = "aws:elasticache/serverlessCache:ServerlessCache";
export const MEMORYDB_CLUSTER = "aws:memorydb/cluster:Cluster";
export const KAFKA_CLUSTER = "aws:msk/cluster:Cluster";
export const SERVERLESS_KAFKA = "aws:msk/serverlessCluster:ServerlessCluster";
export const BROKER = "aws:mq/broker:Broker";
export const WAREHOUSE = "aws:redshift/cluster:Cluster";
export const SERVERLESS_NAMESPACE = "aws:redshiftserverless/namespace:Namespace";
export const SERVERLESS_WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
export const SEARCH_DOMAIN = "aws:opensearch/domain:Domain";
export const SEARCH_DOMAINS = [SEARCH_DOMAIN, "aws:elasticsearch/domain:Domain"];
export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
export const QUEUE = "aws:sqs/queue:Queue";
