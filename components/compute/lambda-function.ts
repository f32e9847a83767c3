import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { LAMBDA_RUNTIMES, type LambdaRuntimeName } from "../../facts/lambda-runtimes";
import { policyDocument, type Statement } from "../iam";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { type MadeAlarm } from "../visibility/alarms/metric-alarm";
import { type ObservedFunction } from "../visibility/alarms/services/function";
import { FunctionAlarms } from "../visibility/function-alarms";
import { type ServiceLogs } from "../visibility/service-logs";
import { type DeadLetters } from "./dead-letters";
import { FUNCTION_NETWORK, NOT_BY_THE_CODE } from "./network-interfaces";

/** Code as a .zip archive. */
export interface ZipPackage {
  readonly archive: pulumi.asset.Archive;
  /** Where it has SnapStart, the function starts from a snapshot. */
  readonly runtime: LambdaRuntimeName;
  /** What Lambda calls, as the runtime spells it: `index.handler`. */
  readonly handler: string;
  /** Bytes of the unpacked package. */
  readonly bytes: number;
}

/** Code as a container image in ECR, built for arm64. */
export interface ImagePackage {
  readonly image: string;
  readonly command?: readonly string[];
}

/** A version that is tried on a share of the calls before it gets all of them. */
export interface Rollout {
  /** Version that serves the other calls: the one `live` points at now. */
  readonly stableVersion: string;
  /** Share of calls the new version gets, 0 to 1; 0 takes it back. */
  readonly share: number;
}

export interface LambdaFunctionArgs {
  readonly context: PlatformContext;
  readonly code: ZipPackage | ImagePackage;
  /** Role of the service's own code. */
  readonly roleArn: pulumi.Input<string>;
  /** Name of the same role, which gets what Lambda itself needs. */
  readonly roleName: pulumi.Input<string>;
  readonly logs: ServiceLogs;
  /** MiB, 128 to 10,240; CPU comes with it. */
  readonly memory: number;
  /** Seconds, 1 to 900. */
  readonly timeout: number;
  /** Most environments at once; as many are kept free for this function in the account. */
  readonly reservedConcurrency: number;
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** False leaves it out of X-Ray's traces. Default: true. */
  readonly traced?: boolean;
  /** ARNs of layers, at most 5; only for a .zip archive. Default: none. */
  readonly layers?: readonly pulumi.Input<string>[];
  /** Key the variables are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  readonly deadLetters: DeadLetters;
  /** Subnets and group, for a function that needs something inside the VPC. Default: outside it, which starts sooner and needs no NAT. */
  readonly inside?: { readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>; readonly securityGroupId: pulumi.Input<string> };
  /** Default: the new version gets all calls at once. */
  readonly rollout?: Rollout;
  /** What must exist before the first call. */
  readonly ready: readonly pulumi.Resource[];
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: {
    readonly function?: Transform<aws.lambda.FunctionArgs>;
    readonly alias?: Transform<aws.lambda.AliasArgs>;
    readonly eventInvokeConfig?: Transform<aws.lambda.FunctionEventInvokeConfigArgs>;
  };
}

/** Alias that everything calls. */
export const LIVE = "live";

