import type * as pulumi from "@pulumi/pulumi";
import { type Lasting } from "../../platform-context";
import { type Instrumentation, type Sidecar } from "../../visibility/telemetry";

/** A port that a service's containers listen on. */
export interface WorkloadPort {
  /** Name of the port, unique in the service; at most 15 characters. */
  readonly name: string;
  readonly port: number;
  readonly protocol: "http" | "tcp";
}

/** A disk that follows a pod. */
export interface PersistentVolume {
  readonly path: string;
  /** MiB. */
  readonly size: number;
}

/** What runs in a service's pods, in no cluster's words yet. */
export interface WorkloadSpec extends Lasting {
  /** Name of the service; a DNS label. */
  readonly name: string;
  readonly environment: string;
  /** Image with a tag or digest. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly ports: readonly WorkloadPort[];
  /** Path that answers 200 when a pod can serve; absent for a service that does not speak HTTP. */
  readonly health?: string;
  /** Milliseconds from a pod's start to its first answer. */
  readonly start: number;
  /** Directories a container may write to; what is there is gone with the pod. */
  readonly writable: readonly string[];
  /** vCPU and MiB of memory of a pod. */
  readonly size: { readonly cpu: number; readonly memory: number };
  readonly copies: { readonly minimum: number; readonly maximum: number };
  /** True when its failure stops the business: its pods may push others off a full node. */
  readonly critical: boolean;
  /** Services a pod of which must be on its host. */
  readonly together: readonly string[];
  /** Services no pod of which may be on its host; its own name keeps its pods on hosts of their own. */
  readonly apart: readonly string[];
  /** Containers beside its own, which start before it and end after it. Default: none. */
  readonly sidecars?: readonly Sidecar[];
  /** Agent that instruments it. Default: none. */
  readonly instrumentation?: Instrumentation;
  /** Variable that holds the address of its node. Default: none. */
  readonly nodeAddressVariable?: string;
  /** True when its pods must be on as many hosts as they can, because another service's pods each want one of those hosts. */
  readonly manyHosts: boolean;
}

/** Whether no two pods of the service may share a host. */
export function spreadsItself(spec: Pick<WorkloadSpec, "name" | "apart">): boolean {
  return spec.apart.includes(spec.name);
}
