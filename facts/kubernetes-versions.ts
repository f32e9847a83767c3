import { type Fact } from "./row";

/** A Kubernetes version that Amazon EKS offers, pinned so that two environments never differ by the day they were made on. */
export interface KubernetesVersion extends Fact {
  /** Minor version, as EKS spells it. */
  readonly version: string;
}

const VERSIONS = "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html";

/** What clusters run. */
export const KUBERNETES = { version: "1.36", source: VERSIONS, date: "2026-11" } as const satisfies KubernetesVersion;

/** First minor version of Kubernetes whose pods Auto Mode puts into security groups of their own (SecurityGroupPolicy). */
export const AUTO_MODE_POD_GROUPS = {
  minor: 36,
  source: "https://docs.aws.amazon.com/eks/latest/userguide/auto-sgp.html",
  date: "2026-11",
} as const satisfies Fact & { readonly minor: number };

/** An EKS add-on of the platform. EKS takes its default version for the cluster's Kubernetes version unless one is pinned by hand. */
export interface KubernetesAddon extends Fact {
  readonly name: string;
  /** Why a cluster needs it. */
  readonly because: string;
}

const ADDONS = {
  source: "https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html",
  date: "2026-11",
} as const;

/** Add-ons of every cluster; Auto Mode brings networking, DNS, volumes, load balancing and Pod Identity by itself. */
export const CLUSTER_ADDONS: readonly KubernetesAddon[] = [
  { name: "metrics-server", because: "a HorizontalPodAutoscaler reads CPU from it", ...ADDONS },
];

/** Add-ons of a cluster whose nodes are managed node groups; vpc-cni, kube-proxy and coredns belong to `eks.Cluster`. */
export const MANAGED_NODE_ADDONS: readonly KubernetesAddon[] = [
  { name: "eks-pod-identity-agent", because: "gives pods their service's role", ...ADDONS },
  { name: "aws-ebs-csi-driver", because: "makes and attaches volumes", ...ADDONS },
];

/** Helm chart of the AWS Load Balancer Controller, which Auto Mode does not need. */
export const LOAD_BALANCER_CONTROLLER = {
  chart: "aws-load-balancer-controller",
  repository: "https://aws.github.io/eks-charts",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/lbc-helm.html",
  date: "2026-11",
} as const satisfies Fact & { readonly chart: string; readonly repository: string };
