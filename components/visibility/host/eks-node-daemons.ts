import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ClusterOnAws, type KubernetesCluster, objectOptions } from "../../compute/kubernetes/cluster";
import { LABELS, labelsOf, selectorOf } from "../../compute/kubernetes/names";
import { BECAUSE, fencedNamespace } from "../../compute/kubernetes/namespace";
import { basicEgress, HTTPS_OUT } from "../../compute/kubernetes/network-policy";
import { podIdentity } from "../../compute/kubernetes/pods-on-aws";
import { policyDocument, trustPolicy } from "../../iam";
import { type Network } from "../../network/network";
import { type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { configFiles, secretFiles } from "./eks-files";
import { podContainer, scratchVolumes } from "./eks-pod";
import { EksProgram } from "./eks-program";
import { CONFIG_HASH } from "./eks-workload";
import { httpsReasons, roleStatements, usesGateway } from "./host-identity";
import { type NodeDaemon, type NodeDaemons, type RunningDaemon } from "./node-daemon";
import { NodePassages } from "./node-passages";
import { requireDaemon } from "./program-checks";

type SecurityContext = kubernetes.types.input.core.v1.SecurityContext;
type VolumeMount = kubernetes.types.input.core.v1.VolumeMount;
type Volume = kubernetes.types.input.core.v1.Volume;
type EgressRule = kubernetes.types.input.networking.v1.NetworkPolicyEgressRule;

export interface EksNodeDaemonsArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly cluster: KubernetesCluster & { readonly aws: ClusterOnAws };
  /** Key that the secrets of `secretFiles` are encrypted with. */
  readonly secretKeyArn: pulumi.Input<string>;
  readonly transform?: { readonly daemonSet?: Transform<kubernetes.apps.v1.DaemonSetArgs> };
}

/** Namespace of what runs on every node: the only one whose pods may have more than a service. */
export const DAEMON_NAMESPACE = "strata-nodes";
/** Where a node keeps what a daemon wants to find again. */
const KEPT = "/var/lib/strata";
const HTTPS = 443;

/**
 * Runs agents on every node of the environment's EKS cluster, whatever a node is tainted with. Their namespace is the only one at Pod
 * Security's `privileged`: an agent that looks after a node must see it. It has no more than it asks for, and writes to its own directories only.
 *
 * The pods have no group of their own: they are the node's, and one that shares the node's network can't have another.
 *
 * Cost: the CPU and memory that they take of every node.
 */
export class EksNodeDaemons extends pulumi.ComponentResource implements NodeDaemons {
  public readonly kind = "eks";

  private readonly fence: readonly pulumi.Resource[];
  private readonly passages = new NodePassages();

  constructor(
    name: string,
    private readonly args: EksNodeDaemonsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EksNodeDaemons", name, {}, options);
    const labels = labelsOf(name, args.context.environment);
    const because = "its pods look after the node that they run on";
    this.fence = fencedNamespace(name, { cluster: args.cluster, name: DAEMON_NAMESPACE, labels, level: "privileged", because }, this);
    this.registerOutputs({});
  }

  /** @throws {ConfigError} with what nothing could run on every node. */
  run(daemon: NodeDaemon, parent: pulumi.Resource): RunningDaemon {
    requireDaemon(daemon);
    const nodes = [this.args.cluster.aws.nodes];
    const running = new EksNodeDaemon(daemon.name, { ...this.args, daemon, fence: this.fence, passages: this.passages }, { parent });
    return { nodes, ready: [running.daemonSet] };
  }
}

interface EksNodeDaemonArgs extends EksNodeDaemonsArgs {
  readonly daemon: NodeDaemon;
  readonly fence: readonly pulumi.Resource[];
  readonly passages: NodePassages;
}

/**
 * One agent on every node of a cluster.
 *
 * Cost: the CPU and memory that it takes of every node.
 */
class EksNodeDaemon extends pulumi.ComponentResource {
  readonly daemonSet: kubernetes.apps.v1.DaemonSet;

