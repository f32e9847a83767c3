import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";

export interface ServiceLogsArgs {
  readonly context: PlatformContext;
  /** Days CloudWatch keeps the logs; one of `LOG_RETENTION_DAYS`. */
  readonly retentionDays: number;
  /** Key the logs are encrypted with; it must admit CloudWatch Logs. */
  readonly keyArn: pulumi.Input<string>;
  readonly transform?: { readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs> };
}

/**
 * The log group of one service: its own retention, key and name, so that its role can write here and nowhere else.
 *
 * Cost: 0.50 USD a GB taken in, 0.03 USD a GB and month kept (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export class ServiceLogs extends pulumi.ComponentResource {
  public readonly name: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ServiceLogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:ServiceLogs", name, {}, options);
    const group = new aws.cloudwatch.LogGroup(
      ...bend<aws.cloudwatch.LogGroupArgs>(
        args.transform?.logGroup,
        name,
        { namePrefix: `/strata/${args.context.environment}/${name}/`, retentionInDays: args.retentionDays, kmsKeyId: args.keyArn },
        { parent: this },
      ),
    );
    this.name = group.name;
    this.arn = group.arn;
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}
