import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { createHash } from "node:crypto";
import { VALKEY } from "../../facts/elasticache";
import { ConfigError } from "../faults";
import { kept, type PlatformContext } from "../platform-context";
import { type Consumer } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedCache, type ObservedStore } from "../visibility/alarms/observed";
import { ServiceLogs } from "../visibility/service-logs";
import { CacheAccess, type CacheEndpoint, type CacheIds, type CacheLogin } from "./cache-access";
import { accessString, type CacheAccessLevel, NO_DEFAULT_USER } from "./cache-acl";
import { type SnapshotOrigin } from "./restore";
import { type CacheCapacity, cacheFaults, cacheId, type CacheNodes, type ServerlessCacheCapacity } from "./cache-checks";

export interface CacheArgs {
  readonly context: PlatformContext;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets in as many zones as there are nodes; serverless: two or three. Changing this replaces the cache. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Key of what is on disk: snapshots, and what is written while nodes are synchronized. Changing this replaces the cache. */
  readonly keyArn: pulumi.Input<string>;
  /** Nodes, or none to choose. Changing the kind replaces the cache. */
  readonly capacity: CacheCapacity;
  /** Snapshot that the cache starts with. Giving, changing or taking it away replaces the cache. Default: it starts empty. */
  readonly restoreFrom?: SnapshotOrigin;
  /** Days the engine's log and the log of slow commands are kept, and their key. Serverless has no such logs. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  readonly transform?: {
    readonly replicationGroup?: Transform<aws.elasticache.ReplicationGroupArgs>;
    readonly serverless?: Transform<aws.elasticache.ServerlessCacheArgs>;
    readonly user?: Transform<aws.elasticache.UserArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

const PORT = 6379;
const PASSWORD_LENGTH = 32;

interface MadeCache {
  readonly arn: pulumi.Output<string>;
  readonly cacheName: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  readonly readerHost: pulumi.Output<string>;
  readonly resource: pulumi.Resource;
  readonly observed: ObservedCache;
}

/**
 * Running state in memory, on ElastiCache for Valkey: fast, usually not backed up, never the only place of anything. One cache an
 * environment; each service has a user of its own for each of its prefixes, that reaches the keys and channels of that prefix and nothing
 * else. Users prove themselves by IAM, so there is no password anywhere; the default user is off.
 *
 * Serverless is the cheapest honest cache for an environment to try things in: at least 0.1 GB is charged, 6 USD a month, and it stands in
 * several zones; the smallest node costs 9 USD and stands in one. Deleting a serverless cache takes no last snapshot.
 *
 * Cost: `cache.t4g.micro` 0.0128 USD an hour, `cache.m7g.large` 0.1264; serverless 0.084 USD a GB-hour and 0.0023 USD a million processing
 * units; all in us-east-1 (Amazon ElastiCache pricing, 2026-11).
 */
export class Cache extends pulumi.ComponentResource {
  public readonly host: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly observed: ObservedCache;

  private readonly access: CacheAccess;
  private readonly userGroup: aws.elasticache.UserGroup;
  private readonly made: MadeCache;

  /** @throws {ConfigError} with what ElastiCache would refuse. */
  constructor(
    private readonly name: string,
    private readonly args: CacheArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:Cache", name, {}, options);
    const { capacity, context } = args;
    const faults = cacheFaults(`cache ${name}`, { name, durable: context.durable, capacity });
    if (faults.length > 0) throw new ConfigError(faults);
    const group = this.createSecurityGroup();
    this.userGroup = this.createUserGroup();
    this.made = capacity.kind === "serverless" ? this.createServerless(group, capacity) : this.createNodes(group, capacity);
    this.host = this.made.host;
    this.observed = this.made.observed;
    this.securityGroupId = group.id;
    const endpoint: CacheEndpoint = {
      host: this.made.host,
      readerHost: this.made.readerHost,
      port: PORT,
      tls: true,
      securityGroupId: this.securityGroupId,
    };
    this.access = new CacheAccess(name, endpoint, (...asked) => this.createUser(...asked), this, [this.made.resource], this.observed);
    this.registerOutputs({ host: this.host });
  }

  /** A cache that exists already; nothing of it is created or changed but the rules that let services in. */
  static adopt(name: string, ids: CacheIds, options?: { readonly parent?: pulumi.Resource }): Pick<Cache, "prefix"> {
    return new CacheAccess(name, ids, () => ids.login, options?.parent ?? pulumi.rootStackResource, []);
  }