  constructor(
    private readonly name: string,
    private readonly args: EksNodeDaemonArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EksNodeDaemon", name, {}, options);
    const statements = roleStatements(args.daemon, args.secretKeyArn);
    const https = httpsReasons(args.daemon, statements, args.network).length > 0 || usesGateway(statements);
    const account = this.createServiceAccount();
    const role = statements.length > 0 ? this.createRole(account, policyDocument(statements)) : [];
    this.daemonSet = this.createDaemonSet(account, [...args.fence, ...role, ...this.letOut(), this.fencePods(https)]);
    this.registerOutputs({});
  }

  private get metadata() {
    const { context, daemon } = this.args;
    return {
      name: this.name,
      namespace: DAEMON_NAMESPACE,
      labels: { ...labelsOf(this.name, context.environment), ...(daemon.kept !== undefined && { [LABELS.store]: "true" }) },
    };
  }

  private createServiceAccount(): kubernetes.core.v1.ServiceAccount {
    const { cluster, fence } = this.args;
    return new kubernetes.core.v1.ServiceAccount(
      this.name,
      { metadata: this.metadata, automountServiceAccountToken: false },
      objectOptions(cluster, this, fence),
    );
  }

  private createRole(account: kubernetes.core.v1.ServiceAccount, policy: pulumi.Output<string>): pulumi.Resource[] {
    const { context, cluster } = this.args;
    const role = new aws.iam.Role(
      this.name,
      { description: `What ${this.name} itself may do`, assumeRolePolicy: trustPolicy("pods.eks.amazonaws.com", context.accountId) },
      { parent: this },
    );
    const pods = { namespace: DAEMON_NAMESPACE, serviceAccount: account.metadata.name, roleArn: role.arn };
    return [new aws.iam.RolePolicy(this.name, { role: role.name, policy }, { parent: this }), podIdentity(this.name, cluster, pods, this)];
  }

  private called(): { readonly program: EksProgram; readonly port: number }[] {
    return this.args.daemon.calls.map(({ to, port }) => {
      if (!(to instanceof EksProgram)) throw new Error(`daemon ${this.name} calls ${to.name}, which does not run on the same cluster`);
      return { program: to, port };
    });
  }

  /** Lets the nodes out to what the daemon connects to, and in there. */
  private letOut(): pulumi.Resource[] {
    const { cluster, daemon, passages } = this.args;
    const nodes = [cluster.aws.nodes];
    return [
      ...passages.openEndpoints(nodes, this.name, daemon.endpoints, this),
      ...this.called().flatMap(({ program, port }) => {
        const { sides, protocol } = program.targets(port);
        return [...sides.flatMap((side) => passages.open(nodes, side, port, protocol, this)), program.admitNodes(this.name, port, this)];
      }),
    ];
  }

  /** Holds for a daemon without the node's network: no policy stands before a node itself. */
  private fencePods(https: boolean): kubernetes.networking.v1.NetworkPolicy {
    const { cluster, network, daemon, fence } = this.args;
    const vpc = [{ ipBlock: { cidr: cluster.aws.vpcCidr } }];
    const port = (number: number, protocol: "tcp" | "udp") => ({ protocol: protocol.toUpperCase(), port: number });
    const targets = [
      ...daemon.endpoints.map((endpoint) => port(endpoint.port, endpoint.protocol ?? "tcp")),
      ...this.called().map(({ program, port: number }) => program.policyPort(number)),
      ...(network.endpointSecurityGroupId ? [port(HTTPS, "tcp")] : []),
    ];
    const egress: EgressRule[] = [
      ...basicEgress(cluster),
      ...(targets.length > 0 ? [{ to: vpc, ports: targets }] : []),
      ...(https ? [HTTPS_OUT] : []),
    ];
    const ingress = daemon.ports.length > 0 ? [{ from: vpc, ports: daemon.ports.map((own) => port(own.port, own.protocol)) }] : [];
    return new kubernetes.networking.v1.NetworkPolicy(
      this.name,
      {
        metadata: this.metadata,
        spec: { podSelector: { matchLabels: selectorOf(this.name) }, policyTypes: ["Ingress", "Egress"], ingress, egress },
      },
      objectOptions(cluster, this, fence),
    );
  }

