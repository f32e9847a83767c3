import { UNKNOWN } from "../graph";
import { registerAddon, registerVpcCni } from "./eks-addons";
import { registerAccess } from "./eks-access";
import { checkClusterArguments, type ClusterShape } from "./eks-cluster-arguments";
import { type Credentials, kubeconfig } from "./eks-kubeconfig";
import { type ClusterGroups, registerClusterGroup, registerNodeGroup } from "./eks-security-groups";
import { onceAttached, registerInstanceProfile, registerServiceRole, type ServiceRole } from "./eks-service-role";
import { type Expand, type Find, reference, referencedUrn, type RegisteredChild } from "./expansion";
import { at, Construction, derive, expanded, idOf, type Input, outputOf, overlay, referenceTo, resolve, Sourced } from "./sourced";

const CLUSTER_POLICY = "AmazonEKSClusterPolicy";
const AUTO_MODE_CLUSTER_POLICIES = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];
const AUTO_MODE_NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];
const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"];

/** Properties the component keeps out of updates, because AWS reads them only when the cluster is created. */
const CREATION_ONLY = ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"];

/**
 * The children of `eks.Cluster` with `authenticationMode: API`: roles, security groups, the cluster, a Kubernetes provider, access entries and add-ons.
 * With `autoMode` AWS makes the nodes and the security groups; without it the program makes `eks.ManagedNodeGroup`s.
 * Versions of add-ons that are not pinned stay unknown, as only AWS can say them.
 * A profile the provider takes from AWS_PROFILE or the setting `aws:profile` is not seen here; `providerCredentialOpts` is.
 * Throws RefusedByComponent for what the component refuses, NotModelled for the default node group, Fargate, storage classes and the aws-auth ConfigMap.
 * Source: test/recorded, and nodejs/eks/cluster/cluster.ts of pulumi-eks 4.3.
 */
export const expandCluster: Expand = (component, register, find) => {
  const construction = new Construction(component, register);
  const { name } = component;
  const shape = checkClusterArguments(construction);

  const clusterRole = serviceRole(construction, shape, find);
  const groups: ClusterGroups = registerClusterGroup(construction, shape);
  const nodeRole = shape.createNodeRole
    ? registerServiceRole(construction, `${name}-nodeRole`, { service: "ec2.amazonaws.com", policies: AUTO_MODE_NODE_POLICIES })
    : undefined;
  const subnetIds = clusterSubnets(construction);
  const cluster = registerCluster(construction, shape, { clusterRole, nodeRole, clusterGroup: groups.clusterGroupId, subnetIds });
  if (shape.kubeProxy) registerAddon(construction, cluster, "kube-proxy", "kubeProxyAddonOptions");

  const credentials = credentialsOf(construction);
  const provider = registerProvider(construction, cluster, credentials);
  const instances = instanceRole(construction, shape, find);
  const access = registerAccess(construction, cluster, instances?.arn);
  const vpcCni = shape.vpcCni
    ? registerVpcCni(
        construction,
        cluster,
        provider,
        access.entries.map(({ urn }) => urn),
      )
    : undefined;
  if (shape.coredns) registerAddon(construction, cluster, "coredns", "corednsAddonOptions");
  const oidcProvider = shape.oidcProvider ? registerOidcProvider(construction, cluster) : undefined;
  const nodes = groups.clusterGroupId && shape.securityGroups ? registerNodeGroup(construction, cluster, groups.clusterGroupId) : undefined;

  const config = kubeconfig(cluster, { roleArn: credentials.roleArn });
  const issuer = derive([issuerOf(cluster)], ([url]) => url ?? "");
  const ownGroup = at(outputOf(cluster, "vpcConfig"), "clusterSecurityGroupId");
  const instanceRoles = instances ? [instances.reference] : [];
  const autoModeNodeRoleName = nodeRole ? outputOf(nodeRole.role, "name") : "";
  const nodeSecurityGroup = nodes && referenceTo(nodes.group);
  const clusterIngressRule = nodes && referenceTo(nodes.ingressRule);
  const core: Input = {
    cluster: referenceTo(cluster),
    vpcId: construction.argument("vpcId"),
    subnetIds,
    publicSubnetIds: construction.argument("publicSubnetIds"),
    privateSubnetIds: construction.argument("privateSubnetIds"),
    endpoint: outputOf(cluster, "endpoint"),
    clusterSecurityGroup: groups.reference,
    provider: referenceTo(provider),
    instanceRoles,
    nodeGroupOptions: {
      version: construction.argument("version"),
      nodeSecurityGroup,
      clusterIngressRule,
      instanceProfile: instances?.profile && referenceTo(instances.profile),
    },
    kubeconfig: config,
    vpcCni: vpcCni && referenceTo(vpcCni),
    tags: construction.argument("tags"),
    nodeSecurityGroupTags: construction.argument("nodeSecurityGroupTags"),
    storageClasses: {},
    oidcProvider: oidcProvider && referenceTo(oidcProvider),
    encryptionConfig: encryption(construction),
    clusterIamRole: clusterRole.reference,
    accessEntries: access.asked,
    autoModeNodeRoleName,
  };
  return expanded({
    core,
    eksCluster: referenceTo(cluster),
    clusterSecurityGroup: groups.reference,
    clusterSecurityGroupId: groups.clusterGroupId ?? ownGroup,
    nodeSecurityGroup,
    nodeSecurityGroupId: nodes ? idOf(nodes.group) : ownGroup,
    eksClusterIngressRule: clusterIngressRule,
    clusterIngressRuleId: nodes ? outputOf(nodes.ingressRule, "securityGroupRuleId") : "",
    instanceRoles,
    kubeconfig: config,
    kubeconfigJson: derive([config], ([plain]) => JSON.stringify(plain)),
    defaultNodeGroupAsgName: "",
    fargateProfileId: "",
    fargateProfileStatus: "",
    oidcProviderArn: oidcProvider ? outputOf(oidcProvider, "arn") : "",
    oidcProviderUrl: issuer,
    oidcIssuer: derive([issuer], ([url]) => String(url).replace("https://", "")),
    autoModeNodeRoleName,
  });
};

