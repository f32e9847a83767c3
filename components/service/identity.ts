import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustPolicy } from "../iam";
import { type ServiceNetwork } from "../network/service-network";
import { allowEndpoints, allowInternet } from "../network/outbound";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { type Consumer } from "./binding";

/** The AWS service that runs the workload, and so takes its role on. */
export type RunsAs = "ecs-tasks.amazonaws.com" | "lambda.amazonaws.com" | "pods.eks.amazonaws.com";

export interface ServiceIdentityArgs {
  readonly context: PlatformContext;
  readonly network: ServiceNetwork;
  readonly runsAs: RunsAs;
  /** Why this service may open HTTPS connections to the internet; empty when it may not. */
  readonly internetReasons: readonly string[];
  /** TCP ports that the reasons are for. Default: 443. */
  readonly internetPorts?: readonly number[];
  readonly transform?: {
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly role?: Transform<aws.iam.RoleArgs>;
  };
}

/**
 * Who a service is before it runs anywhere: a closed security group and a role that may do nothing yet.
 * It stands apart from the workload so that stores can let it in before the first task starts.
 *
 * Cost: none.
 */
export class ServiceIdentity extends pulumi.ComponentResource implements Consumer {
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;

  private readonly role: aws.iam.Role;

  constructor(
    public readonly name: string,
    args: ServiceIdentityArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:service:ServiceIdentity", name, {}, options);
    const group = new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        args.transform?.securityGroup,
        name,
        { vpcId: args.network.vpcId, description: `Service ${name}: what it needs and nothing else` },
        { parent: this },
      ),
    );
    this.securityGroupId = group.id;
    this.role = new aws.iam.Role(
      ...bend<aws.iam.RoleArgs>(
        args.transform?.role,
        name,
        { description: `What ${name} itself may do`, assumeRolePolicy: trustPolicy(args.runsAs, args.context.accountId) },
        { parent: this },
      ),
    );
    this.roleArn = this.role.arn;
    allowEndpoints(this, args.network, this);
    allowInternet(this, args.internetReasons, args.network, this, args.internetPorts);
    this.registerOutputs({ securityGroupId: this.securityGroupId, roleArn: this.roleArn });
  }

  /** Gives the role what its bindings need; a service without bindings keeps a role that may do nothing. */
  grant(statements: readonly Statement[]): pulumi.Resource[] {
    if (statements.length === 0) return [];
    return [new aws.iam.RolePolicy(this.name, { role: this.role.name, policy: policyDocument(statements) }, { parent: this })];
  }
}
