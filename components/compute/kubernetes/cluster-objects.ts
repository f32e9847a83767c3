import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../../transform";
import { type KubernetesCluster, objectOptions } from "./cluster";

/** Nodes that EKS makes, patches and removes by itself, as pods need them; 12 % dearer than their instances. */
export interface AutoModeNodes {
  readonly mode: "auto";
  /** Most vCPU of all nodes together: what keeps a runaway autoscaler from spending without end. */
  readonly cpuLimit: number;
  /** True lets every node be on Spot, which gives a pod two minutes' notice. */
  readonly spot: boolean;
}

/** Name of the class of encrypted gp3 volumes. */
export const STORAGE_CLASS = "gp3";
/** Processor architecture of the nodes. */
export const ARCHITECTURE = "arm64";
/** Pods of a higher number push pods of a lower one off a full node; what Kubernetes itself needs is above a billion. */
export const PRIORITIES = {
  critical: { name: "strata-critical", value: 100_000 },
  standard: { name: "strata-standard", value: 1_000 },
} as const;
/** Nodes are replaced after two weeks, so that none is ever far behind in patches. */
const NODE_LIFETIME = "336h";

/** The one pool of nodes that services run on; `system`, which EKS makes, is for add-ons that ask for it. */
export function nodePool(
  name: string,
  { cpuLimit, spot }: AutoModeNodes,
  cluster: KubernetesCluster,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const enforced = new kubernetes.core.v1.ConfigMap(
    `${name}-network-policy`,
    { metadata: { name: "amazon-vpc-cni", namespace: "kube-system" }, data: { "enable-network-policy-controller": "true" } },
    objectOptions(cluster, parent),
  );
  const allowed = (key: string, ...values: string[]) => ({ key, operator: "In", values });
  const pool = new kubernetes.apiextensions.CustomResource(
    `${name}-services`,
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "services" },
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: "default" },
            requirements: [
              allowed("kubernetes.io/arch", ARCHITECTURE),
              allowed("karpenter.sh/capacity-type", ...(spot ? ["spot", "on-demand"] : ["on-demand"])),
              // Types with a trunk interface: pods have security groups of their own, which burstable types can't give them.
              allowed("eks.amazonaws.com/instance-category", "c", "m", "r"),
              { key: "eks.amazonaws.com/instance-generation", operator: "Gt", values: ["6"] },
            ],
            expireAfter: NODE_LIFETIME,
            terminationGracePeriod: "24h",
          },
        },
        limits: { cpu: String(cpuLimit) },
        disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "5m", budgets: [{ nodes: "10%" }] },
      },
    },
    objectOptions(cluster, parent),
  );
  return [enforced, pool];
}

/** What decides whose pods run when there is not room for all. */
export function priorityClasses(name: string, cluster: KubernetesCluster, parent: pulumi.Resource): pulumi.Resource[] {
  return Object.values(PRIORITIES).map(
    ({ name: priority, value }) =>
      new kubernetes.scheduling.v1.PriorityClass(
        `${name}-${priority}`,
        {
          metadata: { name: priority },
          value,
          globalDefault: false,
          description: priority === PRIORITIES.critical.name ? "Services whose failure stops the business" : "Every other service",
        },
        objectOptions(cluster, parent),
      ),
  );
}

/** How volumes are made. */
export interface StorageSettings {
  readonly provisioner: "ebs.csi.eks.amazonaws.com" | "ebs.csi.aws.com";
  /** Key the volumes are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** True keeps a volume whose claim is gone. */
  readonly durable: boolean;
  readonly transform?: Transform<kubernetes.storage.v1.StorageClassArgs>;
}

/** The class of volumes that a claim gets when it names none. */
export function storageClass(
  name: string,
  settings: StorageSettings,
  cluster: KubernetesCluster,
  parent: pulumi.Resource,
): kubernetes.storage.v1.StorageClass {
  return new kubernetes.storage.v1.StorageClass(
    ...bend<kubernetes.storage.v1.StorageClassArgs>(
      settings.transform,
      `${name}-${STORAGE_CLASS}`,
      {
        metadata: { name: STORAGE_CLASS, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: settings.provisioner,
        parameters: {
          type: "gp3",
          encrypted: "true",
          kmsKeyId: settings.keyArn,
          "csi.storage.k8s.io/fstype": "ext4",
        },
        // A disk is in one zone, so it is made in the zone of the pod that first wants it.
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
        reclaimPolicy: settings.durable ? "Retain" : "Delete",
      },
      objectOptions(cluster, parent),
    ),
  );
}
