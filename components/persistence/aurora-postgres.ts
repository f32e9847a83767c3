import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { AURORA_POSTGRES } from "../../facts/engine-versions";
import { trustPolicy } from "../iam";
import { allowPassage } from "../network/passage";
import { type PlatformContext } from "../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";

export interface AuroraPostgresArgs {
  readonly context: PlatformContext;
  /** Name of the database, which the variables of its services start with. Changing this replaces the cluster. */
  readonly databaseName: string;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the isolated tier, in at least two zones. Changing this replaces the cluster. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Key of the data, its snapshots and its password. Changing this replaces the cluster. */
  readonly keyArn: pulumi.Input<string>;
  /** Least and most capacity in ACU (2 GiB of memory each), 0 to 256 in steps of 0.5; with a least of 0 an idle cluster pauses. */
  readonly capacity: { readonly minimum: number; readonly maximum: number };
  /** Idle milliseconds after which a cluster with a least capacity of 0 pauses. */
  readonly pauseAfter: number;
  /** Instances that read, beside the one that writes. RDS places each in another zone. */
  readonly readers: number;
  /** Days of automatic backups, 1 to 35. */
  readonly backupDays: number;
  readonly transform?: {
    readonly cluster?: Transform<aws.rds.ClusterArgs>;
    readonly instance?: Transform<aws.rds.ClusterInstanceArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly parameterGroup?: Transform<aws.rds.ClusterParameterGroupArgs>;
  };
}

/** What is known of an Aurora cluster that exists already. */
export interface AuroraPostgresIds {
  readonly endpoint: pulumi.Input<string>;
  readonly readerEndpoint: pulumi.Input<string>;
  /** Name of the database. */
  readonly databaseName: string;
  readonly securityGroupId: pulumi.Input<string>;
  /** ARN of the secret with the keys `username` and `password`. */
  readonly secretArn: pulumi.Input<string>;
  /** Key the secret is encrypted with. */
  readonly keyArn: pulumi.Input<string>;
}

const PORT = 5432;
const MASTER_USER = "strata";
const MONITORING_SECONDS = 60;
const MS_PER_SECOND = 1000;

/** What a service may do with the database, and how it gets there; the same for a created and an adopted cluster. */
class AuroraPostgresAccess implements Bindable {
  constructor(
    private readonly name: string,
    private readonly ids: AuroraPostgresIds,
    private readonly parent: pulumi.Resource | undefined,
  ) {}

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const prefix = variablePrefix(this.ids.databaseName, "DB");
    const host = access === "write" ? this.ids.endpoint : this.ids.readerEndpoint;
    return {
      to: this.name,
      kind: "aurora-postgres",
      access,
      variables: {
        [`${prefix}_HOST`]: host,
        [`${prefix}_READER_HOST`]: this.ids.readerEndpoint,
        [`${prefix}_PORT`]: String(PORT),
        [`${prefix}_NAME`]: this.ids.databaseName,
        [`${prefix}_SECRET_ARN`]: this.ids.secretArn,
      },
      statements: [
        // Read at run time, not injected at start, so that a rotated password needs no new deployment.
        { Sid: "ReadSecret", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: this.ids.secretArn },
        {
          Sid: "DecryptSecret",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: this.ids.keyArn,
          Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": this.ids.secretArn } },
        },
      ],
      ready: allowPassage(
        consumer,
        { name: this.name, securityGroupId: this.ids.securityGroupId },
        PORT,
        this.parent ?? pulumi.rootStackResource,
      ),
    };
  }
}

/**
 * A relational database on Aurora PostgreSQL, serverless v2: the guide's default relational store for microservices.
 * One database, reachable only by the services that asked for it, from the isolated tier. TLS is required.
 *
 * Cost: 0.12 USD an ACU-hour in us-east-1, storage 0.10 USD a GB-month, requests 0.20 USD a million (Amazon Aurora pricing, 2026-11);
 * a paused cluster costs its storage.
 */
export class AuroraPostgres extends pulumi.ComponentResource implements Bindable {
  public readonly endpoint: pulumi.Output<string>;
  public readonly readerEndpoint: pulumi.Output<string>;
  /** The database that the services share; its owner is the master user until each service has its own. */
  public readonly databaseName: string;
  public readonly securityGroupId: pulumi.Output<string>;
  /** Secret that RDS made and rotates; nobody ever sees the password in state or configuration. */
  public readonly secretArn: pulumi.Output<string>;

  private readonly access: AuroraPostgresAccess;
  private readonly instances: readonly aws.rds.ClusterInstance[];

  constructor(
    private readonly name: string,
    args: AuroraPostgresArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:AuroraPostgres", name, {}, options);
    this.databaseName = args.databaseName.replace(/-/g, "_");
    const group = this.createSecurityGroup(args);
    const cluster = this.createCluster(args, group);
    this.instances = this.createInstances(args, cluster);
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.securityGroupId = group.id;
    this.secretArn = cluster.masterUserSecrets.apply((secrets) => requireSecret(name, secrets[0]?.secretArn));
    this.access = new AuroraPostgresAccess(name, { ...this, keyArn: args.keyArn }, this);
    this.registerOutputs({ endpoint: this.endpoint, readerEndpoint: this.readerEndpoint, secretArn: this.secretArn });
  }

