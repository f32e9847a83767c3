/**
 * The kinds that EKS adds to an API server. AWS does not publish all of their schemas, so a test's API server takes any `spec`: it checks
 * that objects stand in the right namespace and group, not what is in them.
 */
const KINDS = [
  { group: "karpenter.sh", version: "v1", kind: "NodePool", plural: "nodepools", scope: "Cluster" },
  { group: "eks.amazonaws.com", version: "v1", kind: "TargetGroupBinding", plural: "targetgroupbindings", scope: "Namespaced" },
  { group: "elbv2.k8s.aws", version: "v1beta1", kind: "TargetGroupBinding", plural: "targetgroupbindings", scope: "Namespaced" },
  { group: "vpcresources.k8s.aws", version: "v1beta1", kind: "SecurityGroupPolicy", plural: "securitygrouppolicies", scope: "Namespaced" },
] as const;

export const EKS_KINDS = KINDS.map(({ group, version, kind, plural, scope }) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope,
    names: { kind, plural, singular: kind.toLowerCase() },
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
}));
