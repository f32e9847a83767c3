import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ENGINE_VERSIONS } from "../../../facts/engine-versions";
import { ConfigError, type Fault } from "../../faults";
import { type Network } from "../../network/network";
import { isProtected, kept, type PlatformContext } from "../../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer } from "../../service/binding";
import { bend, type Transform } from "../../transform";
import { type ObservedAurora, type ObservedStore } from "../../visibility/alarms/observed";
import { backupTag } from "../backup-tag";
import { AdoptedDatabase, type DatabaseIds } from "./adopted-database";
import { type BootstrapOperations } from "./bootstrap-function";
import { relationalFaults } from "./checks";
import { createDatabaseAccess } from "./database-access";
import { type AuroraKind, ENGINES, MASTER_USER } from "./engines";
import { finalSnapshotName } from "./final-snapshot";
import { createMonitoringRole, MONITORING_SECONDS } from "./monitoring-role";
import { type ServiceUsers } from "./service-users";

/** Capacity that follows the load. */
export interface ServerlessCapacity {
  /** Least and most capacity in ACU (2 GiB of memory each), 0 to 256 in steps of 0.5; with a least of 0 an idle cluster pauses. */
  readonly minimum: number;
  readonly maximum: number;
  /** Idle milliseconds after which a cluster with a least capacity of 0 pauses. */
  readonly pauseAfter: number;
}

/** Capacity that is always there. */
export interface ProvisionedCapacity {
  /** Class of each instance, such as `db.r7g.large`. */
  readonly instanceClass: string;
}

export interface AuroraClusterArgs {
  readonly context: PlatformContext;
  /** Changing this replaces the cluster. */
  readonly kind: AuroraKind;
  /** Name of the store in the catalogue, which the variables of its services start with and its database is called by. */
  readonly storeName: string;
  /** The cluster goes into the isolated tier. Changing the subnets replaces it. */
  readonly network: Network;
  /** Key of the data, its snapshots and its passwords. Changing this replaces the cluster. */
  readonly keyArn: pulumi.Input<string>;
  readonly capacity: ServerlessCapacity | ProvisionedCapacity;
  /**
   * Version of the engine, which then changes only when this does. Default: the pinned one at first, then what RDS installs in the maintenance
   * window. A new major version wants `allowMajorVersionUpgrade` by `transform`.
   */
  readonly version?: string;
  /** Instances that read, beside the one that writes. RDS places each in another zone. */
  readonly readers: number;
  /** Days of automatic backups, 1 to 35. */
  readonly backupDays: number;
  /** `io-optimized` costs more an hour and GB, and nothing a request: cheaper once requests are a quarter of the bill. Default: standard. */
  readonly storage?: "standard" | "io-optimized";
  /** True makes it the first cluster of a global database, to which one in another region can be added. Default: false. */
  readonly global?: boolean;
  /** True adds a proxy for services that run as functions. Default: false. */
  readonly proxy?: boolean;
  /**
   * Snapshot that the cluster starts from: its identifier or ARN. It stays for the life of the cluster; changing or removing it replaces
   * the cluster.
   */
  readonly restoreFrom?: string;
  /** Days between two changes of its services' passwords; one that was read works until the second after. Default: 30. */
  readonly rotationDays?: number;
  readonly operations: BootstrapOperations;
  readonly transform?: {
    readonly cluster?: Transform<aws.rds.ClusterArgs>;
    readonly instance?: Transform<aws.rds.ClusterInstanceArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly parameterGroup?: Transform<aws.rds.ClusterParameterGroupArgs>;
    readonly secret?: Transform<aws.secretsmanager.SecretArgs>;
  };
}

const MS_PER_SECOND = 1000;
const SERVERLESS = "db.serverless";
const ENGINE_NAMES = { "aurora-postgres": "aurora-postgresql", "aurora-mysql": "aurora-mysql" } as const satisfies Record<
  AuroraKind,
  string
>;

/**
 * A relational database on Aurora, PostgreSQL- or MySQL-compatible: the guide's default relational store for microservices, which scales and
 * tolerates faults. Reachable only by the services that asked for it, each with users of its own, from the isolated tier. TLS is required.
 *
 * Cost: serverless 0.12 USD an ACU-hour in us-east-1, storage 0.10 USD a GB-month, requests 0.20 USD a million (Amazon Aurora pricing,
 * 2026-11); a paused cluster costs its storage.
 */
