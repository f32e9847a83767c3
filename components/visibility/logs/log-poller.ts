import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BUNDLE_HANDLER, bundleArchive, bundleOwn } from "../../compute/bundle";
import { DeadLetters } from "../../compute/dead-letters";
import { LambdaFunction } from "../../compute/lambda-function";
import { ScheduleTrigger } from "../../compute/triggers/schedule-trigger";
import { policyDocument, type Statement, trustPolicy } from "../../iam";
import { type PlatformContext } from "../../platform-context";
import { type Transform } from "../../transform";
import { type LogBucket } from "../log-bucket";
import { type ServiceLogs } from "../service-logs";
import { ARCHIVE_PREFIXES } from "./prefixes";

/** A database of RDS, whose log files are read by its API. */
export interface PolledDatabase {
  readonly kind: "rds";
  /** Name of the store, as lines are labelled. */
  readonly service: string;
  readonly instanceIdentifier: pulumi.Input<string>;
}

/** A warehouse of Redshift, whose system tables are read by its Data API. */
export interface PolledWarehouse {
  readonly kind: "redshift";
  readonly service: string;
  readonly database: string;
  /** What the Data API calls it by. */
  readonly target: { readonly variable: "WORKGROUP" | "CLUSTER"; readonly name: pulumi.Input<string> };
  /** Secret of the administrator: only he sees what others did. */
  readonly secretArn: pulumi.Input<string>;
  /** Key of that secret. */
  readonly secretKeyArn: pulumi.Input<string>;
  /** What it takes to send statements. */
  readonly statements: readonly Statement[];
}

export type PolledStore = PolledDatabase | PolledWarehouse;

export interface LogPollerArgs {
  readonly context: PlatformContext;
  /** What is read. Their number decides nothing here: one function reads all. */
  readonly stores: readonly PolledStore[];
  /** Where lines are put, and how far each log was read. */
  readonly archive: LogBucket;
  /** Key of the archive and of the function's variables. */
  readonly keyArn: pulumi.Input<string>;
  /** The function's own log group, which must be left out of what is shipped. */
  readonly logs: ServiceLogs;
  /** How often: `15 minutes`. */
  readonly every: string;
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: { readonly function?: Transform<aws.lambda.FunctionArgs> };
}

const FILE = "functions/log-poller/handler.ts";
const MEMORY_MIB = 512;
const TIMEOUT_SECONDS = 300;
/** Two runs at once would read the same lines twice. */
const CONCURRENCY = 1;

/**
 * Reads logs that services keep inside and show by an API alone: log files of RDS that an engine does not export to CloudWatch Logs, and
 * system tables of Redshift. Lines become files of the archive, which go the way of all log files; then the position is saved. A run that
 * is cut off reads the same lines again: they arrive at least once.
 *
 * Amazon MQ keeps no logs inside: its brokers write to CloudWatch Logs, which the subscription covers.
 *
 * Cost: a run a quarter of an hour, under 1 USD a month (AWS Lambda pricing, us-east-1, 2026-11). A question wakes a serverless warehouse for
 * at least a minute, which is charged: it is asked once a day, a cluster at every run.
 */
export class LogPoller extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: LogPollerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:LogPoller", name, {}, options);
    const role = this.createRole();
    const code = this.createFunction(role, [this.grant(role)]);
    this.functionName = code.functionName;
    new ScheduleTrigger(name, { context: args.context, expression: scheduleOf(args.every), target: code }, { parent: this });
    this.registerOutputs({ functionName: this.functionName });
  }

  private createRole(): aws.iam.Role {
    const { accountId, environment } = this.args.context;
    return new aws.iam.Role(
      this.name,
      {
        description: `Reads logs that stores of ${environment} keep inside`,
        assumeRolePolicy: trustPolicy("lambda.amazonaws.com", accountId),
      },
      { parent: this },
    );
  }

  private grant(role: aws.iam.Role): aws.iam.RolePolicy {
    const { archive, keyArn, stores } = this.args;
    const positions = pulumi.interpolate`${archive.arn}/${ARCHIVE_PREFIXES.positions}*`;
    return new aws.iam.RolePolicy(
      this.name,
      {
        role: role.name,
        policy: policyDocument([
          {
            Sid: "Lines",
            Effect: "Allow",
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${archive.arn}/${ARCHIVE_PREFIXES.polled}*`,
          },
          { Sid: "Positions", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: positions },
          // Without it S3 answers 403 for a position that is not there yet.
          { Sid: "ListPositions", Effect: "Allow", Action: "s3:ListBucket", Resource: archive.arn },
          {
            Sid: "ArchiveKey",
            Effect: "Allow",
            Action: ["kms:GenerateDataKey", "kms:Decrypt"],
            Resource: keyArn,
            Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": archive.arn } },
          },
          ...stores.flatMap((store) => this.readStatements(store)),
        ]),
      },
      { parent: this },
    );
  }

  private readStatements(store: PolledStore): Statement[] {
    const { region, accountId } = this.args.context;
    if (store.kind === "rds")
      return [
        {
          Effect: "Allow",
          Action: ["rds:DescribeDBInstances", "rds:DescribeDBLogFiles", "rds:DownloadDBLogFilePortion"],
          Resource: pulumi.interpolate`arn:aws:rds:${region}:${accountId}:db:${store.instanceIdentifier}`,
        },
      ];
    return [
      ...store.statements,
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: store.secretArn },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: store.secretKeyArn,
        Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": store.secretArn } },
      },
    ];
  }

  private createFunction(role: aws.iam.Role, ready: readonly pulumi.Resource[]): LambdaFunction {
    const { context, archive, stores, keyArn, logs, alarmTopicArn, transform } = this.args;
    const bundle = bundleOwn(FILE);
    return new LambdaFunction(
      this.name,
      {
        context,
        code: { archive: bundleArchive(bundle), runtime: bundle.runtime, handler: BUNDLE_HANDLER, bytes: bundle.bytes },
        roleArn: role.arn,
        roleName: role.name,
        logs,
        memory: MEMORY_MIB,
        timeout: TIMEOUT_SECONDS,
        reservedConcurrency: CONCURRENCY,
        variables: { ENVIRONMENT: context.environment, ARCHIVE_BUCKET: archive.id, STORES: pulumi.jsonStringify(stores.map(described)) },
        keyArn,
        deadLetters: new DeadLetters(this.name, { context, alarmTopicArn }, { parent: this }),
        ready,
        alarmTopicArn,
        ...(transform?.function && { transform: { function: transform.function } }),
      },
      { parent: this },
    );
  }
}

/** What the function is told of a store. */
function described(store: PolledStore): Record<string, pulumi.Input<string>> {
  const { kind, service } = store;
  if (store.kind === "rds") return { kind, service, instance: store.instanceIdentifier };
  const { database, target, secretArn } = store;
  return { kind, service, database, [target.variable === "CLUSTER" ? "cluster" : "workgroup"]: target.name, secretArn };
}

function scheduleOf(every: string): string {
  return `rate(${every})`;
}
