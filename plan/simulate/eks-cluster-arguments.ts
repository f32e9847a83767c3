import { type Json, UNKNOWN } from "../graph";
import type { Construction } from "./sourced";

/** Which children the arguments of an `eks.Cluster` ask for. */
export interface ClusterShape {
  readonly autoMode: boolean;
  /** Auto Mode's node role. */
  readonly createNodeRole: boolean;
  /** The role of nodes outside Auto Mode. */
  readonly createInstanceRole: boolean;
  readonly securityGroups: boolean;
  readonly kubeProxy: boolean;
  readonly vpcCni: boolean;
  readonly coredns: boolean;
  readonly oidcProvider: boolean;
}

/** Arguments of the default node group, which the plan does not make. */
const DEFAULT_NODE_GROUP = [
  "nodeGroupOptions",
  "nodeSubnetIds",
  "nodeAssociatePublicIpAddress",
  "instanceType",
  "instanceProfileName",
  "nodePublicKey",
  "nodeRootVolumeEncrypted",
  "nodeRootVolumeSize",
  "nodeUserData",
  "minSize",
  "maxSize",
  "desiredCapacity",
  "nodeAmiId",
  "gpu",
  "customInstanceRolePolicy",
];

const MODES = ["CONFIG_MAP", "API", "API_AND_CONFIG_MAP"];

/** Reads the arguments that decide which children there are. Throws RefusedByComponent or NotModelled for those that cannot be. */
export function checkClusterArguments(construction: Construction): ClusterShape {
  const auto = construction.record("autoMode") ?? {};
  const autoMode = flagIn(construction, "autoMode", auto["enabled"]) ?? false;
  checkAuthentication(construction, autoMode);
  checkNodes(construction, autoMode);
  checkNetwork(construction);

  const skipNodes = construction.flag("skipDefaultNodeGroup") ?? false;
  const createRole = construction.flag("createInstanceRole");
  const kubeProxy = flagIn(construction, "kubeProxyAddonOptions", construction.record("kubeProxyAddonOptions")?.["enabled"]);
  const coredns = construction.record("corednsAddonOptions") ?? {};
  const corednsEnabled = flagIn(construction, "corednsAddonOptions", coredns["enabled"]);
  const withoutVpcCni = construction.flag("useDefaultVpcCni");
  return {
    autoMode,
    createNodeRole: autoMode && (flagIn(construction, "autoMode", auto["createNodeRole"]) ?? true),
    createInstanceRole: !construction.has("instanceRole") && (createRole ?? !skipNodes),
    securityGroups: !(construction.flag("skipDefaultSecurityGroups") ?? autoMode),
    kubeProxy: kubeProxy ?? !autoMode,
    vpcCni: withoutVpcCni === undefined ? !autoMode : !withoutVpcCni,
    // Auto Mode still makes CoreDNS unless it is told not to; without nodes of either kind CoreDNS is made only on demand.
    coredns: corednsEnabled === true || Boolean(coredns["configurationValues"]) || ((!skipNodes || autoMode) && (corednsEnabled ?? true)),
    oidcProvider: construction.flag("createOidcProvider") ?? false,
  };
}

function flagIn(construction: Construction, key: string, value: Json | undefined): boolean | undefined {
  if (value === undefined || value === null || typeof value === "boolean") return value ?? undefined;
  return construction.refuse(`${key} has a switch that is ${JSON.stringify(value)}`, "Give true or false, known when the program runs");
}

function checkAuthentication(construction: Construction, autoMode: boolean): void {
  const mode = construction.text("authenticationMode");
  if (mode !== undefined && !MODES.includes(mode)) construction.refuse(`authenticationMode is "${mode}"`, `Use one of ${MODES.join(", ")}`);
  const entries = mode === "API" || mode === "API_AND_CONFIG_MAP";
  if (autoMode && !entries) construction.refuse("autoMode needs access entries", 'Set authenticationMode: "API"');
  if (construction.has("accessEntries") && !entries)
    construction.refuse("accessEntries need the access entry API", 'Set authenticationMode: "API"');
  if (construction.has("creationRoleProvider")) {
    construction.refuse("creationRoleProvider works only inside the component's own process", "Use providerCredentialOpts");
  }
  if (construction.has("instanceRole") && construction.has("instanceRoles"))
    construction.refuse("instanceRole and instanceRoles are both given", "Give one of the two");
  if (mode === "API") {
    for (const key of ["roleMappings", "userMappings", "instanceRoles"]) {
      const { value } = construction.argument(key);
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      construction.refuse(`${key} belongs to the aws-auth ConfigMap, which authenticationMode "API" does not have`, "Use accessEntries");
    }
    return;
  }
  construction.notModelled(
    `authenticationMode ${mode === undefined ? "left out (CONFIG_MAP)" : `"${mode}"`}`,
    'Set authenticationMode: "API" and use accessEntries',
  );
}

function checkNodes(construction: Construction, autoMode: boolean): void {
  const { value: fargate } = construction.argument("fargate");
  if (fargate !== undefined && fargate !== false) construction.notModelled("fargate", "Use autoMode, or eks.ManagedNodeGroup");
  if (construction.has("storageClasses")) construction.notModelled("storageClasses", "Make them with kubernetes.storage.v1.StorageClass");
  const ofNodes = DEFAULT_NODE_GROUP.filter((key) => construction.has(key));
  if (ofNodes.length > 0)
    construction.notModelled(
      `the default node group (${ofNodes.join(", ")})`,
      "Use autoMode, or skipDefaultNodeGroup: true and eks.ManagedNodeGroup",
    );
  if (!autoMode && construction.flag("skipDefaultNodeGroup") !== true) {
    construction.notModelled("the default node group", "Use autoMode, or skipDefaultNodeGroup: true and eks.ManagedNodeGroup");
  }
}

function checkNetwork(construction: Construction): void {
  const lists = ["publicSubnetIds", "privateSubnetIds"].filter((key) => construction.has(key));
  if (construction.has("subnetIds") && lists.length > 0)
    construction.refuse(`subnetIds and ${lists.join(" and ")} are both given`, "Use publicSubnetIds and privateSubnetIds");
  if (!construction.has("vpcId")) construction.notModelled("a cluster in the account's default VPC", "Give vpcId, and privateSubnetIds");
  if (!construction.has("subnetIds") && lists.length === 0)
    construction.refuse("no subnets are given", "Give privateSubnetIds in at least two Availability Zones");
  const open = construction.argument("endpointPublicAccess").value ?? true;
  if (construction.has("publicAccessCidrs") && open !== true && open !== UNKNOWN) {
    construction.refuse(
      "publicAccessCidrs is given and endpointPublicAccess is false",
      "Leave out publicAccessCidrs, or set endpointPublicAccess: true",
    );
  }
}