export class AuroraCluster extends pulumi.ComponentResource implements ObservedStore {
  public readonly endpoint: pulumi.Output<string>;
  public readonly readerEndpoint: pulumi.Output<string>;
  public readonly clusterIdentifier: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  /** Secret that RDS made and rotates for the master user; nobody ever sees its password in state or configuration. */
  public readonly masterSecretArn: pulumi.Output<string>;
  /** Identifier of the global database, when there is one. */
  public readonly globalClusterId: pulumi.Output<string> | undefined;
  public readonly observed: ObservedAurora;

  private readonly users: ServiceUsers;

  /** @throws {ConfigError} with everything that AWS or the engine would refuse. */
  constructor(
    private readonly name: string,
    private readonly args: AuroraClusterArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:AuroraCluster", name, {}, options);
    const faults = auroraFaults(`database ${args.storeName}`, args);
    if (faults.length > 0) throw new ConfigError(faults);
    const group = this.createSecurityGroup();
    const global = args.global ? this.createGlobalCluster() : undefined;
    const cluster = this.createCluster(group, global);
    const instances = this.createInstances(cluster);
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.clusterIdentifier = cluster.clusterIdentifier;
    this.securityGroupId = group.id;
    this.globalClusterId = global?.id;
    this.observed = {
      kind: args.kind,
      name,
      clusterIdentifier: cluster.clusterIdentifier,
      instances: instances.map((instance, index) => ({ role: roleOf(index), identifier: instance.identifier })),
      capacity: args.capacity,
    };
    this.masterSecretArn = cluster.masterUserSecrets.apply((secrets) => requireSecret(name, secrets[0]?.secretArn));
    this.users = createDatabaseAccess(
      name,
      args,
      { ...this.outputs(), resource: cluster, resourceId: cluster.clusterResourceId, ready: instances },
      { parent: this },
    );
    this.registerOutputs({ endpoint: this.endpoint, readerEndpoint: this.readerEndpoint, masterSecretArn: this.masterSecretArn });
  }

  /** A cluster that exists already stands in for a created one. */
  static adopt(name: string, ids: DatabaseIds, options?: { readonly parent?: pulumi.Resource }): Bindable {
    return new AdoptedDatabase(name, ids, options);
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    return this.users.bind(consumer, access);
  }