  private createDaemonSet(account: kubernetes.core.v1.ServiceAccount, ready: readonly pulumi.Resource[]): kubernetes.apps.v1.DaemonSet {
    const { context, cluster, daemon, transform } = this.args;
    const { metadata } = this;
    const files = configFiles(this.name, daemon.files, { cluster, namespace: DAEMON_NAMESPACE, labels: metadata.labels }, this);
    const securityContext = this.securityContext();
    const secrets = secretFiles(daemon.secretFiles ?? {}, context.region, { ...securityContext, capabilities: { drop: ["ALL"] } });
    const host = this.hostVolumes();
    const env = daemon.nodeNameVariable ? [{ name: daemon.nodeNameVariable, valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }] : [];
    const mounts = [...host.mounts, ...files.mounts, ...secrets.mounts];
    return new kubernetes.apps.v1.DaemonSet(
      ...bend<kubernetes.apps.v1.DaemonSetArgs>(
        transform?.daemonSet,
        this.name,
        {
          metadata: { ...metadata, annotations: { [BECAUSE]: `${this.name} looks after the node that it runs on` } },
          spec: {
            selector: { matchLabels: selectorOf(this.name) },
            updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
            template: {
              metadata: { labels: metadata.labels, annotations: { [CONFIG_HASH]: files.hash } },
              spec: {
                serviceAccountName: account.metadata.name,
                // Nothing here calls the Kubernetes API; the role's credentials come from Pod Identity with a token of their own.
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                hostPID: daemon.hostPid,
                hostNetwork: daemon.hostNetwork,
                // Names of the cluster mean nothing to a node.
                ...(daemon.hostNetwork && { dnsPolicy: "ClusterFirstWithHostNet" }),
                ...(cluster.priorities && { priorityClassName: cluster.priorities.critical }),
                tolerations: [{ operator: "Exists" }],
                securityContext: { seccompProfile: { type: "RuntimeDefault" } },
                ...(secrets.fetch.length > 0 && { initContainers: [...secrets.fetch] }),
                containers: [podContainer(daemon, { securityContext, mounts, env, onNode: true })],
                volumes: [...scratchVolumes([daemon]), ...host.volumes, ...files.volumes, ...secrets.volumes],
              },
            },
          },
        },
        objectOptions(cluster, this, [...ready, ...files.ready]),
      ),
    );
  }

  private securityContext(): SecurityContext {
    const { user = 0, capabilities } = this.args.daemon;
    return {
      runAsUser: user,
      runAsNonRoot: user !== 0,
      privileged: false,
      readOnlyRootFilesystem: true,
      // Kubernetes refuses capabilities without it ("SecurityContext", 2026-11).
      allowPrivilegeEscalation: capabilities.length > 0,
      capabilities: { drop: ["ALL"], ...(capabilities.length > 0 && { add: [...capabilities] }) },
    };
  }

  private hostVolumes(): { readonly volumes: Volume[]; readonly mounts: VolumeMount[] } {
    const { hostPaths, kept } = this.args.daemon;
    return {
      volumes: [
        ...hostPaths.map(({ hostPath }, index) => ({ name: `host-${index}`, hostPath: { path: hostPath } })),
        ...(kept === undefined ? [] : [{ name: "kept", hostPath: { path: `${KEPT}/${this.name}`, type: "DirectoryOrCreate" } }]),
      ],
      mounts: [
        ...hostPaths.map(({ containerPath: mountPath }, index) => ({ name: `host-${index}`, mountPath, readOnly: true })),
        ...(kept === undefined ? [] : [{ name: "kept", mountPath: kept }]),
      ],
    };
  }
}
