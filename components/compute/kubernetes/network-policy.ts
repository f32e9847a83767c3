import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type KubernetesCluster } from "./cluster";
import { namespaceOf, selectorOf } from "./names";
import { type WorkloadPort } from "./workload-spec";

type NetworkPolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec;
type IngressRule = kubernetes.types.input.networking.v1.NetworkPolicyIngressRule;
type EgressRule = kubernetes.types.input.networking.v1.NetworkPolicyEgressRule;
type Peer = kubernetes.types.input.networking.v1.NetworkPolicyPeer;

/** Who may reach a service's pods and whom they may reach: what its descriptor says, and nothing else. */
export interface Traffic {
  /** Services of the same cluster that call it. */
  readonly callers: readonly string[];
  /** True when a load balancer sends to it. */
  readonly balanced: boolean;
  /** Services of the same cluster that it calls, with their ports. */
  readonly calls: readonly { readonly service: string; readonly ports: readonly number[] }[];
  /** Ports on which it reaches addresses of the VPC that are no pods: stores and interface endpoints. */
  readonly vpcPorts: readonly { readonly port: pulumi.Input<number>; readonly protocol: "TCP" | "UDP" }[];
  /** True when it opens HTTPS connections to addresses outside the VPC. */
  readonly internet: boolean;
}

const DNS = 53;
const HTTPS = 443;
/** Address that a pod gets its role's credentials from: EKS user guide, "Learn how EKS Pod Identity grants pods access" (2026-11). */
const POD_IDENTITY = { address: "169.254.170.23/32", port: 80 };
/** Addresses that are nobody's on the internet. */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"];

/** Lets nothing in or out of any pod of a namespace. */
export const DENY_ALL: NetworkPolicySpec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

function pods(service: string): Peer {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespaceOf(service) } },
    podSelector: { matchLabels: selectorOf(service) },
  };
}

function tcp(port: pulumi.Input<number>) {
  return { protocol: "TCP", port };
}

/**
 * What one service's pods may do on the network. It is the second fence: on AWS the service's security group is the first, and names stores
 * and load balancers exactly, where a NetworkPolicy knows only addresses.
 */
export function networkPolicySpec(
  service: string,
  ports: readonly WorkloadPort[],
  traffic: Traffic,
  cluster: KubernetesCluster,
): NetworkPolicySpec {
  return {
    podSelector: { matchLabels: selectorOf(service) },
    policyTypes: ["Ingress", "Egress"],
    ingress: ingress(ports, traffic, cluster),
    egress: egress(traffic, cluster),
  };
}

function ingress(ports: readonly WorkloadPort[], { callers, balanced }: Traffic, { aws }: KubernetesCluster): IngressRule[] {
  const balancers: Peer[] = balanced ? [{ ipBlock: { cidr: aws?.vpcCidr ?? "0.0.0.0/0" } }] : [];
  const from = [...callers.map(pods), ...balancers];
  // An empty `from` would mean everybody.
  return from.length === 0 || ports.length === 0 ? [] : [{ from, ports: ports.map(({ port }) => tcp(port)) }];
}

function egress({ calls, vpcPorts, internet }: Traffic, cluster: KubernetesCluster): EgressRule[] {
  const { aws } = cluster;
  return [
    ...basicEgress(cluster),
    ...calls.map(({ service, ports }) => ({ to: [pods(service)], ports: ports.map(tcp) })),
    ...(aws && vpcPorts.length > 0 ? [{ to: [{ ipBlock: { cidr: aws.vpcCidr } }], ports: [...vpcPorts] }] : []),
    ...(internet ? [HTTPS_OUT] : []),
  ];
}

/** What every pod may do: resolve names, and on AWS get its role's credentials. */
export function basicEgress({ aws }: KubernetesCluster): EgressRule[] {
  const dns: Peer[] = [
    { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
    // Auto Mode answers DNS on the node itself, which no pod selector matches.
    ...(aws ? [{ ipBlock: { cidr: `${aws.dnsAddress}/32` } }, { ipBlock: { cidr: aws.vpcCidr } }] : []),
  ];
  return [
    { to: dns, ports: [{ protocol: "UDP", port: DNS }, tcp(DNS)] },
    ...(aws ? [{ to: [{ ipBlock: { cidr: POD_IDENTITY.address } }], ports: [tcp(POD_IDENTITY.port)] }] : []),
  ];
}

/** TCP to whatever is not private, on some ports. */
export function internetOut(ports: readonly number[]): EgressRule {
  return { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: PRIVATE_RANGES } }], ports: ports.map(tcp) };
}

/** HTTPS to whatever is not private. */
export const HTTPS_OUT = internetOut([HTTPS]);
