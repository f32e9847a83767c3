import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Side } from "../../network/passage";

/** What only a cluster on AWS has: what its pods need to be in security groups, have roles, and be reached by load balancers. */
export interface ClusterOnAws {
  /** Name of the EKS cluster. */
  readonly name: pulumi.Output<string>;
  /** The group of its nodes and its control plane. */
  readonly nodes: Side;
  /** API that registers pods with target groups: Auto Mode's own, or that of the AWS Load Balancer Controller. */
  readonly targetGroupBinding: "eks.amazonaws.com/v1" | "elbv2.k8s.aws/v1beta1";
  /** Address of the cluster's DNS. */
  readonly dnsAddress: string;
  /** Range of the VPC. */
  readonly vpcCidr: string;
}

/** A Kubernetes cluster that services can be placed on: one that this stack made, or one that was there before. */
export interface KubernetesCluster {
  /** Name for people and for resource names. */
  readonly name: string;
  /** Kubernetes minor version whose Pod Security standards are enforced; `latest` where this stack does not decide it. */
  readonly podSecurityVersion: string;
  readonly provider: kubernetes.Provider;
  /** Its objects are gone with it; absent for a cluster that outlives this stack. */
  readonly deletedWith: pulumi.Resource | undefined;
  /** Class of persistent volumes; absent: the cluster's default. */
  readonly storageClass: string | undefined;
  /** Names of its priority classes; absent where nobody made them. */
  readonly priorities: { readonly critical: string; readonly standard: string } | undefined;
  /** Processor architecture that pods are held to; absent: any. */
  readonly architecture: "arm64" | "amd64" | undefined;
  /** Absent for a cluster in another datacentre or cloud. */
  readonly aws: ClusterOnAws | undefined;
  /** What an object waits for, beside the API server. */
  readonly ready: readonly pulumi.Resource[];
}

/** Options of every object in a cluster: made by its provider, and not deleted one by one when the whole cluster goes. */
export function objectOptions(
  cluster: KubernetesCluster,
  parent: pulumi.Resource,
  dependsOn: readonly pulumi.Resource[] = [],
): pulumi.CustomResourceOptions {
  return {
    parent,
    provider: cluster.provider,
    dependsOn: [...cluster.ready, ...dependsOn],
    ...(cluster.deletedWith && { deletedWith: cluster.deletedWith }),
  };
}
