import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BUNDLE_HANDLER, bundleArchive, bundleOwn } from "../../compute/bundle";
import { DeadLetters } from "../../compute/dead-letters";
import { LambdaFunction } from "../../compute/lambda-function";
import { QueueTrigger } from "../../compute/triggers/queue-trigger";
import { ConfigError } from "../../faults";
import { policyDocument } from "../../iam";
import { type Network } from "../../network/network";
import { allowEndpoints, allowInternet } from "../../network/outbound";
import { allowPassage } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { type LogBucket } from "../log-bucket";
import { type ServiceLogs } from "../service-logs";
import { type LogArrivals, SHIPPER_TIMEOUT_SECONDS } from "./log-arrivals";
import { type LogStore } from "./log-store";
import { ARCHIVE_PREFIXES } from "./prefixes";

export interface LogShipperArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Queue of new log files. */
  readonly arrivals: LogArrivals;
  /** Where lines are sent. */
  readonly store: LogStore;
  /** Days a line can be searched. */
  readonly searchDays: number;
  /** Bucket of what the store refuses. */
  readonly archive: LogBucket;
  /** Key of the archive and of the function's variables. */
  readonly keyArn: pulumi.Input<string>;
  /** The function's own log group, which must be left out of what is shipped. */
  readonly logs: ServiceLogs;
  /** Most calls at once, 2 to 1,000: as many as the store can take. */
  readonly concurrency: number;
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: {
    readonly function?: Transform<aws.lambda.FunctionArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

const FILE = "functions/log-shipper/handler.ts";
const MEMORY_MIB = 1024;
/** Files of one call: few, so that one call's time is enough for all. */
const BATCH_SIZE = 5;

/**
 * The function that takes log files to the log store, from inside the VPC, where the store is. A line arrives at least once: taken by the
 * store, or kept as a dead letter with the reason why not. While the store is down files wait in the queue.
 *
 * Cost: 0.0000133334 USD a GB-second on Graviton (AWS Lambda pricing, us-east-1, 2026-11): about 0.002 USD a GB of lines.
 */
export class LogShipper extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;

  /** @throws {ConfigError} when the private tier has no way to SQS or S3. */
  constructor(
    private readonly name: string,
    private readonly args: LogShipperArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:LogShipper", name, {}, options);
    this.requireWayOut();
    const group = this.createSecurityGroup();
    const ready = [...this.openNetwork(group), ...this.grant()];
    const code = this.createFunction(group, ready);
    this.functionName = code.functionName;
    this.securityGroupId = group.id;
    this.trigger(code, ready);
    this.registerOutputs({ functionName: this.functionName });
  }

  /** Services the function calls that it must leave the VPC for. */
  private get outside(): readonly string[] {
    return ["s3", "sqs"].filter((service) => !this.args.network.privateServices.has(service));
  }

  private requireWayOut(): void {
    if (this.args.network.hasNat || this.outside.length === 0) return;
    throw new ConfigError([
      {
        key: "strata:network.interfaceEndpoints",
        what: `gives what ships logs no way to ${this.outside.join(" and ")}`,
        right: "add sqs to interfaceEndpoints and s3 to gatewayEndpoints, or give nat single or per-az",
      },
    ]);
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.network.vpcId, description: "Ships logs: the log store, S3 and SQS" },
        { parent: this },
      ),
    );
  }

  private openNetwork(group: aws.ec2.SecurityGroup): pulumi.Resource[] {
    const { network, store } = this.args;
    const side = { name: this.name, securityGroupId: group.id };
    return [
      ...allowEndpoints(side, network, this),
      ...allowInternet(
        side,
        this.outside.map((service) => `no endpoint for ${service}`),
        network,
        this,
      ),
      ...allowPassage(side, { name: `log-store-${store.kind}`, securityGroupId: store.securityGroupId }, store.port, this),
    ];
  }

  private grant(): pulumi.Resource[] {
    const { arrivals, archive, keyArn, store } = this.args;
    const lines = pulumi.interpolate`${archive.arn}/${ARCHIVE_PREFIXES.deadLines}*`;
    return [
      new aws.iam.RolePolicy(
        this.name,
        {
          role: arrivals.shipperRole.name,
          policy: policyDocument([
            {
              Sid: "Arrivals",
              Effect: "Allow",
              Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
              Resource: arrivals.arn,
            },
            {
              Sid: "KeepDeadLetters",
              Effect: "Allow",
              Action: "s3:PutObject",
              Resource: [lines, pulumi.interpolate`${archive.arn}/${ARCHIVE_PREFIXES.deadFiles}*`],
            },
            { Sid: "EndDeadLetters", Effect: "Allow", Action: "s3:DeleteObject", Resource: lines },
            {
              Sid: "ArchiveKey",
              Effect: "Allow",
              Action: ["kms:GenerateDataKey", "kms:Decrypt"],
              Resource: keyArn,
              Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": archive.arn } },
            },
            ...(store.pushStatements ?? []),
          ]),
        },
        { parent: this },
      ),
    ];
  }

  private createFunction(group: aws.ec2.SecurityGroup, ready: readonly pulumi.Resource[]): LambdaFunction {
    const { context, network, arrivals, store, archive, keyArn, logs, concurrency, alarmTopicArn, transform } = this.args;
    const bundle = bundleOwn(FILE);
    return new LambdaFunction(
      this.name,
      {
        context,
        code: { archive: bundleArchive(bundle), runtime: bundle.runtime, handler: BUNDLE_HANDLER, bytes: bundle.bytes },
        roleArn: arrivals.shipperRole.arn,
        roleName: arrivals.shipperRole.name,
        logs,
        memory: MEMORY_MIB,
        timeout: SHIPPER_TIMEOUT_SECONDS,
        reservedConcurrency: concurrency,
        variables: {
          ENVIRONMENT: context.environment,
          QUEUE_URL: arrivals.url,
          DEAD_LETTER_BUCKET: archive.id,
          STORE_KIND: store.kind,
          STORE_URL: store.pushUrl,
          STORE_OLDEST_HOURS: String(store.oldestHours),
          STORE_SEARCH_DAYS: String(this.args.searchDays),
          STORE_READERS: store.kind === "opensearch" ? `arn:aws:iam::${context.accountId}:role/*` : "",
        },
        keyArn,
        deadLetters: new DeadLetters(this.name, { context, alarmTopicArn }, { parent: this }),
        inside: { subnetIds: network.privateSubnetIds, securityGroupId: group.id },
        ready: [...ready, ...store.ready],
        alarmTopicArn,
        ...(transform?.function && { transform: { function: transform.function } }),
      },
      { parent: this },
    );
  }

  private trigger(target: LambdaFunction, ready: readonly pulumi.Resource[]): void {
    const { arrivals: source, concurrency } = this.args;
    new QueueTrigger(this.name, { source, target, maximumConcurrency: concurrency, batchSize: BATCH_SIZE, ready }, { parent: this });
  }
}
