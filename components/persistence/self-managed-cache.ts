import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { type EcsCluster } from "../compute/ecs-cluster";
import { createTaskDefinition } from "../compute/ecs-task-definition";
import { ExecutionRole, isPublicImage } from "../compute/execution-role";
import { trustPolicy } from "../iam";
import { type Network } from "../network/network";
import { allowEndpoints, allowInternet } from "../network/outbound";
import { type PlatformContext } from "../platform-context";
import { type Consumer } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedCache, type ObservedStore } from "../visibility/alarms/observed";
import { ServiceLogs } from "../visibility/service-logs";
import { CacheAccess, type CacheLogin } from "./cache-access";
import { type CacheAccessLevel } from "./cache-acl";
import { CACHE_SERVER_COMMAND, CACHE_SERVER_VARIABLE, cacheServerConfiguration } from "./cache-server";
import { StoreLogin } from "./store-login";

/** What one service may do with one prefix. */
export interface PrefixGrant {
  readonly service: string;
  readonly prefix: string;
  readonly access: CacheAccessLevel;
}

export interface SelfManagedCacheArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Cluster it runs on, on Fargate. */
  readonly cluster: EcsCluster;
  /** CPU units and MiB of the task, a pair that Fargate has. A change restarts the server, which empties it. */
  readonly size: { readonly cpu: number; readonly memory: number };
  /** Every prefix that the catalogue needs, with who may do what. A change restarts the server, which empties it. */
  readonly grants: readonly PrefixGrant[];
  /** Key of the logins. */
  readonly keyArn: pulumi.Input<string>;
  /** Days the server's log is kept, and the key of that log. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  /** Image with a tag or digest, of Redis 7.0 or later or of Valkey with `redis-server` in it. Default: Redis 7.2, the last under the BSD licence. */
  readonly image?: string;
  readonly transform?: {
    readonly service?: Transform<aws.ecs.ServiceArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

const IMAGE = "public.ecr.aws/docker/library/redis:7.2";
const PORT = 6379;
/** Share of the task's memory for keys; the rest is for connections, scripts and the server itself. */
const MEMORY_FOR_KEYS = 0.75;
/** Seconds a client may keep the address of a task that is gone. */
const DNS_TTL = 10;

/**
 * Redis on the container platform, run by the team itself: one task without a disk, found by a name of the VPC's own DNS. It fits running
 * state that may be gone at any moment, below the size where ElastiCache pays. When it restarts it is empty, and for about a minute away.
 *
 * Each service has a user with the same rules as on ElastiCache, a password in Secrets Manager, and no TLS: traffic stays between two security
 * groups inside the VPC. Changing to `Cache` changes the login's kind and the address, nothing else.
 *
 * Cost: its task, 9 USD a month for 0.25 vCPU and 1 GB on Graviton in us-east-1 (AWS Fargate pricing, 2026-11), a secret a user, and
 * 0.50 USD a month for the DNS zone (Amazon Route 53 pricing, 2026-11).
 */
export class SelfManagedCache extends pulumi.ComponentResource {
  public readonly host: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly observed: ObservedCache;

  private readonly access: CacheAccess;
  private readonly logins: ReadonlyMap<string, StoreLogin>;

  constructor(
    private readonly name: string,
    private readonly args: SelfManagedCacheArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:SelfManagedCache", name, {}, options);
    const group = this.createSecurityGroup();
    this.securityGroupId = group.id;
    const image = args.image ?? IMAGE;
    const outbound = this.allowStart(image);
    this.logins = new Map(args.grants.map((grant) => [grantId(grant), this.createLogin(grant)]));
    const registry = this.createName();
    this.host = registry.host;
    const service = this.createService(image, registry.service, outbound);
    this.observed = {
      kind: "cache",
      name,
      mode: "self-managed",
      clusterName: args.cluster.name,
      serviceName: service.name,
      countsTasks: args.cluster.countsTasks,
    };
    this.access = new CacheAccess(
      name,
      { host: this.host, readerHost: this.host, port: PORT, tls: false, securityGroupId: this.securityGroupId },
      (...asked) => this.login(...asked),
      this,
      [service],
      this.observed,
    );
    this.registerOutputs({ host: this.host });
  }

  /** The keys that start with `<prefix>:`; binding throws for an access that was not granted. */
  prefix(prefix: string): ObservedStore {
    return this.access.prefix(prefix);
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.network.vpcId, description: `Cache ${this.name}: only the services that need a prefix` },
        { parent: this },
      ),
    );
  }

  /** A task pulls its image and writes its log from its own network interface. */
  private allowStart(image: string): pulumi.Resource[] {
    const side = { name: this.name, securityGroupId: this.securityGroupId };
    const reasons = isPublicImage(image) ? ["pulls its image"] : [];
    const { network } = this.args;
    return [...allowEndpoints(side, network, this), ...allowInternet(side, reasons, network, this)];
  }

  private createLogin(grant: PrefixGrant): StoreLogin {
    const { context, keyArn } = this.args;
    const username = `${grant.service}.${grant.prefix}`;
    return new StoreLogin(`${this.name}-${username}`, { context, username, keyArn }, { parent: this });
  }

  private login(consumer: Consumer, prefix: string, access: CacheAccessLevel): CacheLogin {
    const login = this.logins.get(grantId({ service: consumer.name, prefix, access }));
    if (!login) throw new Error(`cache ${this.name} does not let ${consumer.name} ${access} ${prefix}; give it in args.grants`);
    return { kind: "secret", secretArn: login.secretArn, keyArn: login.keyArn, ready: [login.value] };
  }

  private createName(): { readonly service: aws.servicediscovery.Service; readonly host: pulumi.Output<string> } {
    const { context, network } = this.args;
    const zone = new aws.servicediscovery.PrivateDnsNamespace(
      this.name,
      { name: `${this.name}.${context.environment}.internal`, vpc: network.vpcId, description: `Address of ${this.name}` },
      { parent: this },
    );
    const service = new aws.servicediscovery.Service(
      this.name,
      {
        name: "server",
        dnsConfig: { namespaceId: zone.id, dnsRecords: [{ type: "A", ttl: DNS_TTL }], routingPolicy: "MULTIVALUE" },
        healthCheckCustomConfig: {},
      },
      { parent: this },
    );
    return { service, host: pulumi.interpolate`${service.name}.${zone.name}` };
  }

  private configuration(): pulumi.Output<string> {
    const { grants, size } = this.args;
    const passwords = pulumi.all(grants.map((grant) => this.logins.get(grantId(grant))?.password ?? ""));
    const text = passwords.apply((known) =>
      cacheServerConfiguration(
        { port: PORT, maximumMemory: Math.floor(size.memory * MEMORY_FOR_KEYS) },
        grants.map(({ service, prefix, access }, index) => ({
          username: `${service}.${prefix}`,
          prefix,
          access,
          passwordHash: createHash("sha256")
            .update(known[index] ?? "")
            .digest("hex"),
        })),
      ),
    );
    // Hashes of passwords of 190 random bits give nothing away, and a plan that hides the whole task definition would.
    return pulumi.unsecret(text);
  }

  private createService(image: string, registry: aws.servicediscovery.Service, outbound: pulumi.Resource[]): aws.ecs.Service {
    const { args } = this;
    const { context, cluster, network } = args;
    const logs = new ServiceLogs(this.name, { context, ...args.logs }, { parent: this });
    const executionRole = new ExecutionRole(this.name, { context, logs, image }, { parent: this });
    const role = new aws.iam.Role(
      this.name,
      { description: `${this.name} itself calls nothing`, assumeRolePolicy: trustPolicy("ecs-tasks.amazonaws.com", context.accountId) },
      { parent: this },
    );
    const task = createTaskDefinition(
      this.name,
      {
        context,
        capacity: cluster.fargate,
        size: args.size,
        taskRoleArn: role.arn,
        executionRole,
        logs,
        containers: [
          {
            name: this.name,
            image,
            command: CACHE_SERVER_COMMAND,
            writable: [],
            variables: { [CACHE_SERVER_VARIABLE]: this.configuration() },
          },
        ],
      },
      this,
    );
    return new aws.ecs.Service(
      ...bend<aws.ecs.ServiceArgs>(
        args.transform?.service,
        this.name,
        {
          cluster: cluster.arn,
          taskDefinition: task.arn,
          desiredCount: 1,
          capacityProviderStrategies: [{ capacityProvider: cluster.fargate.onDemand, weight: 1 }],
          networkConfiguration: { subnets: network.privateSubnetIds, securityGroups: [this.securityGroupId], assignPublicIp: false },
          // Two servers at once would be two caches: the old one ends before the new one starts.
          deploymentMinimumHealthyPercent: 0,
          deploymentMaximumPercent: 100,
          deploymentCircuitBreaker: { enable: true, rollback: true },
          serviceRegistries: { registryArn: registry.arn },
          forceNewDeployment: true,
          enableEcsManagedTags: true,
          propagateTags: "SERVICE",
          waitForSteadyState: true,
        },
        { parent: this, dependsOn: [...cluster.fargate.ready, executionRole.policy, ...outbound] },
      ),
    );
  }
}

function grantId({ service, prefix, access }: PrefixGrant): string {
  return `${service}/${prefix}/${access}`;
}
