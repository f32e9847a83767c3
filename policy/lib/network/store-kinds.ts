import type { Reference, StackGraph } from "../graph";
import { read, readFlag, some, type StackResource, text } from "../resource";
import { type EndpointKind, groupsAt, subnetsAt } from "./endpoint-kind";
import { brokerPorts, cachePorts, enginePort, instancePorts, kafkaIsPublic, kafkaPorts, portOr, tcp } from "./listens";
import { CACHE_PORTS, FILE_SYSTEM_PORT, HTTPS_PORT, KAFKA_PORTS, SERVERLESS_CACHE_PORTS, WAREHOUSE_PORT } from "./ports";
import { SUBNET } from "./subnets";

const DB_SUBNET_GROUPS = ["aws:rds/subnetGroup:SubnetGroup", "aws:docdb/subnetGroup:SubnetGroup", "aws:neptune/subnetGroup:SubnetGroup"];
const DB_MEMBERS = [
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:docdb/clusterInstance:ClusterInstance",
  "aws:neptune/clusterInstance:ClusterInstance",
];
const CACHE_SUBNET_GROUPS = ["aws:elasticache/subnetGroup:SubnetGroup", "aws:memorydb/subnetGroup:SubnetGroup"];

/** What keeps data in a VPC, and the proxy in front of it. */
export const STORE_KINDS: readonly EndpointKind[] = [
  {
    types: ["aws:rds/proxy:Proxy"],
    store: false,
    initiates: true,
    groups: groupsAt("vpcSecurityGroupIds[*]"),
    subnets: subnetsAt("vpcSubnetIds[*]"),
    listens: (proxy) => enginePort(proxy, "port", "engineFamily"),
    publicAddress: () => false,
  },
  {
    types: ["aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster", "aws:neptune/cluster:Cluster"],
    store: true,
    initiates: false,
    groups: groupsAt("vpcSecurityGroupIds[*]"),
    subnets: (cluster, graph) =>
      subnetsOfGroup(
        cluster,
        graph,
        cluster.type.startsWith("aws:neptune/") ? "neptuneSubnetGroupName" : "dbSubnetGroupName",
        DB_SUBNET_GROUPS,
      ),
    listens: (cluster) => enginePort(cluster, "port", "engine"),
    publicAddress: (cluster, graph) =>
      some(graph.referring(cluster, "clusterIdentifier", DB_MEMBERS).map((member) => readFlag(member, "publiclyAccessible", false))),
  },
  {
    types: ["aws:rds/instance:Instance"],
    store: true,
    initiates: false,
    groups: groupsAt("vpcSecurityGroupIds[*]"),
    subnets: (instance, graph) => subnetsOfGroup(instance, graph, "dbSubnetGroupName", DB_SUBNET_GROUPS),
    listens: instancePorts,
    publicAddress: (instance) => readFlag(instance, "publiclyAccessible", false),
  },
  {
    types: ["aws:elasticache/replicationGroup:ReplicationGroup", "aws:elasticache/cluster:Cluster", "aws:memorydb/cluster:Cluster"],
    store: true,
    initiates: false,
    // A member takes its place from its replication group.
    applies: (cache) => read(cache, "replicationGroupId").state === "absent" || !cache.type.endsWith(":Cluster"),
    groups: groupsAt("securityGroupIds[*]"),
    subnets: (cache, graph) => subnetsOfGroup(cache, graph, "subnetGroupName", CACHE_SUBNET_GROUPS),
    listens: cachePorts,
    publicAddress: () => false,
  },
  {
    types: ["aws:elasticache/serverlessCache:ServerlessCache"],
    store: true,
    initiates: false,
    groups: groupsAt("securityGroupIds[*]"),
    subnets: subnetsAt("subnetIds[*]"),
    listens: (cache) => tcp(text(read(cache, "engine")) === "memcached" ? [CACHE_PORTS.memcached] : SERVERLESS_CACHE_PORTS),
    publicAddress: () => false,
  },
  {
    types: ["aws:msk/cluster:Cluster"],
    store: true,
    initiates: false,
    groups: groupsAt("brokerNodeGroupInfo.securityGroups[*]"),
    subnets: subnetsAt("brokerNodeGroupInfo.clientSubnets[*]"),
    listens: kafkaPorts,
    publicAddress: kafkaIsPublic,
  },
  {
    types: ["aws:msk/serverlessCluster:ServerlessCluster"],
    store: true,
    initiates: false,
    groups: groupsAt("vpcConfigs[*].securityGroupIds[*]"),
    subnets: subnetsAt("vpcConfigs[*].subnetIds[*]"),
    listens: () => tcp([KAFKA_PORTS.iam]),
    publicAddress: () => false,
  },
  {
    types: ["aws:mq/broker:Broker"],
    store: true,
    initiates: false,
    groups: groupsAt("securityGroups[*]"),
    subnets: subnetsAt("subnetIds[*]"),
    listens: brokerPorts,
    publicAddress: (broker) => readFlag(broker, "publiclyAccessible", false),
  },
  {
    types: ["aws:redshift/cluster:Cluster"],
    store: true,
    // It streams topics and loads files by connections of its own.
    initiates: true,
    groups: groupsAt("vpcSecurityGroupIds[*]"),
    subnets: (cluster, graph) => subnetsOfGroup(cluster, graph, "clusterSubnetGroupName", ["aws:redshift/subnetGroup:SubnetGroup"]),
    listens: (cluster) => portOr(read(cluster, "port"), "port", [WAREHOUSE_PORT]),
    publicAddress: (cluster) => readFlag(cluster, "publiclyAccessible", false),
  },
  {
    types: ["aws:redshiftserverless/workgroup:Workgroup"],
    store: true,
    // It streams topics and loads files by connections of its own.
    initiates: true,
    groups: groupsAt("securityGroupIds[*]"),
    subnets: subnetsAt("subnetIds[*]"),
    listens: (workgroup) => portOr(read(workgroup, "port"), "port", [WAREHOUSE_PORT]),
    publicAddress: (workgroup) => readFlag(workgroup, "publiclyAccessible", false),
  },
  {
    types: ["aws:opensearch/domain:Domain"],
    store: true,
    initiates: false,
    groups: groupsAt("vpcOptions.securityGroupIds[*]"),
    subnets: subnetsAt("vpcOptions.subnetIds[*]"),
    listens: () => tcp([HTTPS_PORT]),
    publicAddress: () => false,
    publicService: (domain) => {
      const { state } = read(domain, "vpcOptions");
      return state === "unknown" ? undefined : state === "absent";
    },
  },
  {
    types: ["aws:efs/mountTarget:MountTarget"],
    store: true,
    initiates: false,
    groups: groupsAt("securityGroups[*]"),
    subnets: subnetsAt("subnetId"),
    listens: () => tcp([FILE_SYSTEM_PORT]),
    publicAddress: () => false,
  },
];

/** The subnets of the subnet group a store names; one that names none, or one outside the stack, stands in subnets nobody here knows. */
function subnetsOfGroup(store: StackResource, graph: StackGraph, path: string, types: readonly string[]): Reference[] {
  const group = graph.reference(store, path, types);
  if (group === undefined) return [{ kind: "external", id: "default subnets" }];
  if (group.kind === "external") return [group];
  const groups = group.kind === "resource" ? [group.resource] : group.candidates;
  if (groups.length === 0) return [{ kind: "external", id: "subnets not known yet" }];
  return groups.flatMap((found) => graph.references(found, "subnetIds[*]", [SUBNET]));
}
