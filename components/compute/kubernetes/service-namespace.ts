import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type KubernetesCluster, objectOptions } from "./cluster";
import { createNamespace } from "./namespace";
import { labelsOf, namespaceOf } from "./names";
import { DENY_ALL, networkPolicySpec, type Traffic } from "./network-policy";
import { joinAws, type PodsIdentity } from "./pods-on-aws";
import { type WorkloadPort } from "./workload-spec";

export interface ServiceNamespaceArgs {
  readonly cluster: KubernetesCluster;
  /** The environment's name. */
  readonly environment: string;
  /** Who the service is on AWS; without effect on a cluster elsewhere. Changing its name replaces the namespace and everything in it. */
  readonly identity: PodsIdentity;
  readonly ports: readonly WorkloadPort[];
  readonly traffic: Traffic;
}

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
    const labels = labelsOf(this.service, environment);
    return createNamespace(this.resource, { cluster, name: namespaceOf(this.service), labels, level: "restricted" }, this);
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
    // The kubelet's probes come to the first port.
    const probed = ports.slice(0, 1).map(({ port }) => port);
    return joinAws(
      this.resource,
      {
        cluster,
        identity,
        namespace: this.name,
        metadata: { name: this.service, labels: labelsOf(this.service, this.args.environment) },
        serviceAccount: this.serviceAccount,
        pods: {},
        probed,
      },
      this,
    );
  }
}
