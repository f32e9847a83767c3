import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { MQ_ENGINES } from "../../facts/amazon-mq";
import { type BrokerSource } from "../compute/triggers/event-sources";
import { ConfigError } from "../faults";
import { policyDocument } from "../iam";
import { type Network } from "../network/network";
import { kept, type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { type ObservedBroker } from "../visibility/alarms/observed";
import { activeMqConfiguration, SERVICES_GROUP } from "./activemq-configuration";
import { BrokerAccess, type BrokerLogin, type BrokerQueue, type MessageBrokerIds } from "./broker-access";
import { type BrokerEngine, brokerFaults, deploymentMode, instancesAcrossZones, type QueueGrant } from "./broker-checks";
import { StoreLogin } from "./store-login";

export interface MessageBrokerArgs {
  readonly context: PlatformContext;
  /** Changing this replaces the broker. */
  readonly engine: BrokerEngine;
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone, in the order of the zones. Changing those in use replaces the broker. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Zones there are subnets in. */
  readonly zones: number;
  /** Key of the messages on disk and of the logins. Changing this replaces the broker. */
  readonly keyArn: pulumi.Input<string>;
  /** Such as `mq.m5.large`; a change restarts the broker. */
  readonly instanceType: string;
  /** Every queue that the catalogue needs, with who may do what; of RabbitMQ one queue. A change restarts an ActiveMQ broker. */
  readonly grants: readonly QueueGrant[];
  /** Another text makes all passwords anew. Default: they stay. */
  readonly passwordGeneration?: string;
  readonly transform?: {
    readonly broker?: Transform<aws.mq.BrokerArgs>;
    readonly configuration?: Transform<aws.mq.ConfigurationArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

/**
 * A message broker on Amazon MQ, ActiveMQ or RabbitMQ: for applications that speak JMS or AMQP already. New services take SQS or Kafka.
 * One broker in an environment that may lose it; an active and a standby (ActiveMQ) or a cluster of three (RabbitMQ) across zones in a
 * durable one. It is running state: what must last belongs in a store of the service that owns it.
 *
 * On ActiveMQ each service has a user of its own that may do what the service's descriptor says with its own queues, and nothing else. Amazon
 * MQ makes only one user of RabbitMQ and ignores edits of it, so there each queue has a broker of its own: a service reaches no queue that it
 * did not ask for, but who publishes to a queue could also read it.
 *
 * The passwords are in the stack's state, encrypted: see `StoreLogin`. Amazon MQ makes the log groups itself, below `/aws/amazonmq/broker/`,
 * and keeps them for ever.
 *
 * Cost: an `mq.m5.large` 0.288 USD an hour, an active/standby pair 0.576, in us-east-1 (Amazon MQ pricing, 2026-11); smaller ones unpriced.
 */
export class MessageBroker extends pulumi.ComponentResource {
  public readonly brokerArn: pulumi.Output<string>;
  /** What a client of the engine's own library connects to. */
  public readonly url: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly observed: ObservedBroker;

  private readonly access: BrokerAccess;

  /** @throws {ConfigError} with what Amazon MQ would refuse. */
  constructor(
    private readonly name: string,
    private readonly args: MessageBrokerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:MessageBroker", name, {}, options);
    const instances = args.context.durable ? instancesAcrossZones(args.engine) : 1;
    const faults = brokerFaults(`broker ${name}`, { ...args, name, durable: args.context.durable, instances });
    if (faults.length > 0) throw new ConfigError(faults);
    const group = this.createSecurityGroup();
    const logins = this.createLogins();
    const broker = this.createBroker(instances, group, logins);
    this.brokerArn = broker.arn;
    this.observed = { kind: args.engine, name, brokerName: broker.brokerName, instanceType: args.instanceType, instances };
    this.url = broker.instances.apply((members) =>
      connectionUrl(
        args.engine,
        members.flatMap(({ endpoints }) => endpoints),
      ),
    );
    this.securityGroupId = group.id;
    this.access = new BrokerAccess(
      name,
      {
        engine: args.engine,
        url: this.url,
        brokerArn: this.brokerArn,
        securityGroupId: this.securityGroupId,
        login: (service) => this.loginOf(logins, service),
      },
      this,
      [broker],
      this.observed,
    );
    this.registerOutputs({ brokerArn: this.brokerArn, url: this.url });
  }

  /** A broker that exists already: of Amazon MQ, or run by a team itself. Only the rules that let services in are made. */
  static adopt(name: string, ids: MessageBrokerIds, options?: { readonly parent?: pulumi.Resource }): Pick<MessageBroker, "queue"> {
    const access = new BrokerAccess(name, { ...ids, login: () => ids.login }, options?.parent ?? pulumi.rootStackResource, []);
    return { queue: (queue) => access.queue(queue) };
  }

  /**
   * One of the queues.
   * @throws {Error} for a queue that no grant names; binding throws for an access that was not granted.
   */
  queue(queue: string): BrokerQueue {
    const granted = this.args.grants.filter((grant) => grant.queue === queue);
    if (granted.length === 0) throw new Error(`broker ${this.name} has no queue ${queue}; give it in args.grants`);
    return this.access.queue(queue, (service, access) => granted.some((grant) => grant.service === service && grant.access === access));
  }

  /** A queue as what starts a service's function; lets Lambda's pollers reach the broker. */
  source(queue: string, service: string, network: Network): BrokerSource {
    return this.access.source(queue, service, network);
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.vpcId, description: `Broker ${this.name}: only the services that need a queue` },
        { parent: this },
      ),
    );
  }

  /** ActiveMQ: a login for each service. RabbitMQ: the one that Amazon MQ makes. */
  private createLogins(): ReadonlyMap<string, StoreLogin> {
    const { context, keyArn, passwordGeneration, engine, grants } = this.args;
    const users = engine === "rabbitmq" ? [this.name] : [...new Set(grants.map(({ service }) => service))].sort();
    return new Map(
      users.map((username) => [
        username,
        new StoreLogin(
          engine === "rabbitmq" ? this.name : `${this.name}-${username}`,
          { context, username, keyArn, generation: passwordGeneration },
          { parent: this },
        ),
      ]),
    );
  }

  private loginOf(logins: ReadonlyMap<string, StoreLogin>, service: string): BrokerLogin {
    const login = logins.get(this.args.engine === "rabbitmq" ? this.name : service);
    if (!login) throw new Error(`broker ${this.name} has no user ${service}; give it in args.grants`);
    return { secretArn: login.secretArn, keyArn: login.keyArn, ready: [login.value] };
  }

  private createBroker(instances: number, group: aws.ec2.SecurityGroup, logins: ReadonlyMap<string, StoreLogin>): aws.mq.Broker {
    const { args } = this;
    const { engineType, version } = MQ_ENGINES[args.engine];
    const configuration = args.engine === "activemq" ? this.createConfiguration(engineType, version) : undefined;
    return new aws.mq.Broker(
      ...bend<aws.mq.BrokerArgs>(
        args.transform?.broker,
        this.name,
        {
          engineType,
          engineVersion: version,
          hostInstanceType: args.instanceType,
          deploymentMode: deploymentMode({ engine: args.engine, instances }),
          publiclyAccessible: false,
          subnetIds: pulumi.output(args.subnetIds).apply((ids) => ids.slice(0, instances)),
          securityGroups: [group.id],
          encryptionOptions: { useAwsOwnedKey: false, kmsKeyId: args.keyArn },
          // RabbitMQ has no audit log; asking for it is refused.
          logs: args.engine === "activemq" ? { general: true, audit: true } : { general: true },
          autoMinorVersionUpgrade: true,
          // A user who is first let in at the next maintenance would fail the deployment of its service. The standby takes over meanwhile.
          applyImmediately: true,
          ...(configuration && { configuration: { id: configuration.id, revision: configuration.latestRevision } }),
          users: [...logins.values()].map(({ username, password }) => ({
            username,
            password,
            ...(args.engine === "activemq" && { consoleAccess: false, groups: [username, SERVICES_GROUP] }),
          })),
        },
        { parent: this, ...kept(this.args.context), dependsOn: [this.admitLogs()] },
      ),
    );
  }

  private createConfiguration(engineType: string, engineVersion: string): aws.mq.Configuration {
    return new aws.mq.Configuration(
      ...bend<aws.mq.ConfigurationArgs>(
        this.args.transform?.configuration,
        this.name,
        { engineType, engineVersion, data: activeMqConfiguration(this.args.grants) },
        { parent: this },
      ),
    );
  }

  /** Without it the broker is made and its logs go nowhere (developer guide, "Configuring Amazon MQ to publish logs", 2026-11). */
  private admitLogs(): aws.cloudwatch.LogResourcePolicy {
    const { accountId, region, environment } = this.args.context;
    return new aws.cloudwatch.LogResourcePolicy(
      this.name,
      {
        policyName: `${environment}-${this.name}-amazon-mq`,
        policyDocument: policyDocument([
          {
            Sid: "AmazonMq",
            Effect: "Allow",
            Principal: { Service: "mq.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `arn:aws:logs:${region}:${accountId}:log-group:/aws/amazonmq/*`,
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
        ]),
      },
      { parent: this },
    );
  }
}

/** Endpoints by the start that the engine's own protocol has; OpenWire's client fails over between those in the brackets. */
function connectionUrl(engine: BrokerEngine, endpoints: readonly string[]): string {
  const own = endpoints.filter((endpoint) => endpoint.startsWith(engine === "activemq" ? "ssl://" : "amqps://"));
  return engine === "activemq" ? `failover:(${own.join(",")})` : own.join(",");
}
