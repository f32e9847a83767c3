import type * as ecs from "@pulumi/aws/ecs";
import type * as eks from "@pulumi/aws/eks";
import type * as lambda from "@pulumi/aws/lambda";
import type * as lb from "@pulumi/aws/lb";
import { type Replacement, replacement } from "./replacement";

/** ECS, EKS, Lambda and load balancers. */
export const COMPUTE_REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  "aws:ecs/cluster:Cluster": replacement<ecs.ClusterArgs>("ecs/cluster", false, ["region", "name"]),
  "aws:ecs/service:Service": replacement<ecs.ServiceArgs>("ecs/service", false, [
    "region",
    "cluster",
    "iamRole",
    "launchType",
    "name",
    "schedulingStrategy",
    { path: "capacityProviderStrategies", when: "it changes without forceNewDeployment" },
  ]),
  "aws:ecs/capacityProvider:CapacityProvider": replacement<ecs.CapacityProviderArgs>("ecs/capacity_provider", false, [
    "region",
    "name",
    "autoScalingGroupProvider.autoScalingGroupArn",
  ]),
  // Every change makes a new revision; the old ones stay.
  "aws:ecs/taskDefinition:TaskDefinition": replacement<ecs.TaskDefinitionArgs>("ecs/task_definition", false, [
    "region",
    "containerDefinitions",
    "cpu",
    "executionRoleArn",
    "family",
    "ipcMode",
    "memory",
    "networkMode",
    "pidMode",
    "requiresCompatibilities",
    "runtimePlatform",
    "taskRoleArn",
    "volumes",
  ]),
  // Everything that runs on it, and the volumes its pods asked for, go with a cluster.
  "aws:eks/cluster:Cluster": replacement<eks.ClusterArgs>("eks/cluster", true, [
    "region",
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "bootstrapSelfManagedAddons",
    { path: "computeConfig.nodeRoleArn", when: "a role that was given changes" },
    { path: "encryptionConfig", when: "it is taken away" },
    "kubernetesNetworkConfig.ipFamily",
    "kubernetesNetworkConfig.serviceIpv4Cidr",
    "name",
    "outpostConfig.controlPlaneInstanceType",
    "remoteNetworkConfig",
    "roleArn",
  ]),
  "aws:eks/nodeGroup:NodeGroup": replacement<eks.NodeGroupArgs>("eks/node_group", false, [
    "region",
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "remoteAccess",
    "subnetIds",
  ]),
  "aws:eks/addon:Addon": replacement<eks.AddonArgs>("eks/addon", false, ["region", "addonName", "clusterName"]),
  "aws:lambda/function:Function": replacement<lambda.FunctionArgs>("lambda/function", false, ["region", "name", "packageType"]),
  "aws:lb/loadBalancer:LoadBalancer": replacement<lb.LoadBalancerArgs>("elbv2/load_balancer", false, [
    "region",
    "customerOwnedIpv4Pool",
    "internal",
    "loadBalancerType",
    "name",
    "namePrefix",
  ]),
  "aws:lb/targetGroup:TargetGroup": replacement<lb.TargetGroupArgs>("elbv2/target_group", false, [
    "region",
    "ipAddressType",
    "name",
    "namePrefix",
    "port",
    "protocol",
    "protocolVersion",
    "targetType",
    "vpcId",
  ]),
};