  private outputs() {
    const { endpoint, readerEndpoint, clusterIdentifier, securityGroupId, masterSecretArn } = this;
    return { endpoint, readerEndpoint, clusterIdentifier, securityGroupId, masterSecretArn };
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

  private createGlobalCluster(): aws.rds.GlobalCluster {
    const { kind, version, context } = this.args;
    const engine = ENGINE_NAMES[kind];
    return new aws.rds.GlobalCluster(
      this.name,
      {
        globalClusterIdentifier: `${context.environment}-${this.name}`,
        engine,
        engineVersion: version ?? ENGINE_VERSIONS[engine].version,
        storageEncrypted: true,
        deletionProtection: isProtected(context),
      },
      { parent: this, ...kept(context) },
    );
  }

  private createCluster(group: aws.ec2.SecurityGroup, global: aws.rds.GlobalCluster | undefined): aws.rds.Cluster {
    const { args, name } = this;
    const { durable } = args.context;
    const { port, parameters, logs, iam } = ENGINES[args.kind];
    const engine = ENGINE_NAMES[args.kind];
    const { isolatedSubnetIds: subnetIds } = args.network;
    const subnetGroup = new aws.rds.SubnetGroup(name, { subnetIds }, { parent: this });
    const parameterGroup = new aws.rds.ClusterParameterGroup(
      ...bend<aws.rds.ClusterParameterGroupArgs>(
        args.transform?.parameterGroup,
        name,
        { family: ENGINE_VERSIONS[engine].family, parameters: [...parameters] },
        { parent: this },
      ),
    );
    return new aws.rds.Cluster(
      ...bend<aws.rds.ClusterArgs>(
        args.transform?.cluster,
        name,
        {
          engine,
          engineMode: "provisioned",
          engineVersion: args.version ?? ENGINE_VERSIONS[engine].version,
          globalClusterIdentifier: global?.id,
          masterUsername: MASTER_USER,
          manageMasterUserPassword: true,
          masterUserSecretKmsKeyId: args.keyArn,
          iamDatabaseAuthenticationEnabled: iam,
          ...("minimum" in args.capacity && { serverlessv2ScalingConfiguration: scaling(args.capacity) }),
          ...(args.storage === "io-optimized" && { storageType: "aurora-iopt1" }),
          dbSubnetGroupName: subnetGroup.name,
          dbClusterParameterGroupName: parameterGroup.name,
          vpcSecurityGroupIds: [group.id],
          port,
          storageEncrypted: true,
          kmsKeyId: args.keyArn,
          backupRetentionPeriod: args.backupDays,
          snapshotIdentifier: args.restoreFrom,
          copyTagsToSnapshot: true,
          deletionProtection: isProtected(args.context),
          skipFinalSnapshot: !durable,
          finalSnapshotIdentifier: durable
            ? finalSnapshotName(name, group.id, [engine, args.keyArn, subnetIds, args.restoreFrom ?? ""])
            : undefined,
          enabledCloudwatchLogsExports: [...logs(engine)],
          applyImmediately: !durable,
          tags: backupTag(args.context, "copied"),
        },
        {
          parent: this,
          ...kept(args.context),
          // RDS spreads the storage over three zones by itself; naming fewer would ask for a replacement at every preview.
          ignoreChanges: ["availabilityZones", ...versionOfRds(args)],
        },
      ),
    );
  }

  private createInstances(cluster: aws.rds.Cluster): aws.rds.ClusterInstance[] {
    const { args, name } = this;
    const { durable } = args.context;
    const monitoring = durable ? createMonitoringRole(name, args.context, this) : undefined;
    const roles = Array.from({ length: 1 + args.readers }, (_, index) => roleOf(index));
    return roles.map(
      (role, index) =>
        new aws.rds.ClusterInstance(
          ...bend<aws.rds.ClusterInstanceArgs>(
            args.transform?.instance,
            `${name}-${role}`,
            {
              clusterIdentifier: cluster.clusterIdentifier,
              engine: ENGINE_NAMES[args.kind],
              engineVersion: cluster.engineVersion,
              instanceClass: instanceClassOf(args.capacity),
              publiclyAccessible: false,
              promotionTier: index,
              // An automatic upgrade would leave the long-term support release that Aurora MySQL is pinned to.
              autoMinorVersionUpgrade: args.kind !== "aurora-mysql" && args.version === undefined,
              copyTagsToSnapshot: true,
              performanceInsightsEnabled: true,
              performanceInsightsKmsKeyId: args.keyArn,
              monitoringInterval: monitoring ? MONITORING_SECONDS : 0,
              monitoringRoleArn: monitoring?.arn,
            },
            { parent: this, ...kept(args.context), ignoreChanges: versionOfRds(args) },
          ),
        ),
    );
  }
}

/** The first instance writes until another takes over. */
function roleOf(index: number): string {
  return index === 0 ? "writer" : `reader-${index}`;
}

function scaling({ minimum, maximum, pauseAfter }: ServerlessCapacity) {
  // AWS refuses the pause unless the least capacity is 0.
  return {
    minCapacity: minimum,
    maxCapacity: maximum,
    ...(minimum === 0 && { secondsUntilAutoPause: pauseAfter / MS_PER_SECOND }),
  };
}

/**
 * Without a version of one's own RDS installs new minor versions; declaring the old one again would ask it to go back, which it refuses.
 */
function versionOfRds({ version }: Pick<AuroraClusterArgs, "version">): string[] {
  return version === undefined ? ["engineVersion"] : [];
}

function instanceClassOf(capacity: ServerlessCapacity | ProvisionedCapacity): string {
  return "instanceClass" in capacity ? capacity.instanceClass : SERVERLESS;
}

/** Everything that AWS or the engine would refuse of these arguments. */
export function auroraFaults(key: string, args: AuroraClusterArgs): Fault[] {
  const faults = relationalFaults(key, {
    kind: args.kind,
    durable: args.context.durable,
    version: args.version,
    instanceClass: instanceClassOf(args.capacity),
    nodes: 1 + args.readers,
    multiAz: args.readers > 0,
    zones: args.network.availabilityZones.length,
    backupDays: args.backupDays,
    storeName: args.storeName,
    services: [],
  });
  if (args.global && "instanceClass" in args.capacity && args.capacity.instanceClass.startsWith("db.t"))
    faults.push({
      key: `${key}.instanceClass`,
      what: "cannot be part of a global database",
      got: args.capacity.instanceClass,
      right: "give a class of the r family",
    });
  return faults;
}

function requireSecret(name: string, arn: string | undefined): string {
  if (!arn) throw new Error(`database ${name}: the cluster has no managed password; do not turn manageMasterUserPassword off`);
  return arn;
}
