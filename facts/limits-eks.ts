import { type Ec2Type } from "./ec2-types";
import { type Limit } from "./row";

/** What Amazon EKS allows. */
export const EKS_LIMITS = {
  /** Most pods on a node with up to 30 vCPU, however many addresses it has. */
  podsPerNode: {
    value: 110,
    unit: "count",
    adjustable: false,
    source: "https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html",
    date: "2026-11",
  },
  /** Zones that the subnets of a cluster are in, at least. */
  zones: {
    value: 2,
    unit: "count",
    adjustable: false,
    source: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    date: "2026-11",
  },
  /** Most data of one ConfigMap. */
  configMap: {
    value: 1,
    unit: "MiB",
    adjustable: false,
    source: "https://kubernetes.io/docs/concepts/configuration/configmap/",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** Pods that fit a node whose interfaces are given single addresses: ENIs × (addresses − 1) + 2, such as 29 for m7g.large. */
export function podsByAddress(type: Pick<Ec2Type, "enis" | "ipv4PerEni">): number {
  return type.enis * (type.ipv4PerEni - 1) + 2;
}

const ADDRESSES_PER_PREFIX = 16;

/** Pods that fit a node whose interfaces are given prefixes of 16 addresses: 110 for all but the smallest. */
export function podsByPrefix(type: Pick<Ec2Type, "enis" | "ipv4PerEni">): number {
  return Math.min(EKS_LIMITS.podsPerNode.value, type.enis * (type.ipv4PerEni - 1) * ADDRESSES_PER_PREFIX + 2);
}
