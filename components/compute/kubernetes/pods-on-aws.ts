import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { allowPassage, type Side } from "../../network/passage";
import { type KubernetesCluster, objectOptions } from "./cluster";

/** The name, group and role on AWS of what some pods run. */
export interface PodsIdentity extends Side {
  readonly roleArn: pulumi.Input<string>;
}

export interface JoinAwsArgs {
  readonly cluster: KubernetesCluster;
  readonly identity: PodsIdentity;
  readonly namespace: pulumi.Input<string>;
  /** Name and labels of the object that gives the pods their group. */
  readonly metadata: { readonly name: string; readonly labels: Record<string, string> };
  /** Account the pods run under. */
  readonly serviceAccount: pulumi.Input<string>;
  /** Labels of the pods; without any, all of the namespace. */
  readonly pods: Readonly<Record<string, string>>;
  /** TCP ports that the kubelet probes. */
  readonly probed: readonly number[];
  /** Groups that the pods stand in beside that of their identity. Default: none. */
  readonly groups?: readonly pulumi.Input<string>[];
}

const DNS = 53;

/**
 * Gives pods their role and their security group, and lets the group resolve names and be probed. Nothing on a cluster elsewhere.
 * @returns what a pod waits for: made too late, it would start without its role or in the wrong group.
 */
export function joinAws(resource: string, args: JoinAwsArgs, parent: pulumi.Resource): pulumi.Resource[] {
  const { cluster, identity, namespace, metadata, serviceAccount, pods, probed, groups = [] } = args;
  if (!cluster.aws) return [];
  const { nodes } = cluster.aws;
  const labelled = Object.keys(pods).length > 0;
  const group = new kubernetes.apiextensions.CustomResource(
    resource,
    {
      apiVersion: "vpcresources.k8s.aws/v1beta1",
      kind: "SecurityGroupPolicy",
      metadata: { ...metadata, namespace },
      spec: { podSelector: labelled ? { matchLabels: pods } : {}, securityGroups: { groupIds: [identity.securityGroupId, ...groups] } },
    },
    objectOptions(cluster, parent),
  );
  return [
    podIdentity(resource, cluster, { namespace, serviceAccount, roleArn: identity.roleArn }, parent),
    group,
    ...allowDns(identity, nodes, parent),
    // The kubelet's probes come from the node.
    ...probed.flatMap((port) => allowPassage(nodes, identity, port, parent)),
  ];
}

/** Gives the pods of a service account a role. */
export function podIdentity(
  resource: string,
  { aws: onAws }: KubernetesCluster,
  pods: {
    readonly namespace: pulumi.Input<string>;
    readonly serviceAccount: pulumi.Input<string>;
    readonly roleArn: pulumi.Input<string>;
  },
  parent: pulumi.Resource,
): aws.eks.PodIdentityAssociation {
  if (!onAws) throw new Error(`the pods of ${resource} are on no cluster on AWS`);
  const { namespace, serviceAccount, roleArn } = pods;
  return new aws.eks.PodIdentityAssociation(resource, { clusterName: onAws.name, namespace, serviceAccount, roleArn }, { parent });
}

/** The cluster's DNS answers from its nodes' group, over UDP and, for long answers, over TCP. */
function allowDns(identity: Side, nodes: Side, parent: pulumi.Resource): pulumi.Resource[] {
  return [...allowPassage(identity, nodes, DNS, parent), ...allowPassage(identity, nodes, DNS, parent, "udp")];
}
