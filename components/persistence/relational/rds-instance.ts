import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { hasPerformanceInsights } from "../../../facts/database-classes";
import { ENGINE_VERSIONS, type RdsEngine } from "../../../facts/engine-versions";
import { ConfigError, type Fault } from "../../faults";
import { type Network } from "../../network/network";
import { isProtected, kept, type PlatformContext } from "../../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer } from "../../service/binding";
import { bend, type Transform } from "../../transform";
import { type ObservedInstance, type ObservedStore } from "../../visibility/alarms/observed";
import { backupTag } from "../backup-tag";
import { AdoptedDatabase, type DatabaseIds } from "./adopted-database";
import { type BootstrapOperations } from "./bootstrap-function";
import { relationalFaults } from "./checks";
import { createDatabaseAccess } from "./database-access";
import { ENGINES, type InstanceKind, type LicenceModel, MASTER_USER, ORACLE_SERVICE, ORACLE_TLS_PORT } from "./engines";
import { finalSnapshotName } from "./final-snapshot";
import { createMonitoringRole, MONITORING_SECONDS } from "./monitoring-role";
import { type ServiceUsers } from "./service-users";

export interface RdsInstanceArgs {
  readonly context: PlatformContext;
  /** Changing this replaces the instance. */
  readonly kind: InstanceKind;
  /** Name of the store in the catalogue, which the variables of its services start with and its database is called by. */
  readonly storeName: string;
  /** The instance goes into the isolated tier. */
  readonly network: Network;
  /** Key of the data, its snapshots and its passwords. Changing this replaces the instance. */
  readonly keyArn: pulumi.Input<string>;
  /** Class, such as `db.m7g.large`. A change restarts the database. */
  readonly instanceClass: string;
  /** GiB at first, and at most when it grows by itself; storage never shrinks. */
  readonly storage: { readonly allocated: number; readonly maximum: number };
  /**
   * Version of the engine, which then changes only when this does. Default: the pinned one at first, then what RDS installs in the maintenance
   * window. A new major version wants `allowMajorVersionUpgrade` by `transform`.
   */
  readonly version?: string;
  /** Who pays the vendor; only for Oracle and SQL Server. Oracle has no default: the two differ by a contract. */
  readonly licence?: LicenceModel;
  /** True keeps a standby in another zone that takes over. Default: as durable as the environment. */
  readonly multiAz?: boolean;
  /** Days of automatic backups, 1 to 35. */
  readonly backupDays: number;
  /** True adds a proxy for services that run as functions, where the engine has one. Default: false. */
  readonly proxy?: boolean;
  /**
   * Snapshot that the instance starts from: its identifier or ARN. It stays for the life of the instance; changing or removing it
   * replaces the instance.
   */
  readonly restoreFrom?: string;
  /** Days between two changes of its services' passwords; one that was read works until the second after. Default: 30. */
  readonly rotationDays?: number;
  readonly operations: BootstrapOperations;
  readonly transform?: {
    readonly instance?: Transform<aws.rds.InstanceArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly parameterGroup?: Transform<aws.rds.ParameterGroupArgs>;
    readonly optionGroup?: Transform<aws.rds.OptionGroupArgs>;
    readonly secret?: Transform<aws.secretsmanager.SecretArgs>;
  };
}

/** Oracle's own plain port; no security group rule opens it. */
const ORACLE_PLAIN_PORT = 1521;

