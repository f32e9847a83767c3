import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BUNDLE_HANDLER, bundleArchive, bundleOwn } from "../../compute/bundle";
import { DeadLetters } from "../../compute/dead-letters";
import { LambdaFunction, LIVE } from "../../compute/lambda-function";
import { ConfigError, type Fault } from "../../faults";
import { policyDocument, type Statement, trustPolicy } from "../../iam";
import { type Network } from "../../network/network";
import { allowEndpoints, allowInternet } from "../../network/outbound";
import { allowPassage } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { ServiceLogs } from "../../visibility/service-logs";

/** Where the function's logs and alarms go. */
export interface BootstrapOperations {
  /** Days its logs are kept. */
  readonly logDays: number;
  /** Key its logs are encrypted with; it must admit CloudWatch Logs. */
  readonly logKeyArn: pulumi.Input<string>;
  /** Topic that is told when a rotation fails. */
  readonly alarmTopicArn: pulumi.Input<string>;
}

export interface BootstrapFunctionArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Entry file of the function, from the root of the project. */
  readonly functionFile: string;
  /** The server it looks after. */
  readonly server: {
    readonly name: string;
    readonly host: pulumi.Input<string>;
    readonly port: number;
    readonly securityGroupId: pulumi.Input<string>;
    /** Secret that RDS keeps for the master user. */
    readonly masterSecretArn: pulumi.Input<string>;
  };
  /** Key of the secrets and of the function's variables. */
  readonly keyArn: pulumi.Input<string>;
  readonly operations: BootstrapOperations;
  readonly transform?: {
    readonly role?: Transform<aws.iam.RoleArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

const MEMORY_MIB = 256;
// A paused cluster takes a while to resume, and a new permission up to a minute to be known.
const TIMEOUT_SECONDS = 300;
const CONCURRENCY = 5;
/** Certificates of RDS on Node.js 20 and later (Lambda developer guide, "Building Lambda functions with Node.js", 2026-11). */
const AMAZON_CERTIFICATES = "/var/runtime/ca-cert.pem";

/** Secrets Manager must be reachable from the private tier, or every call of the function ends at its timeout. */
function wayOutFaults(name: string, network: Network): Fault[] {
  if (network.hasNat || network.privateServices.has("secretsmanager")) return [];
  return [
    {
      key: `strata:network of ${name}`,
      what: "gives the private tier no way to Secrets Manager, which keeps the passwords of databases",
      right: "add secretsmanager to interfaceEndpoints, or give nat single or per-az",
    },
  ];
}

/** What it takes to read or write a secret that is encrypted with a customer key. */
export function secretKeyStatement(
  keyArn: pulumi.Input<string>,
  secretArn: pulumi.Input<string>,
  action: string | readonly string[],
): Statement {
  return {
    Effect: "Allow",
    Action: action,
    Resource: keyArn,
    Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": secretArn } },
  };
}

/**
 * The function that makes a server's databases and users and changes their passwords, from inside the VPC, because nothing outside reaches
 * the isolated tier. One a server, so that each can read one master secret and reach one database. It stands in the private tier, which has
 * a way to Secrets Manager.
 *
 * Cost: a few calls a month; 0.40 USD a month for alarms (Amazon CloudWatch pricing, us-east-1, 2026-11).
 */
export class BootstrapFunction extends pulumi.ComponentResource {
  /** ARN of the alias that callers use. */
  public readonly arn: pulumi.Output<string>;
  public readonly functionName: pulumi.Output<string>;
  public readonly qualifier = LIVE;

  private readonly role: aws.iam.Role;
  private readonly code: LambdaFunction;

  constructor(
    private readonly name: string,
    private readonly args: BootstrapFunctionArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:BootstrapFunction", name, {}, options);
    const faults = wayOutFaults(name, args.network);
    if (faults.length > 0) throw new ConfigError(faults);
    const group = this.createSecurityGroup();
    this.role = this.createRole();
    const ready = [this.grantMasterSecret(), ...this.openNetwork(group)];
    this.code = this.createFunction(group, ready);
    this.arn = this.code.arn;
    this.functionName = this.code.functionName;
    this.registerOutputs({ arn: this.arn, functionName: this.functionName });
  }

  /** Lets the function read and write one service's secret, and Secrets Manager call it to rotate that one. */
  allowSecret(service: string, secret: aws.secretsmanager.Secret): pulumi.Resource[] {
    const statements: Statement[] = [
      {
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: secret.arn,
      },
      secretKeyStatement(this.args.keyArn, secret.arn, ["kms:Decrypt", "kms:GenerateDataKey"]),
    ];
    return [
      new aws.iam.RolePolicy(`${this.name}-${service}`, { role: this.role.name, policy: policyDocument(statements) }, { parent: this }),
      this.code.allow(service, "secretsmanager.amazonaws.com", secret.arn, this),
    ];
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    const { network, server, transform } = this.args;
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        transform?.securityGroup,
        this.name,
        { vpcId: network.vpcId, description: `Users of ${server.name}: that database and Secrets Manager` },
        { parent: this },
      ),
    );
  }

  private createRole(): aws.iam.Role {
    const { context, server, transform } = this.args;
    return new aws.iam.Role(
      ...bend<aws.iam.RoleArgs>(
        transform?.role,
        this.name,
        {
          description: `Makes the users of ${server.name} and changes their passwords`,
          assumeRolePolicy: trustPolicy("lambda.amazonaws.com", context.accountId),
        },
        { parent: this },
      ),
    );
  }

  private grantMasterSecret(): aws.iam.RolePolicy {
    const { keyArn, server } = this.args;
    return new aws.iam.RolePolicy(
      `${this.name}-master`,
      {
        role: this.role.name,
        policy: policyDocument([
          { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: server.masterSecretArn },
          secretKeyStatement(keyArn, server.masterSecretArn, "kms:Decrypt"),
        ]),
      },
      { parent: this },
    );
  }

  private openNetwork(group: aws.ec2.SecurityGroup): pulumi.Resource[] {
    const { network, server } = this.args;
    const side = { name: this.name, securityGroupId: group.id };
    return [
      ...allowEndpoints(side, network, this),
      ...allowInternet(side, network.privateServices.has("secretsmanager") ? [] : ["no endpoint for secretsmanager"], network, this),
      ...allowPassage(side, { name: server.name, securityGroupId: server.securityGroupId }, server.port, this),
    ];
  }

  private createFunction(group: aws.ec2.SecurityGroup, ready: readonly pulumi.Resource[]): LambdaFunction {
    const { context, network, functionFile, server, keyArn, operations } = this.args;
    const bundle = bundleOwn(functionFile);
    return new LambdaFunction(
      this.name,
      {
        context,
        code: { archive: bundleArchive(bundle), runtime: bundle.runtime, handler: BUNDLE_HANDLER, bytes: bundle.bytes },
        roleArn: this.role.arn,
        roleName: this.role.name,
        logs: new ServiceLogs(this.name, { context, retentionDays: operations.logDays, keyArn: operations.logKeyArn }, { parent: this }),
        memory: MEMORY_MIB,
        timeout: TIMEOUT_SECONDS,
        reservedConcurrency: CONCURRENCY,
        variables: {
          DATABASE_HOST: server.host,
          DATABASE_PORT: String(server.port),
          MASTER_SECRET_ARN: server.masterSecretArn,
          NODE_EXTRA_CA_CERTS: AMAZON_CERTIFICATES,
        },
        keyArn,
        deadLetters: new DeadLetters(this.name, { context, alarmTopicArn: operations.alarmTopicArn }, { parent: this }),
        inside: { subnetIds: network.privateSubnetIds, securityGroupId: group.id },
        ready,
        alarmTopicArn: operations.alarmTopicArn,
      },
      { parent: this },
    );
  }
}