/** A role the cluster uses: one of its own children, or one the program brought. */
interface UsedRole {
  readonly arn: Sourced;
  readonly attached: readonly string[];
  readonly reference: Sourced;
}

function serviceRole(construction: Construction, shape: ClusterShape, find: Find): UsedRole {
  if (construction.has("serviceRole")) return broughtRole(construction, "serviceRole", find);
  const made = registerServiceRole(construction, `${construction.component.name}-eksRole`, {
    service: "eks.amazonaws.com",
    description: "Allows EKS to manage clusters on your behalf.",
    assumeRoleActions: ["sts:AssumeRole", "sts:TagSession"],
    policies: [CLUSTER_POLICY, ...(shape.autoMode ? AUTO_MODE_CLUSTER_POLICIES : [])],
  });
  return { arn: made.arn, attached: made.attached, reference: referenceTo(made.role) };
}

/** A role that is an argument: its ARN is what the resource it refers to has. */
function broughtRole(construction: Construction, key: string, find: Find): UsedRole {
  const { value, urns } = construction.argument(key);
  const urn = referencedUrn(value);
  const arn = urn === undefined ? UNKNOWN : (find(urn)?.outputs["arn"] ?? UNKNOWN);
  const sources = urn === undefined ? urns : [...new Set([...urns, urn])];
  return { arn: new Sourced(arn, sources), attached: [], reference: new Sourced(value ?? UNKNOWN, sources) };
}

/** The role nodes outside Auto Mode would have. A cluster with Auto Mode gets one too unless `skipDefaultNodeGroup` or `createInstanceRole: false` says no. */
function instanceRole(
  construction: Construction,
  shape: ClusterShape,
  find: Find,
): { arn: Sourced; reference: Sourced; profile?: RegisteredChild } | undefined {
  if (construction.has("instanceRole")) return broughtRole(construction, "instanceRole", find);
  if (!shape.createInstanceRole) return undefined;
  const args = { service: "ec2.amazonaws.com", policies: NODE_POLICIES };
  const made = registerServiceRole(construction, `${construction.component.name}-instanceRole`, args);
  const profile = registerInstanceProfile(construction, made);
  return { arn: onceAttached(made, made.role.outputs["arn"]), reference: onceAttached(made, reference(made.role)), profile };
}

/** Public subnets before private ones, or the one list that is given instead. */
function clusterSubnets(construction: Construction): Sourced {
  if (construction.has("subnetIds")) return construction.argument("subnetIds");
  const lists = [construction.argument("publicSubnetIds"), construction.argument("privateSubnetIds")];
  const urns = [...new Set(lists.flatMap((list) => list.urns))];
  if (lists.some((list) => list.value === UNKNOWN)) return new Sourced(UNKNOWN, urns);
  return new Sourced(
    lists.flatMap((list) => (Array.isArray(list.value) ? list.value : [])),
    urns,
  );
}

/** What the cluster is built on. */
interface Foundations {
  readonly clusterRole: UsedRole;
  readonly nodeRole: ServiceRole | undefined;
  readonly clusterGroup: Sourced | undefined;
  readonly subnetIds: Sourced;
}

