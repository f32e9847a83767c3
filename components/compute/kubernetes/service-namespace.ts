import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { allowPassage, type Side } from "../../network/passage";
import { type KubernetesCluster, objectOptions } from "./cluster";
import { labelsOf, namespaceOf } from "./names";
import { DENY_ALL, networkPolicySpec, type Traffic } from "./network-policy";
import { type WorkloadPort } from "./workload-spec";

/** A service's name, group and role on AWS. */
export interface ServiceOnAws extends Side {
  readonly roleArn: pulumi.Input<string>;
}

export interface ServiceNamespaceArgs {
  readonly cluster: KubernetesCluster;
  /** The environment's name. */
  readonly environment: string;
  /** Who the service is on AWS; without effect on a cluster elsewhere. Changing its name replaces the namespace and everything in it. */
  readonly identity: ServiceOnAws;
  readonly ports: readonly WorkloadPort[];
  readonly traffic: Traffic;
}

const DNS = 53;

/**
 * The part of a cluster that belongs to one service: its namespace, in which Pod Security refuses whatever is not `restricted`, its service
 * account with its role, and the fences around its pods.
 *
 * Its pods are in the service's own security group (SecurityGroupPolicy), so stores, endpoints and load balancers let a service on EKS in
 * exactly as they let in one on ECS: by its group, and no other pod of the cluster with it.
 *
 * Cost: none.
 */
export class ServiceNamespace extends pulumi.ComponentResource {
  /** Name of the namespace. */
  public readonly name: pulumi.Output<string>;
  public readonly serviceAccount: pulumi.Output<string>;
  /** What a pod waits for: made too late, it would start without its role or in the wrong group. */
  public readonly ready: readonly pulumi.Resource[];

  private readonly service: string;

  constructor(
    private readonly resource: string,
    private readonly args: ServiceNamespaceArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:ServiceNamespace", resource, {}, options);
    this.service = args.identity.name;
    const namespace = this.createNamespace();
    this.name = namespace.metadata.name;
    const account = this.createServiceAccount();
    this.serviceAccount = account.metadata.name;
    this.ready = [...this.createPolicies(), ...this.joinAws()];
    this.registerOutputs({ name: this.name, serviceAccount: this.serviceAccount });
  }

  private metadata(name: string): kubernetes.types.input.meta.v1.ObjectMeta {
    return { name, namespace: this.name, labels: labelsOf(this.service, this.args.environment) };
  }

  private createNamespace(): kubernetes.core.v1.Namespace {
    const { cluster, environment } = this.args;
    const standard = (mode: string) => ({
      [`pod-security.kubernetes.io/${mode}`]: "restricted",
      [`pod-security.kubernetes.io/${mode}-version`]: cluster.podSecurityVersion,
    });
    return new kubernetes.core.v1.Namespace(
      this.resource,
      {
        metadata: {
          name: namespaceOf(this.service),
          labels: {
            ...labelsOf(this.service, environment),
            ...standard("enforce"),
            ...standard("audit"),
            ...standard("warn"),
            ...readinessGate(cluster),
          },
        },
      },
      objectOptions(cluster, this),
    );
  }

  private createServiceAccount(): kubernetes.core.v1.ServiceAccount {
    return new kubernetes.core.v1.ServiceAccount(
      this.resource,
      { metadata: this.metadata(this.service), automountServiceAccountToken: false },
      objectOptions(this.args.cluster, this),
    );
  }

  private createPolicies(): pulumi.Resource[] {
    const { cluster, ports, traffic } = this.args;
    const policy = (name: string, spec: kubernetes.types.input.networking.v1.NetworkPolicySpec) =>
      new kubernetes.networking.v1.NetworkPolicy(
        `${this.resource}-${name}`,
        { metadata: this.metadata(name), spec },
        objectOptions(cluster, this),
      );
    return [policy("deny-all", DENY_ALL), policy("declared", networkPolicySpec(this.service, ports, traffic, cluster))];
  }

  /** Gives the pods their role and their security group. */
  private joinAws(): pulumi.Resource[] {
    const { cluster, identity, ports } = this.args;
    if (!cluster.aws) return [];
    const role = new aws.eks.PodIdentityAssociation(
      this.resource,
      { clusterName: cluster.aws.name, namespace: this.name, serviceAccount: this.serviceAccount, roleArn: identity.roleArn },
      { parent: this },
    );
    const group = new kubernetes.apiextensions.CustomResource(
      this.resource,
      {
        apiVersion: "vpcresources.k8s.aws/v1beta1",
        kind: "SecurityGroupPolicy",
        metadata: this.metadata(this.service),
        spec: { podSelector: {}, securityGroups: { groupIds: [identity.securityGroupId] } },
      },
      objectOptions(cluster, this),
    );
    const [first] = ports;
    return [
      role,
      group,
      ...this.allowDns(cluster.aws.nodes),
      // The kubelet's probes come from the node.
      ...(first ? allowPassage(cluster.aws.nodes, identity, first.port, this) : []),
    ];
  }

  /** The cluster's DNS answers from its nodes' group, over UDP and, for long answers, over TCP. */
  private allowDns(nodes: Side): pulumi.Resource[] {
    const { identity } = this.args;
    const description = `${identity.name} may resolve names`;
    const udp = { ipProtocol: "udp", fromPort: DNS, toPort: DNS, description };
    const name = `${nodes.name}-from-${identity.name}-${DNS}-udp`;
    return [
      ...allowPassage(identity, nodes, DNS, this),
      new aws.vpc.SecurityGroupIngressRule(
        name,
        { securityGroupId: nodes.securityGroupId, referencedSecurityGroupId: identity.securityGroupId, ...udp },
        { parent: this },
      ),
      new aws.vpc.SecurityGroupEgressRule(
        name,
        { securityGroupId: identity.securityGroupId, referencedSecurityGroupId: nodes.securityGroupId, ...udp },
        { parent: this },
      ),
    ];
  }
}

/** A pod counts as ready only once its load balancer sends to it, so that a deployment never leaves a target group without targets. */
function readinessGate({ aws: onAws }: KubernetesCluster): Record<string, string> {
  if (!onAws) return {};
  const [group] = onAws.targetGroupBinding.split("/");
  return { [`${group}/pod-readiness-gate-inject`]: "enabled" };
}
