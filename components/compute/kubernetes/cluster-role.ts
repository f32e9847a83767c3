import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../../iam";
import { type PlatformContext } from "../../platform-context";

export interface ClusterRoleArgs {
  readonly context: PlatformContext;
  /** Names of AWS managed policies. */
  readonly policies: readonly string[];
  /** Key that EKS makes encrypted volumes with, on the cluster's behalf. */
  readonly volumeKeyArn: pulumi.Input<string>;
}

/** The managed policies of a cluster that runs its own nodes, networking, volumes and load balancing: EKS user guide, "Amazon EKS Auto Mode cluster IAM role" (2026-11). */
export const AUTO_MODE_POLICIES = [
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
] as const;

/** Those of a cluster whose nodes are node groups; the second lets it give pods network interfaces of their own. */
export const MANAGED_NODES_POLICIES = ["AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"] as const;

/** What a role needs to have volumes made with a customer key: EBS user guide, "Requirements for Amazon EBS encryption" (2026-11). */
export function volumeKeyStatements(keyArn: pulumi.Input<string>): Statement[] {
  return [
    {
      Sid: "UseVolumeKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
      Resource: keyArn,
    },
    {
      Sid: "GrantVolumeKeyToEc2",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: keyArn,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** Those statements as a policy. */
export function volumeKeyPolicy(keyArn: pulumi.Input<string>): pulumi.Output<string> {
  return policyDocument(volumeKeyStatements(keyArn));
}

/**
 * The role of a cluster's control plane.
 *
 * Cost: none.
 */
export class ClusterRole extends pulumi.ComponentResource {
  public readonly role: aws.iam.Role;
  /** A cluster that starts without them fails, and one that loses them first can't take its nodes down. */
  public readonly policies: readonly pulumi.Resource[];

  constructor(name: string, args: ClusterRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:ClusterRole", name, {}, options);
    this.role = new aws.iam.Role(
      name,
      {
        description: "What EKS may do on behalf of the cluster",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "eks.amazonaws.com" },
              // Auto Mode tags its session with the cluster's name, which its managed policies compare.
              Action: ["sts:AssumeRole", "sts:TagSession"],
              Condition: { StringEquals: { "aws:SourceAccount": args.context.accountId } },
            },
          ],
        }),
      },
      { parent: this },
    );
    this.policies = [
      ...args.policies.map(
        (policy) =>
          new aws.iam.RolePolicyAttachment(
            `${name}-${policy}`,
            { role: this.role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
            { parent: this },
          ),
      ),
      new aws.iam.RolePolicy(`${name}-volume-key`, { role: this.role.name, policy: volumeKeyPolicy(args.volumeKeyArn) }, { parent: this }),
    ];
    this.registerOutputs({ arn: this.role.arn });
  }
}
