import type { Reference, StackGraph } from "../graph";
import { read, readAll, readFlag, readPath, some, type Reading, type StackResource, text, type Tri } from "../resource";
import { cidr, isPublic } from "./addresses";
import { GROUP_TYPES } from "./groups";
import {
  brokerPorts,
  cachePorts,
  enginePort,
  EVERY_PORT,
  kafkaIsPublic,
  kafkaPorts,
  listenerPorts,
  type Listens,
  NOTHING,
  portOr,
  servicePorts,
  tcp,
} from "./listens";
import { CACHE_PORTS, FILE_SYSTEM_PORT, HTTPS_PORT, KAFKA_PORTS, SERVERLESS_CACHE_PORTS, WAREHOUSE_PORT } from "./ports";
import { type Subnet, SUBNET } from "./subnets";

/** How to find, in a resource of one type, where it stands in the network. */
export interface EndpointKind {
  readonly types: readonly string[];
  /** It keeps data. */
  readonly store: boolean;
  /** It opens connections to others by itself. */
  readonly initiates: boolean;
  /** What guards it when it names no group: the default group of its VPC, or nothing. Default: `default`. */
  readonly ungrouped?: "default" | "open";
  /** False for a resource that has no place in the network, such as a function outside the VPC. */
  readonly applies?: (resource: StackResource) => boolean;
  readonly groups: (resource: StackResource, graph: StackGraph) => Reference[];
  readonly subnets: (resource: StackResource, graph: StackGraph) => Reference[];
  readonly listens: (resource: StackResource, graph: StackGraph) => Listens;
  /** It has an address of the internet. */
  readonly publicAddress: (resource: StackResource, graph: StackGraph, subnets: readonly Subnet[]) => Tri;
  /** AWS answers for it on the internet, past its groups and subnets. Default: false. */
  readonly publicService?: (resource: StackResource) => Tri;
}

