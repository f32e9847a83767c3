import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { bindTargets, clusterService } from "../../compute/kubernetes/balanced-service";
import { type ClusterOnAws, type KubernetesCluster, objectOptions } from "../../compute/kubernetes/cluster";
import { LABELS, labelsOf, podHost, selectorOf } from "../../compute/kubernetes/names";
import { basicEgress, internetOut } from "../../compute/kubernetes/network-policy";
import { joinAws } from "../../compute/kubernetes/pods-on-aws";
import { type Network } from "../../network/network";
import { allowPassage, type Side } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { ServiceIdentity } from "../../service/identity";
import { eksWorkload, type EksWorkloadSpec } from "./eks-workload";
import { type Hosted, type HostedPort, type HostedProgram } from "./host";
import { type HostBalancer } from "./host-balancer";
import { httpsReasons, outwardPorts, roleStatements, usesGateway } from "./host-identity";
import { healthPorts, portsOf, publishedPorts } from "./program-checks";

type NetworkPolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

export interface EksProgramArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly cluster: KubernetesCluster & { readonly aws: ClusterOnAws };
  /** Namespace of all programs, and what makes it a fence. Changing its name replaces everything in it. */
  readonly namespace: { readonly name: string; readonly ready: readonly pulumi.Resource[] };
  readonly program: HostedProgram;
  /** Key that secrets are encrypted with. */
  readonly secretKeyArn: pulumi.Input<string>;
  /** Load balancer with room for some ports; made when it is first asked for. */
  readonly balancer: (ports: readonly HostedPort[]) => HostBalancer;
  readonly transform?: EksWorkloadSpec["transform"];
}

const HTTPS = 443;

/**
 * A program of the visibility layer on EKS: a StatefulSet with a gp3 volume a pod where it has storage, else a Deployment. Its pods are in a
 * security group of their own, have a role of their own, and satisfy Pod Security's `restricted`.
 *
 * Cost: its share of the cluster's nodes, and 0.08 USD a GB-month of gp3 in us-east-1 (Amazon EBS pricing, 2026-11).
 */
export class EksProgram extends pulumi.ComponentResource implements Hosted {
  public readonly address: pulumi.Output<string>;
  public readonly copies: readonly pulumi.Output<string>[];
  public readonly securityGroupId: pulumi.Output<string> | undefined;
  public readonly ready: readonly pulumi.Resource[];

  private readonly program: HostedProgram;
  private readonly identity: ServiceIdentity;
  private readonly service: kubernetes.core.v1.Service | undefined;
  private readonly balancer: HostBalancer | undefined;
  private readonly listening = new Set<string>();

  constructor(
    public readonly name: string,
    private readonly args: EksProgramArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EksProgram", name, {}, options);
    const { program, namespace } = args;
    this.program = program;
    const statements = roleStatements(program, args.secretKeyArn);
    const reasons = httpsReasons(program, statements, args.network);
    const internetPorts = outwardPorts(program, reasons);
    this.identity = new ServiceIdentity(
      name,
      { context: args.context, network: args.network, runsAs: "pods.eks.amazonaws.com", internetReasons: reasons, internetPorts },
      { parent: this },
    );
    const granted = this.identity.grant(statements);
    const account = this.createServiceAccount();
    const fences = this.fence(account, [...new Set([...internetPorts, ...(usesGateway(statements) ? [HTTPS] : [])])]);
    this.service = this.createService();
    this.balancer = this.publish();
    const calls = [...this.call(), ...this.admitPeers()];
    const registered = this.register();
    const ready = [...namespace.ready, ...granted, ...fences, ...calls, ...registered, ...(program.ready ?? [])];
    const workload = eksWorkload(
      name,
      {
        ...args,
        namespace: namespace.name,
        labels: this.labels,
        serviceAccount: account.metadata.name,
        headless: this.headlessName,
        ready,
      },
      this,
    );
    this.securityGroupId = this.balancer?.securityGroupId;
    this.address = this.balancer?.dnsName ?? pulumi.output(`${name}.${namespace.name}.svc.cluster.local`);
    this.copies = program.storage ? copyHosts(program, namespace.name) : [];
    this.ready = [workload];
    this.registerOutputs({ address: this.address, securityGroupId: this.securityGroupId });
  }