/** TLS on a second port, with the strongest cipher suite (RDS user guide, "Oracle Secure Sockets Layer", 2026-11). */
const ORACLE_TLS = [
  { name: "SQLNET.SSL_VERSION", value: "1.2" },
  { name: "SQLNET.CIPHER_SUITE", value: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" },
] as const;

/**
 * A traditional database on RDS: PostgreSQL, MySQL, MariaDB, Oracle or SQL Server, for an application that needs that very engine. One
 * instance is a single point of failure, so a durable environment keeps a standby in another zone. Reachable only by the services that
 * asked for it, each with users of its own, from the isolated tier. TLS is required; Oracle's port without it is not reachable.
 *
 * In development SQL Server is the Express edition, which is free of charge but has no standby and databases of at most 10 GiB.
 *
 * Blue/green updates are left out: they do not work with a master password that RDS manages (RDS user guide, "Limitations for Secrets Manager
 * integration with Amazon RDS", 2026-11).
 *
 * Cost: by the class's hour, twice with a standby; gp3 storage 0.115 USD a GB-month in us-east-1, twice with a standby (Amazon RDS pricing, 2026-11).
 */
export class RdsInstance extends pulumi.ComponentResource implements ObservedStore {
  /** Name in the catalogue. */
  public readonly storeName: string;
  public readonly endpoint: pulumi.Output<string>;
  public readonly instanceIdentifier: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  /** Secret that RDS made and rotates for the master user; nobody ever sees its password in state or configuration. */
  public readonly masterSecretArn: pulumi.Output<string>;
  public readonly observed: ObservedInstance;

  private readonly engine: RdsEngine;
  private readonly users: ServiceUsers;

  /** @throws {ConfigError} with everything that AWS or the engine would refuse. */
  constructor(
    private readonly name: string,
    private readonly args: RdsInstanceArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:RdsInstance", name, {}, options);
    const faults = instanceFaults(`database ${args.storeName}`, args);
    if (faults.length > 0) throw new ConfigError(faults);
    this.storeName = args.storeName;
    const { durable, ephemeral } = ENGINES[args.kind].engine;
    this.engine = args.context.durable ? durable : ephemeral;
    const group = this.createSecurityGroup();
    const instance = this.createInstance(group);
    this.endpoint = instance.address;
    this.instanceIdentifier = instance.identifier;
    this.observed = {
      kind: args.kind,
      name,
      instanceIdentifier: instance.identifier,
      instanceClass: args.instanceClass,
      storage: args.storage,
    };
    this.securityGroupId = group.id;
    this.masterSecretArn = instance.masterUserSecrets.apply((secrets) => requireSecret(name, secrets[0]?.secretArn));
    const { endpoint, instanceIdentifier, securityGroupId, masterSecretArn } = this;
    this.users = createDatabaseAccess(
      name,
      args,
      {
        endpoint,
        readerEndpoint: endpoint,
        instanceIdentifier,
        securityGroupId,
        masterSecretArn,
        resource: instance,
        resourceId: instance.resourceId,
        ready: [instance],
      },
      { parent: this },
    );
    this.registerOutputs({ endpoint: this.endpoint, masterSecretArn: this.masterSecretArn });
  }

  /** An instance that exists already stands in for a created one. */
  static adopt(name: string, ids: DatabaseIds, options?: { readonly parent?: pulumi.Resource }): Bindable {
    return new AdoptedDatabase(name, ids, options);
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    return this.users.bind(consumer, access);
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.network.vpcId, description: `Database ${this.name}: only the services that need it` },
        { parent: this },
      ),
    );
  }

  private createParameterGroup(): aws.rds.ParameterGroup {
    return new aws.rds.ParameterGroup(
      ...bend<aws.rds.ParameterGroupArgs>(
        this.args.transform?.parameterGroup,
        this.name,
        { family: ENGINE_VERSIONS[this.engine].family, parameters: [...ENGINES[this.args.kind].parameters] },
        { parent: this },
      ),
    );
  }

  /** Oracle speaks TLS only with an option, on a port of its own; MariaDB has its audit log as one. The other engines need none. */
  private createOptionGroup(group: aws.ec2.SecurityGroup): aws.rds.OptionGroup | undefined {
    const options: aws.types.input.rds.OptionGroupOption[] = (ENGINES[this.args.kind].options ?? []).map((option) => ({
      ...option,
      optionSettings: [...option.optionSettings],
    }));
    if (this.args.kind === "oracle")
      options.push({
        optionName: "SSL",
        port: ORACLE_TLS_PORT,
        vpcSecurityGroupMemberships: [group.id],
        optionSettings: [...ORACLE_TLS],
      });
    if (options.length === 0) return undefined;
    return new aws.rds.OptionGroup(
      ...bend<aws.rds.OptionGroupArgs>(
        this.args.transform?.optionGroup,
        this.name,
        {
          engineName: this.engine,
          majorEngineVersion: ENGINE_VERSIONS[this.engine].major,
          options,
        },
        // A snapshot keeps the option group it was taken with, and AWS then refuses to delete the group.
        { parent: this, retainOnDelete: this.args.context.durable },
      ),
    );
  }

  private createInstance(group: aws.ec2.SecurityGroup): aws.rds.Instance {
    const { args, name, engine } = this;
    const { context, kind } = args;
    const { durable } = context;
    const { port, logs, iam, licences } = ENGINES[kind];
    const { isolatedSubnetIds: subnetIds } = args.network;
    const subnetGroup = new aws.rds.SubnetGroup(name, { subnetIds }, { parent: this });
    const monitoring = durable ? createMonitoringRole(name, context, this) : undefined;
    const insights = hasPerformanceInsights(engine, args.instanceClass);
    return new aws.rds.Instance(
      ...bend<aws.rds.InstanceArgs>(
        args.transform?.instance,
        name,
        {
          engine,
          engineVersion: args.version ?? ENGINE_VERSIONS[engine].version,
          licenseModel: args.licence ?? (licences.length === 1 ? licences[0] : undefined),
          instanceClass: args.instanceClass,
          // Databases are made by the function of users: a change of this one would replace the instance.
          dbName: kind === "oracle" ? ORACLE_SERVICE : undefined,
          username: MASTER_USER,
          manageMasterUserPassword: true,
          masterUserSecretKmsKeyId: args.keyArn,
          iamDatabaseAuthenticationEnabled: iam,
          multiAz: isMultiAz(args),
          allocatedStorage: args.storage.allocated,
          maxAllocatedStorage: args.storage.maximum,
          storageType: "gp3",
          storageEncrypted: true,
          kmsKeyId: args.keyArn,
          dbSubnetGroupName: subnetGroup.name,
          parameterGroupName: this.createParameterGroup().name,
          optionGroupName: this.createOptionGroup(group)?.name,
          vpcSecurityGroupIds: [group.id],
          port: kind === "oracle" ? ORACLE_PLAIN_PORT : port,
          publiclyAccessible: false,
          autoMinorVersionUpgrade: args.version === undefined,
          backupRetentionPeriod: args.backupDays,
          deleteAutomatedBackups: !durable,
          snapshotIdentifier: args.restoreFrom,
          copyTagsToSnapshot: true,
          deletionProtection: isProtected(context),
          skipFinalSnapshot: !durable,
          finalSnapshotIdentifier: durable
            ? finalSnapshotName(name, group.id, [engine, args.keyArn, subnetIds, args.restoreFrom ?? ""])
            : undefined,
          enabledCloudwatchLogsExports: [...logs(engine)],
          performanceInsightsEnabled: insights,
          performanceInsightsKmsKeyId: insights ? args.keyArn : undefined,
          monitoringInterval: monitoring ? MONITORING_SECONDS : 0,
          monitoringRoleArn: monitoring?.arn,
          applyImmediately: !durable,
          tags: backupTag(args.context, "copied"),
        },
        {
          parent: this,
          ...kept(context),
          // Without a version of one's own RDS installs new minor versions; declaring the old one again would ask it to go back.
          ignoreChanges: args.version === undefined ? ["engineVersion"] : [],
        },
      ),
    );
  }
}

function isMultiAz({ multiAz, context }: RdsInstanceArgs): boolean {
  return multiAz ?? context.durable;
}

/** Everything that AWS or the engine would refuse of these arguments. */
export function instanceFaults(key: string, args: RdsInstanceArgs): Fault[] {
  return relationalFaults(key, {
    kind: args.kind,
    durable: args.context.durable,
    version: args.version,
    instanceClass: args.instanceClass,
    licence: args.licence,
    nodes: 1,
    multiAz: isMultiAz(args),
    zones: args.network.availabilityZones.length,
    backupDays: args.backupDays,
    storage: args.storage,
    storeName: args.storeName,
    services: [],
  });
}

function requireSecret(name: string, arn: string | undefined): string {
  if (!arn) throw new Error(`database ${name}: the instance has no managed password; do not turn manageMasterUserPassword off`);
  return arn;
}