function registerCluster(
  construction: Construction,
  shape: ClusterShape,
  { clusterRole, nodeRole, clusterGroup, subnetIds }: Foundations,
): RegisteredChild {
  const { component } = construction;
  const given = (key: string): Sourced => construction.argument(key);
  return construction.child(
    "aws:eks/cluster:Cluster",
    `${component.name}-eksCluster`,
    component,
    {
      name: given("name"),
      roleArn: clusterRole.arn,
      ...networkAndCompute(construction, shape, nodeRole),
      bootstrapSelfManagedAddons: shape.autoMode ? false : (given("bootstrapSelfManagedAddons").value ?? true),
      vpcConfig: {
        securityGroupIds: clusterGroup && [clusterGroup],
        subnetIds,
        endpointPrivateAccess: given("endpointPrivateAccess"),
        endpointPublicAccess: given("endpointPublicAccess"),
        publicAccessCidrs: given("publicAccessCidrs"),
      },
      version: given("version"),
      enabledClusterLogTypes: given("enabledClusterLogTypes"),
      tags: overlay({ Name: `${component.name}-eksCluster` }, given("clusterTags"), given("tags")),
      encryptionConfig: encryption(construction),
      accessConfig: { authenticationMode: given("authenticationMode"), bootstrapClusterCreatorAdminPermissions: true },
      upgradePolicy: given("upgradePolicy"),
      deletionProtection: given("deletionProtection"),
    },
    { dependsOn: [...clusterRole.attached, ...(nodeRole?.attached ?? [])], ignoreChanges: CREATION_ONLY },
  );
}

function encryption(construction: Construction): { provider: { keyArn: Sourced }; resources: string[] } | undefined {
  return construction.has("encryptionConfigKeyArn")
    ? { provider: { keyArn: construction.argument("encryptionConfigKeyArn") }, resources: ["secrets"] }
    : undefined;
}

/** Network, compute and storage settings. AWS wants those of Auto Mode together, so each waits for what any of them comes from. */
function networkAndCompute(
  construction: Construction,
  shape: ClusterShape,
  nodeRole: ServiceRole | undefined,
): Record<string, Sourced | undefined> {
  const range = construction.argument("kubernetesServiceIpAddressRange");
  const family = construction.argument("ipFamily");
  const network = resolve({
    serviceIpv4Cidr: (family.value ?? "ipv4") === "ipv4" ? range : new Sourced(undefined, range.urns),
    ipFamily: new Sourced(family.value ?? "ipv4", family.urns),
    elasticLoadBalancing: shape.autoMode ? { enabled: true } : undefined,
  });
  if (!shape.autoMode) return { kubernetesNetworkConfig: range.value || family.value ? network : undefined };

  const auto = construction.record("autoMode") ?? {};
  const compute = overlay(
    { enabled: true, nodeRoleArn: nodeRole?.arn, nodePools: ["general-purpose", "system"] },
    construction.within("autoMode", auto["computeConfig"]),
  );
  const urns = [...new Set([...compute.urns, ...network.urns])];
  return {
    computeConfig: new Sourced(compute.value, urns),
    storageConfig: new Sourced({ blockStorage: { enabled: true } }, urns),
    kubernetesNetworkConfig: new Sourced(network.value, urns),
  };
}

function credentialsOf(construction: Construction): Credentials {
  const key = "providerCredentialOpts";
  const given = construction.record(key) ?? {};
  return { roleArn: construction.within(key, given["roleArn"]), profileName: construction.within(key, given["profileName"]) };
}

/** The provider through which the component itself talks to the cluster. */
function registerProvider(construction: Construction, cluster: RegisteredChild, credentials: Credentials): RegisteredChild {
  const { component } = construction;
  const mutable = construction.argument("enableConfigMapMutable");
  return construction.child("pulumi:providers:kubernetes", `${component.name}-eks-k8s`, component, {
    kubeconfig: derive([kubeconfig(cluster, credentials)], ([config]) => JSON.stringify(config)),
    // Provider settings travel as strings.
    enableConfigMapMutable: mutable.value === undefined ? undefined : derive([mutable], ([value]) => JSON.stringify(value)),
  });
}

/** The identity provider for roles of service accounts. Its thumbprint is read from the issuer's certificate, over the network, at `up`. */
function registerOidcProvider(construction: Construction, cluster: RegisteredChild): RegisteredChild {
  const { component } = construction;
  return construction.child("aws:iam/openIdConnectProvider:OpenIdConnectProvider", `${component.name}-oidcProvider`, component, {
    clientIdLists: ["sts.amazonaws.com"],
    url: issuerOf(cluster),
    thumbprintLists: [UNKNOWN],
  });
}

function issuerOf(cluster: RegisteredChild): Sourced {
  return at(outputOf(cluster, "identities"), 0, "oidcs", 0, "issuer");
}