/** Service Authorization Reference, "AWS X-Ray" (2026-11): segments belong to no resource that could be named. */
const TRACE: Statement = { Sid: "Trace", Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" };

const EVENT_AGE_SECONDS = 3_600;
const EVENT_RETRIES = 2;

/**
 * A function: for demand that spikes unpredictably, and for rare, compute-heavy requests. On Graviton, traced, with its own log group, dead
 * letters and a share of the account's concurrency that no other function can take.
 *
 * Everything calls the alias `live`. A rollout is said as weights of that alias, because they are desired state: a preview shows who gets what,
 * and the next `up` changes it. CodeDeploy shifts the alias by itself, but only once somebody starts a deployment, for which Pulumi has no
 * resource: `up` would publish a version, be told to ignore the alias, and end with the old code serving. What CodeDeploy adds is a rollback
 * without people; here the alarm of the version on trial says to set its share to 0.
 *
 * Cost: 0.0000133334 USD a GB-second on Graviton and 0.20 USD a million calls in us-east-1 (AWS Lambda pricing, 2026-11).
 */
export class LambdaFunction extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  /** ARN of the alias `live`. */
  public readonly arn: pulumi.Output<string>;
  /** What an API Gateway integration calls. */
  public readonly invokeArn: pulumi.Output<string>;
  /** Bytes of the unpacked package; absent for an image. */
  public readonly packageBytes: number | undefined;
  /** Seconds after which a call is cut off. */
  public readonly timeout: number;
  public readonly deadLetters: DeadLetters;
  /** What CloudWatch knows it by. */
  public readonly observed: ObservedFunction & { readonly functionName: pulumi.Output<string> };
  public readonly alarms: readonly MadeAlarm[];
  /** Name of the role, for triggers that read with it. */
  public readonly roleName: pulumi.Input<string>;

  private readonly alias: aws.lambda.Alias;

  constructor(
    public readonly name: string,
    private readonly args: LambdaFunctionArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:LambdaFunction", name, {}, options);
    this.timeout = args.timeout;
    this.deadLetters = args.deadLetters;
    this.roleName = args.roleName;
    this.packageBytes = "image" in args.code ? undefined : args.code.bytes;
    const permissions = this.grantRuntime();
    const code = this.createFunction(permissions);
    this.functionName = code.name;
    this.alias = this.createAlias(code);
    this.arn = this.alias.arn;
    this.invokeArn = this.alias.invokeArn;
    this.limitRetries(code);
    this.observed = this.observe(code);
    this.alarms = new FunctionAlarms(name, { topicArn: args.alarmTopicArn, ...this.observed }, { parent: this }).alarms;
    this.registerOutputs({ functionName: this.functionName, arn: this.arn, packageBytes: this.packageBytes });
  }

  /** Lets an AWS service call `live`, for one of its resources only. */
  allow(suffix: string, principal: string, sourceArn: pulumi.Input<string>, parent: pulumi.Resource): aws.lambda.Permission {
    return new aws.lambda.Permission(
      `${this.name}-${suffix}`,
      { action: "lambda:InvokeFunction", function: this.functionName, qualifier: this.alias.name, principal, sourceArn },
      { parent },
    );
  }

  private grantRuntime(): aws.iam.RolePolicy {
    const { roleName, logs, deadLetters, inside, traced = true } = this.args;
    const statements: Statement[] = [
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logs.arn}:log-stream:*`,
      },
      ...(traced ? [TRACE] : []),
      deadLetters.sendStatement(),
      ...(inside ? [FUNCTION_NETWORK, NOT_BY_THE_CODE] : []),
    ];
    return new aws.iam.RolePolicy(`${this.name}-function`, { role: roleName, policy: policyDocument(statements) }, { parent: this });
  }

  private createFunction(permissions: aws.iam.RolePolicy): aws.lambda.Function {
    const { args } = this;
    return new aws.lambda.Function(
      ...bend<aws.lambda.FunctionArgs>(
        args.transform?.function,
        this.name,
        {
          ...codeArguments(args.code),
          architectures: ["arm64"],
          role: args.roleArn,
          memorySize: args.memory,
          timeout: args.timeout,
          reservedConcurrentExecutions: args.reservedConcurrency,
          environment: { variables: { ...args.variables } },
          ...(args.layers && args.layers.length > 0 && { layers: [...args.layers] }),
          kmsKeyArn: args.keyArn,
          deadLetterConfig: { targetArn: args.deadLetters.arn },
          tracingConfig: { mode: args.traced === false ? "PassThrough" : "Active" },
          loggingConfig: { logFormat: "JSON", logGroup: args.logs.name, applicationLogLevel: "INFO", systemLogLevel: "INFO" },
          ...(args.inside && {
            vpcConfig: { subnetIds: args.inside.subnetIds, securityGroupIds: [args.inside.securityGroupId] },
            // Lambda keeps its network interfaces for a while, and while they use the service's group it cannot be deleted.
            replaceSecurityGroupsOnDestroy: true,
          }),
          publish: true,
        },
        // Lambda checks at creation that the role may use the dead letters and the network.
        { parent: this, dependsOn: [permissions, ...args.ready] },
      ),
    );
  }

  private createAlias(code: aws.lambda.Function): aws.lambda.Alias {
    const { rollout, transform } = this.args;
    return new aws.lambda.Alias(
      ...bend<aws.lambda.AliasArgs>(
        transform?.alias,
        this.name,
        {
          name: LIVE,
          description: "What everything calls",
          functionName: code.name,
          functionVersion: rollout?.stableVersion ?? code.version,
          ...(rollout && {
            routingConfig: { additionalVersionWeights: code.version.apply((version) => weights(rollout, version)) },
          }),
        },
        { parent: this },
      ),
    );
  }

  /** Events of S3 and schedules come without anybody waiting for an answer: Lambda queues them, tries again, and gives up into the dead letters. */
  private limitRetries(code: aws.lambda.Function): void {
    new aws.lambda.FunctionEventInvokeConfig(
      ...bend<aws.lambda.FunctionEventInvokeConfigArgs>(
        this.args.transform?.eventInvokeConfig,
        this.name,
        {
          functionName: code.name,
          qualifier: this.alias.name,
          maximumEventAgeInSeconds: EVENT_AGE_SECONDS,
          maximumRetryAttempts: EVENT_RETRIES,
        },
        { parent: this },
      ),
    );
  }

  private observe(code: aws.lambda.Function): LambdaFunction["observed"] {
    const { timeout, rollout, reservedConcurrency } = this.args;
    return {
      functionName: code.name,
      timeout,
      reservedConcurrency,
      ...(rollout && rollout.share > 0 && { trial: { alias: LIVE, version: code.version } }),
    };
  }
}

/** Lambda refuses a weight for the version that the alias points at, which is what a rollout ends with when nothing new was published. */
function weights({ stableVersion, share }: Rollout, version: string): Record<string, number> {
  return version === stableVersion || share === 0 ? {} : { [version]: share };
}

function codeArguments(code: ZipPackage | ImagePackage): Partial<aws.lambda.FunctionArgs> {
  if ("image" in code)
    return { packageType: "Image", imageUri: code.image, ...(code.command && { imageConfig: { commands: [...code.command] } }) };
  return {
    packageType: "Zip",
    code: code.archive,
    runtime: code.runtime,
    handler: code.handler,
    ...(LAMBDA_RUNTIMES[code.runtime].snapStart && { snapStart: { applyOn: "PublishedVersions" } }),
  };
}
