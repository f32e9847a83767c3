import { UNKNOWN } from "../graph";
import type { ClusterShape } from "./eks-cluster-arguments";
import { referencedUrn, type RegisteredChild } from "./expansion";
import { type Construction, derive, idOf, type Input, outputOf, overlay, referenceTo, Sourced } from "./sourced";

const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** The security group of the control plane; neither is set when EKS makes its own. */
export interface ClusterGroups {
  readonly clusterGroupId: Sourced | undefined;
  readonly reference: Sourced | undefined;
}

/** Registers the control plane's security group, open outwards; takes the one the program brings; or leaves it to EKS. */
export function registerClusterGroup(construction: Construction, shape: ClusterShape): ClusterGroups {
  const { component } = construction;
  const brought = construction.argument("clusterSecurityGroup");
  if (brought.value !== undefined) {
    const urn = referencedUrn(brought.value);
    const id = (typeof brought.value === "object" && !Array.isArray(brought.value) && brought.value?.["id"]) || UNKNOWN;
    const urns = [...new Set([...brought.urns, ...(urn === undefined ? [] : [urn])])];
    return { clusterGroupId: new Sourced(id, urns), reference: new Sourced(brought.value, urns) };
  }
  if (!shape.securityGroups) return { clusterGroupId: undefined, reference: undefined };
  const name = `${component.name}-eksClusterSecurityGroup`;
  const group = construction.child("aws:ec2/securityGroup:SecurityGroup", name, component, {
    vpcId: construction.argument("vpcId"),
    description: "Managed by Pulumi",
    revokeRulesOnDelete: true,
    tags: overlay({ Name: name }, construction.argument("clusterSecurityGroupTags"), construction.argument("tags")),
  });
  registerRule(construction, "eksClusterInternetEgressRule", { ...OUTWARDS, securityGroupId: idOf(group) });
  return { clusterGroupId: idOf(group), reference: referenceTo(group) };
}

const OUTWARDS = {
  description: "Allow internet access.",
  type: "egress",
  fromPort: 0,
  toPort: 0,
  protocol: "-1",
  cidrBlocks: ["0.0.0.0/0"],
};

/** The security group of nodes, and the rule that lets them reach the control plane. */
export interface NodeGroups {
  readonly group: RegisteredChild;
  readonly ingressRule: RegisteredChild;
}

/** Registers the security group of nodes that are not managed by EKS, with the rules between them and the control plane. Made even when no such node is. */
export function registerNodeGroup(construction: Construction, cluster: RegisteredChild, clusterGroupId: Sourced): NodeGroups {
  const { component } = construction;
  const name = `${component.name}-nodeSecurityGroup`;
  const owned = derive([outputOf(cluster, "name")], ([clusterName]) => ({
    Name: name,
    [`kubernetes.io/cluster/${String(clusterName)}`]: "owned",
  }));
  const group = construction.child("aws:ec2/securityGroup:SecurityGroup", name, component, {
    vpcId: construction.argument("vpcId"),
    description: "Managed by Pulumi",
    revokeRulesOnDelete: true,
    tags: overlay(owned, construction.argument("nodeSecurityGroupTags"), construction.argument("tags")),
  });
  const groupId = idOf(group);
  const inwards = { type: "ingress", protocol: "tcp", securityGroupId: groupId };
  registerRule(construction, "eksNodeIngressRule", {
    ...inwards,
    description: "Allow nodes to communicate with each other",
    fromPort: 0,
    toPort: 0,
    protocol: "-1",
    self: true,
  });
  registerRule(construction, "eksNodeClusterIngressRule", {
    ...inwards,
    description: "Allow worker Kubelets and pods to receive communication from the cluster control plane",
    fromPort: 1025,
    toPort: 65535,
    sourceSecurityGroupId: clusterGroupId,
  });
  registerRule(construction, "eksExtApiServerClusterIngressRule", {
    ...inwards,
    description: "Allow pods running extension API servers on port 443 to receive communication from cluster control plane",
    fromPort: 443,
    toPort: 443,
    sourceSecurityGroupId: clusterGroupId,
  });
  registerRule(construction, "eksNodeInternetEgressRule", { ...OUTWARDS, securityGroupId: groupId });
  const ingressRule = registerRule(construction, "eksClusterIngressRule", {
    ...inwards,
    description: "Allow pods to communicate with the cluster API Server",
    fromPort: 443,
    toPort: 443,
    securityGroupId: clusterGroupId,
    sourceSecurityGroupId: groupId,
  });
  return { group, ingressRule };
}

function registerRule(construction: Construction, suffix: string, inputs: { readonly [key: string]: Input }): RegisteredChild {
  return construction.child(RULE, `${construction.component.name}-${suffix}`, construction.component, inputs);
}