/** Every type that stands in a VPC, and where its groups, subnets and ports are. Another type is one more row. */
export const ENDPOINT_KINDS: readonly EndpointKind[] = [
  {
    types: ["aws:ecs/service:Service"],
    store: false,
    initiates: true,
    // Without awsvpc networking its tasks use the addresses and groups of their instances.
    applies: (service) => read(service, "networkConfiguration").state !== "absent",
    groups: groupsAt("networkConfiguration.securityGroups[*]"),
    subnets: subnetsAt("networkConfiguration.subnets[*]"),
    listens: servicePorts,
    publicAddress: (service) => readFlag(service, "networkConfiguration.assignPublicIp", false),
  },
  scheduledTask("aws:cloudwatch/eventTarget:EventTarget", "ecsTarget.networkConfiguration"),
  scheduledTask("aws:scheduler/schedule:Schedule", "target.ecsParameters.networkConfiguration"),
  {
    types: ["aws:lambda/function:Function"],
    store: false,
    initiates: true,
    applies: (lambda) => read(lambda, "vpcConfig").state !== "absent",
    groups: groupsAt("vpcConfig.securityGroupIds[*]"),
    subnets: subnetsAt("vpcConfig.subnetIds[*]"),
    listens: () => NOTHING,
    publicAddress: () => false,
  },
  {
    types: ["aws:batch/computeEnvironment:ComputeEnvironment"],
    store: false,
    initiates: true,
    applies: (environment) => read(environment, "computeResources").state !== "absent",
    groups: groupsAt("computeResources.securityGroupIds[*]"),
    subnets: subnetsAt("computeResources.subnets[*]"),
    listens: () => NOTHING,
    publicAddress: (_environment, _graph, subnets) => some(subnets.map((subnet) => subnet.mapsPublicAddress)),
  },
  {
    types: ["aws:apigatewayv2/vpcLink:VpcLink"],
    store: false,
    initiates: true,
    groups: groupsAt("securityGroupIds[*]"),
    subnets: subnetsAt("subnetIds[*]"),
    listens: () => NOTHING,
    publicAddress: () => false,
  },
  {
    types: ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"],
    store: false,
    initiates: true,
    // A network load balancer without groups lets everything through.
    ungrouped: "open",
    groups: groupsAt("securityGroups[*]"),
    subnets: subnetsAt("subnets[*]", "subnetMappings[*].subnetId"),
    listens: listenerPorts,
    publicAddress: (balancer) => not(readFlag(balancer, "internal", false)),
  },
  {
    types: ["aws:ec2/instance:Instance"],
    store: false,
    initiates: true,
    groups: groupsAt("vpcSecurityGroupIds[*]"),
    subnets: subnetsAt("subnetId"),
    listens: () => EVERY_PORT,
    publicAddress: (instance, _graph, subnets) => assigned(read(instance, "associatePublicIpAddress"), subnets),
  },
  {
    types: ["aws:autoscaling/group:Group"],
    store: false,
    initiates: true,
    groups: (group, graph) =>
      templateGroups(
        group,
        ["launchTemplate.id", "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId"],
        graph,
      ),
    subnets: subnetsAt("vpcZoneIdentifiers[*]"),
    listens: () => EVERY_PORT,
    publicAddress: (group, graph, subnets) => assigned(templateReading(group, "launchTemplate.id", graph), subnets),
  },
  {
    types: ["aws:eks/cluster:Cluster"],
    store: false,
    initiates: true,
    groups: (cluster, graph) => [
      ...graph.references(cluster, "vpcConfig.securityGroupIds[*]", GROUP_TYPES),
      { kind: "resource", resource: cluster },
    ],
    subnets: subnetsAt("vpcConfig.subnetIds[*]"),
    listens: () => tcp([HTTPS_PORT]),
    publicAddress: () => false,
    publicService: kubernetesApiIsPublic,
  },
  {
    types: ["aws:eks/nodeGroup:NodeGroup"],
    store: false,
    initiates: true,
    groups: (nodes, graph) => {
      const own = templateGroups(nodes, ["launchTemplate.id"], graph);
      return own.length > 0 ? own : graph.references(nodes, "clusterName", ["aws:eks/cluster:Cluster"]);
    },
    subnets: subnetsAt("subnetIds[*]"),
    listens: () => EVERY_PORT,
    publicAddress: (_nodes, _graph, subnets) => some(subnets.map((subnet) => subnet.mapsPublicAddress)),
  },
  {
    types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
    store: false,
    initiates: false,
    // Gateway endpoints are routes, not addresses.
    applies: (endpoint) => text(read(endpoint, "vpcEndpointType")) === "Interface",
    groups: groupsAt("securityGroupIds[*]"),
    subnets: subnetsAt("subnetIds[*]"),
    listens: () => tcp([HTTPS_PORT]),
    publicAddress: () => false,
  },
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
    listens: (instance) => enginePort(instance, "port", "engine"),
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
    initiates: false,
    groups: groupsAt("vpcSecurityGroupIds[*]"),
    subnets: (cluster, graph) => subnetsOfGroup(cluster, graph, "clusterSubnetGroupName", ["aws:redshift/subnetGroup:SubnetGroup"]),
    listens: (cluster) => portOr(read(cluster, "port"), "port", [WAREHOUSE_PORT]),
    publicAddress: (cluster) => readFlag(cluster, "publiclyAccessible", false),
  },
  {
    types: ["aws:redshiftserverless/workgroup:Workgroup"],
    store: true,
    initiates: false,
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

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const DB_SUBNET_GROUPS = ["aws:rds/subnetGroup:SubnetGroup", "aws:docdb/subnetGroup:SubnetGroup", "aws:neptune/subnetGroup:SubnetGroup"];
const DB_MEMBERS = [
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:docdb/clusterInstance:ClusterInstance",
  "aws:neptune/clusterInstance:ClusterInstance",
];
const CACHE_SUBNET_GROUPS = ["aws:elasticache/subnetGroup:SubnetGroup", "aws:memorydb/subnetGroup:SubnetGroup"];

function groupsAt(...paths: readonly string[]): EndpointKind["groups"] {
  return (resource, graph) => paths.flatMap((path) => graph.references(resource, path, GROUP_TYPES));
}

function subnetsAt(...paths: readonly string[]): EndpointKind["subnets"] {
  return (resource, graph) => paths.flatMap((path) => graph.references(resource, path, [SUBNET]));
}

/** An ECS task started by a schedule: it opens connections and takes none. */
function scheduledTask(type: string, network: string): EndpointKind {
  return {
    types: [type],
    store: false,
    initiates: true,
    applies: (target) => read(target, network).state !== "absent",
    groups: groupsAt(`${network}.securityGroups[*]`),
    subnets: subnetsAt(`${network}.subnets[*]`),
    listens: () => NOTHING,
    publicAddress: (target) => readFlag(target, `${network}.assignPublicIp`, false),
  };
}

/** The subnets of the subnet group a store names; one that names none, or one outside the stack, stands in subnets nobody here knows. */
function subnetsOfGroup(store: StackResource, graph: StackGraph, path: string, types: readonly string[]): Reference[] {
  const group = graph.reference(store, path, types);
  if (group === undefined) return [{ kind: "external", id: "default subnets" }];
  if (group.kind === "external") return [group];
  const groups = group.kind === "resource" ? [group.resource] : group.candidates;
  if (groups.length === 0) return [{ kind: "external", id: "subnets not known yet" }];
  return groups.flatMap((found) => graph.references(found, "subnetIds[*]", [SUBNET]));
}

function templateOf(resource: StackResource, paths: readonly string[], graph: StackGraph): StackResource | undefined {
  const references = paths.flatMap((path) => graph.references(resource, path, [LAUNCH_TEMPLATE]));
  return references.flatMap((reference) => (reference.kind === "resource" ? [reference.resource] : []))[0];
}

function templateGroups(resource: StackResource, paths: readonly string[], graph: StackGraph): Reference[] {
  const template = templateOf(resource, paths, graph);
  if (template === undefined) return [];
  return ["vpcSecurityGroupIds[*]", "networkInterfaces[*].securityGroups[*]"].flatMap((path) =>
    graph.references(template, path, GROUP_TYPES),
  );
}

function templateReading(resource: StackResource, path: string, graph: StackGraph): Reading {
  const template = templateOf(resource, [path], graph);
  return template === undefined ? { state: "absent" } : readPath(template.inputs, "networkInterfaces[0].associatePublicIpAddress");
}

/** Whether an instance gets a public address: as it says, else as its subnet says. */
function assigned(reading: Reading, subnets: readonly Subnet[]): Tri {
  if (reading.state === "unknown") return undefined;
  if (reading.state === "absent") return some(subnets.map((subnet) => subnet.mapsPublicAddress));
  return reading.value === true || reading.value === "true";
}

/** The API server's public endpoint is AWS's: only `publicAccessCidrs` guards it. Both default to open. */
function kubernetesApiIsPublic(cluster: StackResource): Tri {
  const on = readFlag(cluster, "vpcConfig.endpointPublicAccess", true);
  if (on !== true) return on;
  const blocks = readAll(cluster, "vpcConfig.publicAccessCidrs[*]");
  if (blocks.length === 0) return true;
  return some(blocks.map((block) => (block.state === "known" ? isPublic(cidr(text(block) ?? "")) : undefined)));
}

function not(value: Tri): Tri {
  return value === undefined ? undefined : !value;
}
