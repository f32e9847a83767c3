import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PrincipalStatement } from "../iam";
import { outliving, type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";

export interface LayerKeyArgs {
  readonly context: PlatformContext;
  /** What the key encrypts, for people who read a list of keys. */
  readonly description: string;
  /** AWS services that use the key by themselves, without a role of the account. */
  readonly services: readonly ("cloudwatch-logs" | "cloudwatch-alarms")[];
  readonly transform?: { readonly key?: Transform<aws.kms.KeyArgs> };
}

const DELETION_DAYS = { durable: 30, ephemeral: 7 } as const;

/**
 * The customer key of one layer, rotated yearly. Whoever may use what it encrypts needs a grant on it too.
 *
 * Cost: 1 USD a month a key and 0.03 USD per 10,000 requests (AWS KMS pricing, 2026-11).
 */
export class LayerKey extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: LayerKeyArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:persistence:LayerKey", name, {}, options);
    const { durable } = args.context;
    const key = new aws.kms.Key(
      ...bend<aws.kms.KeyArgs>(
        args.transform?.key,
        name,
        {
          description: args.description,
          enableKeyRotation: true,
          deletionWindowInDays: durable ? DELETION_DAYS.durable : DELETION_DAYS.ephemeral,
          policy: this.keyPolicy(args),
        },
        // Without the key everything it encrypted is lost.
        { parent: this, ...outliving(args.context) },
      ),
    );
    this.arn = key.arn;
    new aws.kms.Alias(name, { namePrefix: `alias/strata/${args.context.environment}/${name}-`, targetKeyId: key.keyId }, { parent: this });
    this.registerOutputs({ arn: this.arn });
  }

  private keyPolicy({ context, services }: LayerKeyArgs): pulumi.Output<string> {
    const { accountId, region } = context;
    const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"];
    const service: Record<(typeof services)[number], PrincipalStatement> = {
      "cloudwatch-logs": {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: use,
        Resource: "*",
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*` } },
      },
      "cloudwatch-alarms": {
        Sid: "CloudWatchAlarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    };
    return policyDocument([
      // KMS developer guide, "Default key policy" (2026-11): without it IAM policies cannot grant the key, and it can become unmanageable.
      { Sid: "Account", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
      ...services.map((name) => service[name]),
    ]);
  }
}
