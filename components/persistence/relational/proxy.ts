import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustPolicy } from "../../iam";
import { type Network } from "../../network/network";
import { allowPassage } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { type Consumer } from "../../service/binding";
import { bend, type Transform } from "../../transform";
import { connectStatement } from "./database-binding";

export interface DatabaseProxyArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Changing this replaces the proxy. */
  readonly engineFamily: "POSTGRESQL" | "MYSQL";
  readonly port: number;
  /** The cluster or instance behind it. */
  readonly server: {
    readonly name: string;
    readonly clusterIdentifier?: pulumi.Input<string>;
    readonly instanceIdentifier?: pulumi.Input<string>;
    readonly resourceId: pulumi.Input<string>;
    readonly securityGroupId: pulumi.Input<string>;
  };
  /** Instances that must exist before it can connect. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: { readonly proxy?: Transform<aws.rds.ProxyArgs> };
}

/** Way of one service through the proxy. */
export interface ProxyPassage {
  readonly host: pulumi.Output<string>;
  readonly statement: Statement;
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Holds connections to a database for those that cannot: functions, of which each copy would open its own, a thousand at once, where the
 * server takes some hundreds. A container keeps a pool for as long as it runs and gains nothing but a hop. So it is an addition, with a
 * host of its own, not the way for everybody. It signs in with IAM tokens, its callers too: it reads no secret. Its connections keep an
 * Aurora cluster from pausing.
 *
 * Cost: 0.015 USD an hour a vCPU of the instance behind it, at least two; of serverless capacity an ACU (Amazon RDS Proxy pricing, us-east-1, 2026-11).
 */
export class DatabaseProxy extends pulumi.ComponentResource {
  public readonly endpoint: pulumi.Output<string>;

  private readonly role: aws.iam.Role;
  private readonly group: aws.ec2.SecurityGroup;
  private readonly resourceId: pulumi.Output<string>;
  private readonly target: aws.rds.ProxyTarget;

  constructor(
    private readonly name: string,
    private readonly args: DatabaseProxyArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:DatabaseProxy", name, {}, options);
    this.group = new aws.ec2.SecurityGroup(
      name,
      { vpcId: args.network.vpcId, description: `Proxy of ${args.server.name}: only the services that need it` },
      { parent: this },
    );
    this.role = new aws.iam.Role(
      name,
      { description: `Signs in to ${args.server.name}`, assumeRolePolicy: trustPolicy("rds.amazonaws.com", args.context.accountId) },
      { parent: this },
    );
    const proxy = this.createProxy();
    const passages = allowPassage({ name, securityGroupId: this.group.id }, args.server, args.port, this);
    this.target = this.createTarget(proxy, passages);
    this.endpoint = proxy.endpoint;
    this.resourceId = proxy.arn.apply((arn) => arn.slice(arn.lastIndexOf(":") + 1));
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** Lets one user of one service through. */
  admit(consumer: Consumer, user: string): ProxyPassage {
    const { context, server, port } = this.args;
    const policy = new aws.iam.RolePolicy(
      `${this.name}-${consumer.name}`,
      { role: this.role.name, policy: policyDocument([connectStatement(context, server.resourceId, user)]) },
      { parent: this },
    );
    const passages = allowPassage(consumer, { name: this.name, securityGroupId: this.group.id }, port, this);
    return { host: this.endpoint, statement: connectStatement(context, this.resourceId, user), ready: [policy, this.target, ...passages] };
  }

  private createProxy(): aws.rds.Proxy {
    const { engineFamily, network, transform } = this.args;
    return new aws.rds.Proxy(
      ...bend<aws.rds.ProxyArgs>(
        transform?.proxy,
        this.name,
        {
          engineFamily,
          defaultAuthScheme: "IAM_AUTH",
          requireTls: true,
          roleArn: this.role.arn,
          vpcSubnetIds: network.isolatedSubnetIds,
          vpcSecurityGroupIds: [this.group.id],
        },
        { parent: this },
      ),
    );
  }

  private createTarget(proxy: aws.rds.Proxy, passages: readonly pulumi.Resource[]): aws.rds.ProxyTarget {
    const { server, ready } = this.args;
    const group = new aws.rds.ProxyDefaultTargetGroup(this.name, { dbProxyName: proxy.name }, { parent: this });
    return new aws.rds.ProxyTarget(
      this.name,
      {
        dbProxyName: proxy.name,
        targetGroupName: group.name,
        dbClusterIdentifier: server.clusterIdentifier,
        dbInstanceIdentifier: server.instanceIdentifier,
      },
      { parent: this, dependsOn: [...passages, ...ready] },
    );
  }
}
