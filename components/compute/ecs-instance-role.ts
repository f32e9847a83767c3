import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../iam";
import { type PlatformContext } from "../platform-context";

export interface EcsInstanceRoleArgs {
  readonly context: PlatformContext;
  /** The one cluster that its instances may join. */
  readonly cluster: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
  /** What its instances may do beside joining. Default: nothing. */
  readonly statements?: readonly Statement[];
}

/** EC2 hands a role to the instances of its own profile only and names no source to check (IAM user guide, "IAM roles for Amazon EC2", 2026-11). */
const EC2_TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/**
 * The role of a cluster's instances: joins that one cluster and says how its tasks are doing. AWS's managed policy for it would let an
 * instance join every cluster of the account, pull every image and write to every log group; images and logs are the execution roles' here.
 *
 * Cost: none.
 */
export class EcsInstanceRole extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly profileArn: pulumi.Output<string>;
  /** An instance can't join until its role may do this. */
  public readonly policy: aws.iam.RolePolicy;

  constructor(name: string, args: EcsInstanceRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:EcsInstanceRole", name, {}, options);
    const role = new aws.iam.Role(
      `${name}-instance`,
      { description: `What an instance of ${name} may do`, assumeRolePolicy: EC2_TRUST },
      { parent: this },
    );
    this.policy = new aws.iam.RolePolicy(
      `${name}-instance`,
      { role: role.name, policy: policyDocument([...joinStatements(args), ...(args.statements ?? [])]) },
      { parent: this },
    );
    const profile = new aws.iam.InstanceProfile(`${name}-instance`, { role: role.name }, { parent: this });
    this.arn = role.arn;
    this.profileArn = profile.arn;
    this.registerOutputs({ arn: this.arn, profileArn: this.profileArn });
  }
}

/** Service authorization reference, Amazon ECS (2026-11): which action takes which resource and condition. */
function joinStatements({ context, cluster }: EcsInstanceRoleArgs): Statement[] {
  const instances = pulumi.interpolate`arn:aws:ecs:${context.region}:${context.accountId}:container-instance/${cluster.name}/*`;
  return [
    {
      Sid: "JoinCluster",
      Effect: "Allow",
      Action: [
        "ecs:RegisterContainerInstance",
        "ecs:DeregisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      Resource: cluster.arn,
    },
    {
      Sid: "RunTasks",
      Effect: "Allow",
      Action: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
      Resource: instances,
      Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
    },
    {
      Sid: "TagItself",
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: instances,
      Condition: { StringEquals: { "ecs:CreateAction": "RegisterContainerInstance" } },
    },
    // The endpoint is the region's, so no resource can be named.
    { Sid: "FindEndpoint", Effect: "Allow", Action: "ecs:DiscoverPollEndpoint", Resource: "*" },
  ];
}
