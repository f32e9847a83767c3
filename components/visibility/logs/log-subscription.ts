import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustPolicy } from "../../iam";
import { type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { type LogBucket } from "../log-bucket";
import { ARCHIVE_PREFIXES } from "./prefixes";

export interface LogSubscriptionArgs {
  readonly context: PlatformContext;
  /** Where log groups are archived. */
  readonly archive: LogBucket;
  /** Key of the archive. */
  readonly keyArn: pulumi.Input<string>;
  /**
   * `account`: subscribes to every log group of the account and region, present and future; AWS allows one such policy there. `elsewhere`:
   * another environment of the account has it, and this one's lines are in that one's archive and log store, under their own label.
   */
  readonly scope: "account" | "elsewhere";
  /** Names of log groups that are left out: those of the functions that ship logs, whose lines would ship themselves for ever. */
  readonly excludedGroups: readonly pulumi.Input<string>[];
  /** Topic that is told when lines do not reach the archive. */
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: {
    readonly deliveryStream?: Transform<aws.kinesis.FirehoseDeliveryStreamArgs>;
    readonly accountPolicy?: Transform<aws.cloudwatch.LogAccountPolicyArgs>;
  };
}

const BUFFER_SECONDS = 60;
const BUFFER_MIB = 16;
/** Metrics of instances that RDS writes as logs: thousands of lines an hour that are on the dashboards anyway. */
const RDS_METRICS = "RDSOSMetrics";

/**
 * All log groups of CloudWatch in one place: an account-level subscription hands every line to Firehose, which writes it into the archive in
 * S3 within a minute, unpacked, a record a line, and packed again as one file. A log group that is made tomorrow is covered tomorrow.
 *
 * There can be one account-level subscription in an account and region (CloudWatch Logs user guide, "Account-level subscription filters",
 * 2026-11). It cannot choose groups, only leave out some by name. Two environments in one account share it: one has the scope `account`, the
 * others `elsewhere`; the environment of a line is read off the name of its log group.
 *
 * Cost: Firehose 0.029 USD a GB and 0.00325 a GB for unpacking in us-east-1 (Amazon Data Firehose pricing, 2026-11), and S3 storage.
 */
export class LogSubscription extends pulumi.ComponentResource {
  /** ARN of the delivery stream; undefined when another environment has the subscription. */
  public readonly deliveryStreamArn: pulumi.Output<string> | undefined;

  constructor(
    private readonly name: string,
    private readonly args: LogSubscriptionArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:LogSubscription", name, {}, options);
    if (args.scope === "account") {
      const stream = this.createDeliveryStream();
      this.deliveryStreamArn = stream.arn;
      this.subscribe(stream);
      this.watchDelivery(stream);
    }
    this.registerOutputs({ deliveryStreamArn: this.deliveryStreamArn });
  }

  private createDeliveryStream(): aws.kinesis.FirehoseDeliveryStream {
    const { archive, keyArn, context, transform } = this.args;
    const role = new aws.iam.Role(
      `${this.name}-delivery`,
      {
        description: `Writes log groups of ${context.environment} into the archive`,
        assumeRolePolicy: trustPolicy("firehose.amazonaws.com", context.accountId),
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${this.name}-delivery`,
      {
        role: role.name,
        policy: policyDocument([
          {
            Effect: "Allow",
            Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
            Resource: [ARCHIVE_PREFIXES.cloudwatch, ARCHIVE_PREFIXES.undelivered].map(
              (prefix) => pulumi.interpolate`${archive.arn}/${prefix}*`,
            ),
          },
          { Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], Resource: archive.arn },
          {
            Effect: "Allow",
            Action: ["kms:GenerateDataKey", "kms:Decrypt"],
            Resource: keyArn,
            Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": archive.arn } },
          },
        ]),
      },
      { parent: this },
    );
    return new aws.kinesis.FirehoseDeliveryStream(
      ...bend<aws.kinesis.FirehoseDeliveryStreamArgs>(
        transform?.deliveryStream,
        this.name,
        {
          destination: "extended_s3",
          serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
          extendedS3Configuration: {
            roleArn: role.arn,
            bucketArn: archive.arn,
            prefix: ARCHIVE_PREFIXES.cloudwatch,
            errorOutputPrefix: `${ARCHIVE_PREFIXES.undelivered}!{firehose:error-output-type}/`,
            bufferingInterval: BUFFER_SECONDS,
            bufferingSize: BUFFER_MIB,
            compressionFormat: "GZIP",
            fileExtension: ".jsonl.gz",
            // CloudWatch Logs packs each record by itself; the archive holds one packed file, a record a line.
            processingConfiguration: {
              enabled: true,
              processors: [
                { type: "Decompression", parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }] },
                { type: "AppendDelimiterToRecord" },
              ],
            },
          },
        },
        { parent: this, dependsOn: [policy, archive.policy] },
      ),
    );
  }

  private subscribe(stream: aws.kinesis.FirehoseDeliveryStream): void {
    const { context, excludedGroups, transform } = this.args;
    const role = new aws.iam.Role(
      this.name,
      {
        description: `Hands lines of log groups to ${this.name}`,
        assumeRolePolicy: trustPolicy("logs.amazonaws.com", context.accountId),
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      this.name,
      {
        role: role.name,
        policy: policyDocument([{ Effect: "Allow", Action: ["firehose:PutRecord", "firehose:PutRecordBatch"], Resource: stream.arn }]),
      },
      { parent: this },
    );
    const excluded = pulumi.jsonStringify([RDS_METRICS, ...excludedGroups]);
    new aws.cloudwatch.LogAccountPolicy(
      ...bend<aws.cloudwatch.LogAccountPolicyArgs>(
        transform?.accountPolicy,
        this.name,
        {
          policyName: `strata-${context.environment}-logs`,
          policyType: "SUBSCRIPTION_FILTER_POLICY",
          policyDocument: pulumi.jsonStringify({
            DestinationArn: stream.arn,
            RoleArn: role.arn,
            FilterPattern: "",
            Distribution: "Random",
          }),
          selectionCriteria: pulumi.interpolate`LogGroupName NOT IN ${excluded}`,
        },
        // CloudWatch Logs sends a record to try it, and refuses the policy when that fails.
        { parent: this, dependsOn: [policy] },
      ),
    );
  }

  private watchDelivery(stream: aws.kinesis.FirehoseDeliveryStream): void {
    const { alarmTopicArn } = this.args;
    new aws.cloudwatch.MetricAlarm(
      this.name,
      {
        alarmDescription: `${this.name}: log lines wait to be archived. Threshold: 900 s, three times what Firehose itself may wait`,
        namespace: "AWS/Firehose",
        metricName: "DeliveryToS3.DataFreshness",
        dimensions: { DeliveryStreamName: stream.name },
        statistic: "Maximum",
        period: 300,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 900,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        alarmActions: [alarmTopicArn],
        okActions: [alarmTopicArn],
      },
      { parent: this },
    );
  }
}
