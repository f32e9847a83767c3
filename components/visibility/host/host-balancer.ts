import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type BalancedPort, balancePort } from "../../compute/kubernetes/balanced-service";
import { type Network } from "../../network/network";
import { type Side } from "../../network/passage";
import { isProtected, type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { type HostedPort } from "./host";

export interface HostBalancerArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly transform?: {
    readonly balancer?: Transform<aws.lb.LoadBalancerArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

/**
 * The way from the whole VPC to programs of the visibility layer on EKS: an internal Network Load Balancer with a listener a port, which all
 * programs share because each has ports of its own. Its group is closed; a sender is let in on the one port it sends to.
 *
 * Cost: 0.0225 USD an hour and 0.006 USD an NLCU-hour in us-east-1 (Elastic Load Balancing pricing, 2026-11), and traffic between zones.
 */
export class HostBalancer extends pulumi.ComponentResource {
  public readonly dnsName: pulumi.Output<string>;
  public readonly side: Side;
  public readonly securityGroupId: pulumi.Output<string>;

  private readonly balancer: aws.lb.LoadBalancer;
  private readonly taken = new Set<number>();

  constructor(name: string, { context, network, transform }: HostBalancerArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:HostBalancer", name, {}, options);
    const group = new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        transform?.securityGroup,
        name,
        { vpcId: network.vpcId, description: `${name}: in from senders of the VPC, one by one, and out to the programs` },
        { parent: this },
      ),
    );
    this.balancer = new aws.lb.LoadBalancer(
      ...bend<aws.lb.LoadBalancerArgs>(
        transform?.balancer,
        name,
        {
          loadBalancerType: "network",
          internal: true,
          subnets: network.privateSubnetIds,
          securityGroups: [group.id],
          enableCrossZoneLoadBalancing: true,
          enableDeletionProtection: isProtected(context),
        },
        { parent: this },
      ),
    );
    this.dnsName = this.balancer.dnsName;
    this.securityGroupId = group.id;
    this.side = { name, securityGroupId: group.id };
    this.registerOutputs({ dnsName: this.dnsName, securityGroupId: this.securityGroupId });
  }

  /** Whether none of these ports is taken by another program. */
  fits(ports: readonly HostedPort[]): boolean {
    return ports.every(({ port }) => !this.taken.has(port));
  }

  /** Listens on a port for a program. The rules and targets belong to `parent`. */
  listen(name: string, args: Omit<BalancedPort, "balancer" | "side">, parent: pulumi.Resource): void {
    this.taken.add(args.port.port);
    balancePort(name, { ...args, balancer: this.balancer, side: this.side }, parent);
  }
}
