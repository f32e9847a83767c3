import { type Fact } from "./row";

/** Add-ons that EKS offers by itself, AWS's own and those of the community. Those of the Marketplace have an underscore in their name. */
export const EKS_ADDONS: Fact & { readonly names: ReadonlySet<string> } = {
  names: new Set([
    "adot",
    "amazon-cloudwatch-observability",
    "amazon-sagemaker-hyperpod-observability",
    "amazon-sagemaker-hyperpod-taskgovernance",
    "amazon-sagemaker-hyperpod-training-operator",
    "aws-ebs-csi-driver",
    "aws-efs-csi-driver",
    "aws-fsx-csi-driver",
    "aws-guardduty-agent",
    "aws-mountpoint-s3-csi-driver",
    "aws-network-flow-monitoring-agent",
    "aws-privateca-connector-for-kubernetes",
    "aws-secrets-store-csi-driver-provider",
    "cert-manager",
    "coredns",
    "eks-node-monitoring-agent",
    "eks-pod-identity-agent",
    "external-dns",
    "fluent-bit",
    "kube-proxy",
    "kube-state-metrics",
    "metrics-server",
    "prometheus-node-exporter",
    "snapshot-controller",
    "vpc-cni",
  ]),
  source: "https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html",
  date: "2026-11",
};

/** How many minor versions kube-proxy may be older than its cluster; it is never newer. */
export const KUBE_PROXY_SKEW = {
  minors: 3,
  source: "https://kubernetes.io/releases/version-skew-policy/",
  date: "2026-11",
} as const satisfies Fact & { readonly minors: number };

/** First minor version of Kubernetes that EKS has no image of Amazon Linux 2 for. */
export const WITHOUT_AL2 = {
  minor: 33,
  source: "https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html",
  date: "2026-11",
} as const satisfies Fact & { readonly minor: number };

/** What a node group is made of that says nothing: instances and image, both x86. */
export const NODE_GROUP_DEFAULTS = {
  instanceType: "t3.medium",
  architecture: "x86_64",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html",
  date: "2026-11",
} as const satisfies Fact & { readonly instanceType: string; readonly architecture: string };
