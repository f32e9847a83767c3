import * as pulumi from "@pulumi/pulumi";
import { clusterTag } from "../../compute/kubernetes/balanced-service";
import { type ClusterOnAws, type KubernetesCluster } from "../../compute/kubernetes/cluster";
import { labelsOf } from "../../compute/kubernetes/names";
import { fencedNamespace } from "../../compute/kubernetes/namespace";
import { type Network } from "../../network/network";
import { type PlatformContext } from "../../platform-context";
import { copyHosts, EksProgram, type EksProgramArgs } from "./eks-program";
import { type Hosted, type HostedPort, type HostedProgram, type VisibilityHost } from "./host";
import { HostBalancer, type HostBalancerArgs } from "./host-balancer";
import { requireProgram } from "./program-checks";

export interface EksHostArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** The environment's own cluster. Changing this replaces every program and its volumes. */
  readonly cluster: KubernetesCluster & { readonly aws: ClusterOnAws };
  /** Key that the secrets of `secretFiles` are encrypted with. */
  readonly secretKeyArn: pulumi.Input<string>;
  readonly transform?: EksProgramArgs["transform"] & { readonly balancer?: HostBalancerArgs["transform"] };
}

/** Namespace of the programs of the visibility layer; no service's can have this name, which starts with `svc-`. */
export const VISIBILITY_NAMESPACE = "strata-visibility";

/**
 * Runs the programs of the visibility layer on the environment's EKS cluster, all in one namespace, in which Pod Security refuses whatever is
 * not `restricted` and nothing reaches anything that did not say so.
 *
 * What has a published port is reached by one internal Network Load Balancer: a name of the cluster means nothing to tasks, instances and
 * functions of the VPC. Two programs that publish the same port are behind two.
 *
 * Cost: the programs' share of the nodes, and the load balancer, 16 USD a month in us-east-1.
 */
export class EksHost extends pulumi.ComponentResource implements VisibilityHost {
  public readonly kind = "eks";
  public readonly targetTags: VisibilityHost["targetTags"];

  private readonly fence: readonly pulumi.Resource[];
  private readonly balancers: HostBalancer[] = [];

  constructor(
    private readonly name: string,
    private readonly args: EksHostArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EksHost", name, {}, options);
    this.targetTags = clusterTag(args.cluster.aws);
    const labels = labelsOf(name, args.context.environment);
    this.fence = fencedNamespace(name, { cluster: args.cluster, name: VISIBILITY_NAMESPACE, labels, level: "restricted" }, this);
    this.registerOutputs({});
  }

  copiesOf(program: Pick<HostedProgram, "name" | "replicas">): readonly pulumi.Output<string>[] {
    return copyHosts(program, VISIBILITY_NAMESPACE);
  }

  /** @throws {ConfigError} with what no host could run. */
  run(program: HostedProgram, parent: pulumi.Resource): Hosted {
    requireProgram(program);
    const { context, network, cluster, secretKeyArn, transform } = this.args;
    const namespace = { name: VISIBILITY_NAMESPACE, ready: this.fence };
    const balancer = (ports: readonly HostedPort[]) => this.balancerFor(ports);
    return new EksProgram(program.name, { context, network, cluster, namespace, program, secretKeyArn, balancer, transform }, { parent });
  }

  private balancerFor(ports: readonly HostedPort[]): HostBalancer {
    const { context, network, transform } = this.args;
    const fitting = this.balancers.find((balancer) => balancer.fits(ports));
    if (fitting) return fitting;
    const number = this.balancers.length;
    const name = number === 0 ? this.name : `${this.name}-${number + 1}`;
    const made = new HostBalancer(name, { context, network, transform: transform?.balancer }, { parent: this });
    this.balancers.push(made);
    return made;
  }
}
