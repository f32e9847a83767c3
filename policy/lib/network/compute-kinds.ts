import { not, read, readAll, readFlag, some, type StackResource, text, type Tri } from "../resource";
import { cidr, isPublic } from "./addresses";
import { clusterSubnets, EKS_CLUSTER } from "./eks";
import { type EndpointKind, groupsAt, subnetsAt } from "./endpoint-kind";
import { GROUP_TYPES } from "./groups";
import { assigned, templateAddress, templateGroups } from "./launch-templates";
import { EVERY_PORT, listenerPorts, NOTHING, servicePorts, tcp } from "./listens";
import { HTTPS_PORT } from "./ports";

/** What runs code in a VPC, and what leads to it. */
export const COMPUTE_KINDS: readonly EndpointKind[] = [
  {
    types: ["aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet"],
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
    publicAddress: (instance, _graph, subnets) =>
      assigned(read(instance, "associatePublicIpAddress"), some(subnets.map((subnet) => subnet.mapsPublicAddress))),
  },
  {
    types: ["aws:autoscaling/group:Group"],
    store: false,
    initiates: true,
    groups: templateGroups,
    subnets: subnetsAt("vpcZoneIdentifiers[*]"),
    listens: () => EVERY_PORT,
    publicAddress: templateAddress,
  },
  {
    types: [EKS_CLUSTER],
    store: false,
    initiates: true,
    namedByComponent: true,
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
    namedByComponent: true,
    groups: (nodes, graph) => {
      const own = templateGroups(nodes, graph);
      return own.length > 0 ? own : graph.references(nodes, "clusterName", [EKS_CLUSTER]);
    },
    subnets: subnetsAt("subnetIds[*]"),
    listens: () => EVERY_PORT,
    publicAddress: templateAddress,
  },
  {
    // It stands for the pods it selects, which have its groups in the place of those of their node.
    types: ["kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy"],
    store: false,
    initiates: true,
    groups: groupsAt("spec.securityGroups.groupIds[*]"),
    subnets: clusterSubnets,
    listens: () => EVERY_PORT,
    publicAddress: () => false,
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
];

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

/** The API server's public endpoint is AWS's: only `publicAccessCidrs` guards it. Both default to open. */
function kubernetesApiIsPublic(cluster: StackResource): Tri {
  const on = readFlag(cluster, "vpcConfig.endpointPublicAccess", true);
  if (on !== true) return on;
  const blocks = readAll(cluster, "vpcConfig.publicAccessCidrs[*]");
  if (blocks.length === 0) return true;
  return some(blocks.map((block) => (block.state === "known" ? isPublic(cidr(text(block) ?? "")) : undefined)));
}