  /** The keys that start with `<prefix>:`, for services to be bound to. */
  prefix(prefix: string): ObservedStore {
    return this.access.prefix(prefix);
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.vpcId, description: `Cache ${this.name}: only the services that need a prefix` },
        { parent: this },
      ),
    );
  }

  /** The group holds the default user, switched off; each service's users join it by an association of their own. */
  private createUserGroup(): aws.elasticache.UserGroup {
    const { environment } = this.args.context;
    const userId = cacheId(environment, this.name, "default");
    // ElastiCache wants a password of a user who is not let in; nobody needs to know it.
    const unused = new random.RandomPassword(`${this.name}-default`, { length: PASSWORD_LENGTH, special: false }, { parent: this });
    const nobody = new aws.elasticache.User(
      `${this.name}-default`,
      {
        engine: VALKEY.engine,
        userId,
        userName: "default",
        accessString: NO_DEFAULT_USER,
        authenticationMode: { type: "password", passwords: [pulumi.secret(unused.result)] },
      },
      { parent: this },
    );
    return new aws.elasticache.UserGroup(
      this.name,
      { engine: VALKEY.engine, userGroupId: cacheId(environment, this.name), userIds: [nobody.userId] },
      { parent: this, ignoreChanges: ["userIds"] },
    );
  }

  private createNodes(group: aws.ec2.SecurityGroup, capacity: CacheNodes): MadeCache {
    const { args } = this;
    const { durable } = args.context;
    const several = capacity.nodes > 1;
    const subnetGroup = new aws.elasticache.SubnetGroup(this.name, { subnetIds: args.subnetIds }, { parent: this });
    const logs = new ServiceLogs(this.name, { context: args.context, ...args.logs }, { parent: this });
    const cache = new aws.elasticache.ReplicationGroup(
      ...bend<aws.elasticache.ReplicationGroupArgs>(
        args.transform?.replicationGroup,
        this.name,
        {
          description: `Running state of ${args.context.environment}`,
          engine: VALKEY.engine,
          engineVersion: VALKEY.version,
          parameterGroupName: `default.${VALKEY.family}`,
          nodeType: capacity.nodeType,
          numCacheClusters: capacity.nodes,
          multiAzEnabled: several,
          automaticFailoverEnabled: several,
          port: PORT,
          subnetGroupName: subnetGroup.name,
          securityGroupIds: [group.id],
          transitEncryptionEnabled: true,
          transitEncryptionMode: "required",
          atRestEncryptionEnabled: true,
          kmsKeyId: args.keyArn,
          userGroupIds: [this.userGroup.userGroupId],
          snapshotRetentionLimit: capacity.snapshotDays,
          snapshotName: args.restoreFrom?.snapshot,
          finalSnapshotIdentifier: durable ? this.finalSnapshot(group) : undefined,
          logDeliveryConfigurations: ["slow-log", "engine-log"].map((logType) => ({
            logType,
            logFormat: "json",
            destinationType: "cloudwatch-logs",
            destination: logs.name,
          })),
          autoMinorVersionUpgrade: true,
          applyImmediately: !durable,
        },
        { parent: this, ...kept(args.context) },
      ),
    );
    return {
      arn: cache.arn,
      cacheName: cache.replicationGroupId,
      host: cache.primaryEndpointAddress,
      readerHost: several ? cache.readerEndpointAddress : cache.primaryEndpointAddress,
      resource: cache,
      observed: {
        kind: "cache",
        name: this.name,
        mode: "nodes",
        nodeIds: Array.from({ length: capacity.nodes }, (_, index) =>
          cache.memberClusters.apply((members) => requireNode(this.name, [...members].sort()[index])),
        ),
        capacity,
      },
    };
  }

  /**
   * A snapshot's name must never have been used before, or the deletion fails: the group's id is new with every life of the cache, the rest
   * with every change that replaces it inside one life.
   */
  private finalSnapshot(group: aws.ec2.SecurityGroup): pulumi.Output<string> {
    return pulumi.all([group.id, this.args.keyArn, this.args.subnetIds]).apply((parts) => {
      const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
      return cacheId(this.name, "final", hash.slice(0, 16));
    });
  }

  private createServerless(group: aws.ec2.SecurityGroup, capacity: ServerlessCacheCapacity): MadeCache {
    const { args } = this;
    const cache = new aws.elasticache.ServerlessCache(
      ...bend<aws.elasticache.ServerlessCacheArgs>(
        args.transform?.serverless,
        this.name,
        {
          description: `Running state of ${args.context.environment}`,
          engine: VALKEY.engine,
          majorEngineVersion: VALKEY.major,
          subnetIds: args.subnetIds,
          securityGroupIds: [group.id],
          kmsKeyId: args.keyArn,
          userGroupId: this.userGroup.userGroupId,
          snapshotArnsToRestores: args.restoreFrom && [args.restoreFrom.snapshot],
          cacheUsageLimits: {
            dataStorage: { maximum: capacity.maximumGb, unit: "GB" },
            ecpuPerSeconds: [{ maximum: capacity.maximumEcpu }],
          },
        },
        { parent: this, ...kept(args.context) },
      ),
    );
    const host = cache.endpoints.apply((endpoints) => requireEndpoint(this.name, endpoints[0]?.address));
    const observed = { kind: "cache", name: this.name, mode: "serverless", cacheName: cache.name, capacity } as const;
    return { arn: cache.arn, cacheName: cache.name, host, readerHost: host, resource: cache, observed };
  }

  private createUser(consumer: Consumer, prefix: string, access: CacheAccessLevel): CacheLogin {
    const name = `${this.name}-${consumer.name}.${prefix}`;
    // IAM wants the id and the name of a user to be the same.
    const userId = cacheId(this.args.context.environment, this.name, consumer.name, prefix);
    const user = new aws.elasticache.User(
      ...bend<aws.elasticache.UserArgs>(
        this.args.transform?.user,
        name,
        {
          engine: VALKEY.engine,
          userId,
          userName: userId,
          accessString: accessString(prefix, access),
          authenticationMode: { type: "iam" },
        },
        { parent: this },
      ),
    );
    const joined = new aws.elasticache.UserGroupAssociation(
      name,
      { userGroupId: this.userGroup.userGroupId, userId: user.userId },
      { parent: this },
    );
    return {
      kind: "iam",
      cacheArn: this.made.arn,
      cacheName: this.made.cacheName,
      serverless: this.args.capacity.kind === "serverless",
      user: user.userId,
      userArn: user.arn,
      ready: [joined],
    };
  }
}

function requireNode(name: string, node: string | undefined): string {
  if (!node) throw new Error(`cache ${name}: the replication group has fewer nodes than were asked for`);
  return node;
}

function requireEndpoint(name: string, address: string | undefined): string {
  if (!address) throw new Error(`cache ${name}: the serverless cache has no endpoint`);
  return address;
}
