import { type Ec2Type } from "./ec2-types";
import { type Limit } from "./row";

/** What Amazon EKS allows. */
export const EKS_LIMITS = {
  /** Pods on a node with up to 30 vCPU whose interfaces are given address prefixes. */
  podsPerNodeWithPrefixes: {
    value: 110,
    unit: "count",
    adjustable: false,
    source: "https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** Pods that fit a node whose interfaces are given single addresses: ENIs × (addresses − 1) + 2, such as 29 for m7g.large. */
export function podsPerNode(type: Pick<Ec2Type, "enis" | "ipv4PerEni">): number {
  return type.enis * (type.ipv4PerEni - 1) + 2;
}