  /** A cluster that exists already, made elsewhere; nothing of it is created or changed but the rules that let services in. */
  static adopt(name: string, ids: AuroraPostgresIds, options?: { readonly parent?: pulumi.Resource }): Bindable {
    return new AuroraPostgresAccess(name, ids, options?.parent);
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const binding = this.access.bind(consumer, access);
    return { ...binding, ready: [...binding.ready, ...this.instances] };
  }

  private createSecurityGroup(args: AuroraPostgresArgs): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        args.transform?.securityGroup,
        this.name,
        { vpcId: args.vpcId, description: `Database ${this.name}: only the services that need it` },
        { parent: this },
      ),
    );
  }

  private createCluster(args: AuroraPostgresArgs, group: aws.ec2.SecurityGroup): aws.rds.Cluster {
    const { durable } = args.context;
    const subnetGroup = new aws.rds.SubnetGroup(this.name, { subnetIds: args.subnetIds }, { parent: this });
    const parameters = new aws.rds.ClusterParameterGroup(
      ...bend<aws.rds.ClusterParameterGroupArgs>(
        args.transform?.parameterGroup,
        this.name,
        { family: AURORA_POSTGRES.family, parameters: [{ name: "rds.force_ssl", value: "1" }] },
        { parent: this },
      ),
    );
    return new aws.rds.Cluster(
      ...bend<aws.rds.ClusterArgs>(
        args.transform?.cluster,
        this.name,
        {
          engine: AURORA_POSTGRES.engine,
          engineMode: "provisioned",
          engineVersion: AURORA_POSTGRES.version,
          databaseName: this.databaseName,
          masterUsername: MASTER_USER,
          manageMasterUserPassword: true,
          masterUserSecretKmsKeyId: args.keyArn,
          iamDatabaseAuthenticationEnabled: true,
          serverlessv2ScalingConfiguration: {
            minCapacity: args.capacity.minimum,
            maxCapacity: args.capacity.maximum,
            ...(args.capacity.minimum === 0 ? { secondsUntilAutoPause: args.pauseAfter / MS_PER_SECOND } : {}),
          },
          dbSubnetGroupName: subnetGroup.name,
          dbClusterParameterGroupName: parameters.name,
          vpcSecurityGroupIds: [group.id],
          port: PORT,
          storageEncrypted: true,
          kmsKeyId: args.keyArn,
          backupRetentionPeriod: args.backupDays,
          copyTagsToSnapshot: true,
          deletionProtection: durable,
          skipFinalSnapshot: !durable,
          finalSnapshotIdentifier: durable ? this.finalSnapshot(args, group) : undefined,
          enabledCloudwatchLogsExports: ["postgresql"],
          applyImmediately: !durable,
        },
        // RDS spreads the storage over three zones by itself; naming fewer would ask for a replacement at every preview.
        { parent: this, protect: durable, retainOnDelete: durable, ignoreChanges: ["availabilityZones"] },
      ),
    );
  }

  /**
   * A snapshot's name must never have been used before, or the deletion fails when it is needed most: the group's id is new with
   * every life of the store, the hash with every change that replaces the cluster inside one life.
   */
  private finalSnapshot(args: AuroraPostgresArgs, group: aws.ec2.SecurityGroup): pulumi.Output<string> {
    return pulumi.all([group.id, args.keyArn, args.subnetIds]).apply(([groupId, ...replacing]) => {
      const hash = createHash("sha256")
        .update(JSON.stringify([AURORA_POSTGRES.engine, this.databaseName, replacing]))
        .digest("hex");
      return `${this.name}-final-${groupId}-${hash.slice(0, 8)}`;
    });
  }

  private createInstances(args: AuroraPostgresArgs, cluster: aws.rds.Cluster): aws.rds.ClusterInstance[] {
    const { durable } = args.context;
    const monitoring = durable ? this.createMonitoringRole(args.context) : undefined;
    const roles = ["writer", ...Array.from({ length: args.readers }, (_, index) => `reader-${index + 1}`)];
    return roles.map(
      (role, index) =>
        new aws.rds.ClusterInstance(
          ...bend<aws.rds.ClusterInstanceArgs>(
            args.transform?.instance,
            `${this.name}-${role}`,
            {
              clusterIdentifier: cluster.clusterIdentifier,
              engine: AURORA_POSTGRES.engine,
              engineVersion: cluster.engineVersion,
              instanceClass: "db.serverless",
              publiclyAccessible: false,
              promotionTier: index,
              autoMinorVersionUpgrade: true,
              copyTagsToSnapshot: true,
              performanceInsightsEnabled: true,
              performanceInsightsKmsKeyId: args.keyArn,
              monitoringInterval: monitoring ? MONITORING_SECONDS : 0,
              monitoringRoleArn: monitoring?.arn,
            },
            { parent: this, protect: durable, retainOnDelete: durable },
          ),
        ),
    );
  }

  private createMonitoringRole(context: PlatformContext): aws.iam.Role {
    const name = `${this.name}-monitoring`;
    const role = new aws.iam.Role(
      name,
      { assumeRolePolicy: trustPolicy("monitoring.rds.amazonaws.com", context.accountId) },
      { parent: this },
    );
    new aws.iam.RolePolicyAttachment(
      name,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
      { parent: this },
    );
    return role;
  }
}

function requireSecret(name: string, arn: string | undefined): string {
  if (!arn) throw new Error(`aurora-postgres ${name}: the cluster has no managed password; do not turn manageMasterUserPassword off`);
  return arn;
}