  /**
   * What a client of a port is let out to: the pods by their name in the cluster and, for a program with published ports, the load balancer,
   * which from then on listens on the port.
   * @throws {Error} when no container listens on the port.
   */
  targets(number: number): { readonly sides: readonly Side[]; readonly protocol: "tcp" | "udp" } {
    const { protocol } = this.port(number);
    return { sides: [this.identity, ...(this.balancer ? [this.listen(this.balancer, number)] : [])], protocol };
  }

  /** Lets another program connect to some ports. The rules belong to the caller. */
  private admit(caller: EksProgram, ports: readonly number[]): pulumi.Resource[] {
    return [
      ...ports.flatMap((port) => {
        const { sides, protocol } = this.targets(port);
        return sides.flatMap((side) => allowPassage(caller.identity, side, port, caller, protocol));
      }),
      caller.networkPolicy(`${this.name}-from-${caller.name}`, {
        podSelector: { matchLabels: selectorOf(this.name) },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: selectorOf(caller.name) } }],
            ports: ports.map((port) => this.policyPort(port)),
          },
        ],
      }),
    ];
  }

  /** Lets a daemon of the cluster's nodes connect to a port: it has a node's address, which no selector of pods matches. The rule belongs to `parent`. */
  admitNodes(daemon: string, port: number, parent: pulumi.Resource): pulumi.Resource {
    const spec: NetworkPolicySpec = {
      podSelector: { matchLabels: selectorOf(this.name) },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: this.args.cluster.aws.vpcCidr } }], ports: [this.policyPort(port)] }],
    };
    return this.networkPolicy(`${this.name}-${port}-from-${daemon}`, spec, parent);
  }

  /** What a program that calls this one on some ports must be let out to. */
  private egressTo(ports: readonly number[]): kubernetes.types.input.networking.v1.NetworkPolicyEgressRule[] {
    const all = ports.map((port) => this.policyPort(port));
    return [
      { to: [{ podSelector: { matchLabels: selectorOf(this.name) } }], ports: all },
      ...(this.balancer ? [{ to: [{ ipBlock: { cidr: this.args.cluster.aws.vpcCidr } }], ports: all }] : []),
    ];
  }

  private port(number: number): HostedPort {
    const found = portsOf(this.program).find(({ port }) => port === number);
    if (!found) throw new Error(`program ${this.name} does not listen on ${number}`);
    return found;
  }

  /** A port as a NetworkPolicy spells it. */
  policyPort(number: number): { readonly protocol: string; readonly port: number } {
    return { protocol: this.port(number).protocol.toUpperCase(), port: number };
  }

  private get headlessName(): string {
    return headlessNameOf(this.name);
  }

  private get labels(): Record<string, string> {
    const { program, args } = this;
    return { ...labelsOf(this.name, args.context.environment), ...(program.storage && { [LABELS.store]: "true" }) };
  }

  private metadata(name: string): { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> } {
    return { name, namespace: this.args.namespace.name, labels: this.labels };
  }

  private networkPolicy(name: string, spec: NetworkPolicySpec, parent: pulumi.Resource = this): kubernetes.networking.v1.NetworkPolicy {
    const { cluster, namespace } = this.args;
    return new kubernetes.networking.v1.NetworkPolicy(
      name,
      { metadata: this.metadata(name), spec },
      objectOptions(cluster, parent, namespace.ready),
    );
  }

  private createServiceAccount(): kubernetes.core.v1.ServiceAccount {
    const { cluster, namespace } = this.args;
    return new kubernetes.core.v1.ServiceAccount(
      this.name,
      { metadata: this.metadata(this.name), automountServiceAccountToken: false },
      objectOptions(cluster, this, namespace.ready),
    );
  }

  /** Who may reach the pods and whom they may reach, beside the programs that they call: by their group, and by addresses. */
  private fence(account: kubernetes.core.v1.ServiceAccount, outward: readonly number[]): pulumi.Resource[] {
    const { cluster, network, namespace } = this.args;
    const { published = [], targets = [], groups = [] } = this.program;
    const reached = [...published, ...targets.map(({ port }) => port)];
    const reaches = groups.flatMap(({ ports }) => ports);
    const vpc = [{ ipBlock: { cidr: cluster.aws.vpcCidr } }];
    return [
      this.networkPolicy(`${this.name}-declared`, {
        podSelector: { matchLabels: selectorOf(this.name) },
        policyTypes: ["Ingress", "Egress"],
        ingress: reached.length > 0 ? [{ from: vpc, ports: reached.map((port) => this.policyPort(port)) }] : [],
        egress: [
          ...basicEgress(cluster),
          ...(network.endpointSecurityGroupId ? [{ to: vpc, ports: [{ protocol: "TCP", port: HTTPS }] }] : []),
          ...(reaches.length > 0 ? [{ to: vpc, ports: reaches.map((port) => ({ protocol: "TCP", port })) }] : []),
          ...(outward.length > 0 ? [internetOut(outward)] : []),
        ],
      }),
      ...joinAws(
        this.name,
        {
          cluster,
          identity: this.identity,
          namespace: namespace.name,
          metadata: { name: this.name, labels: this.labels },
          serviceAccount: account.metadata.name,
          pods: selectorOf(this.name),
          probed: healthPorts(this.program),
          groups: groups.map(({ securityGroupId }) => securityGroupId),
        },
        this,
      ),
    ];
  }

  private createService(): kubernetes.core.v1.Service | undefined {
    const { cluster, namespace, context, program } = this.args;
    const ports = portsOf(program);
    if (ports.length === 0) return undefined;
    return clusterService(this.name, this.name, context.environment, ports, cluster, namespace, "ClusterIP", this);
  }

  /** Puts the pods behind the load balancers of others. */
  private register(): pulumi.Resource[] {
    const { service, name } = this;
    return (this.program.targets ?? []).map(({ port, group }) => {
      if (!service) throw new Error(`program ${name} is behind a load balancer and listens on no port`);
      return bindTargets(`${name}-${port}-targets`, { group, service, port: this.port(port) }, this.args.cluster, this);
    });
  }

  private publish(): HostBalancer | undefined {
    const ports = publishedPorts(this.program);
    if (ports.length === 0) return undefined;
    const balancer = this.args.balancer(ports);
    for (const { port } of ports) this.listen(balancer, port);
    return balancer;
  }

  /** Makes the load balancer listen on a port, once. */
  private listen(balancer: HostBalancer, number: number): Side {
    const port = this.port(number);
    const [healthPort] = healthPorts(this.program);
    if (!this.service || healthPort === undefined) throw new Error(`program ${this.name} has nothing that shows its health`);
    if (!this.listening.has(port.name)) {
      this.listening.add(port.name);
      const { cluster, network } = this.args;
      const to = this.identity;
      balancer.listen(
        `${this.name}-${port.name}`,
        { cluster, service: this.service, to, port, healthPort: port.protocol === "udp" ? healthPort : number, vpcId: network.vpcId },
        this,
      );
    }
    return balancer.side;
  }

  /** Lets the copies reach each other. */
  private admitPeers(): pulumi.Resource[] {
    const { peerPorts = [] } = this.program;
    if (peerPorts.length === 0) return [];
    const peers = [{ podSelector: { matchLabels: selectorOf(this.name) } }];
    const ports = peerPorts.map((port) => this.policyPort(port));
    return [
      ...peerPorts.flatMap((port) => allowPassage(this.identity, this.identity, port, this, this.port(port).protocol)),
      this.networkPolicy(`${this.name}-peers`, {
        podSelector: { matchLabels: selectorOf(this.name) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: peers, ports }],
        egress: [{ to: peers, ports }],
      }),
    ];
  }

  /** Lets the program out to, and in at, those it calls. */
  private call(): pulumi.Resource[] {
    const called = new Map<EksProgram, Set<number>>();
    for (const { to, port } of this.program.calls ?? []) {
      if (!(to instanceof EksProgram)) throw new Error(`program ${this.name} calls ${to.name}, which does not run on the same host`);
      called.set(to, (called.get(to) ?? new Set()).add(port));
    }
    if (called.size === 0) return [];
    return [
      ...[...called].flatMap(([to, ports]) => to.admit(this, [...ports])),
      this.networkPolicy(`${this.name}-calls`, {
        podSelector: { matchLabels: selectorOf(this.name) },
        policyTypes: ["Egress"],
        egress: [...called].flatMap(([to, ports]) => to.egressTo([...ports])),
      }),
    ];
  }
}

function headlessNameOf(program: string): string {
  return `${program}-pods`;
}

/** DNS names of the copies of a program with storage. */
export function copyHosts({ name, replicas }: Pick<HostedProgram, "name" | "replicas">, namespace: string): pulumi.Output<string>[] {
  return Array.from({ length: replicas }, (_, index) => pulumi.output(podHost(name, index, headlessNameOf(name), namespace)));
}
