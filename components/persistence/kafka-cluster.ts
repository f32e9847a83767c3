import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { KAFKA_VERSION } from "../../facts/msk";
import { ConfigError } from "../faults";
import { kept, type PlatformContext } from "../platform-context";
import { variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedKafka } from "../visibility/alarms/observed";
import { ServiceLogs } from "../visibility/service-logs";
import { KafkaAccess, type KafkaClusterIds, type KafkaTopic, type TopicMade } from "./kafka-access";
import { isExpress, type KafkaCapacity, kafkaFaults, type ProvisionedKafka, replicationOf } from "./kafka-checks";
import { topicConfigs, type TopicSettings } from "./kafka-topics";

export interface KafkaClusterArgs {
  readonly context: PlatformContext;
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone, in the order of the zones. Changing those in use replaces the cluster. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Zones it spans, 2 or 3 (Express: 3); the first so many subnets are used. Changing this replaces the cluster. */
  readonly zones: number;
  /** Key of the records on disk. Changing this replaces the cluster. Serverless always uses AWS's own key. */
  readonly keyArn: pulumi.Input<string>;
  /** Brokers, or none to choose. Changing the kind, or standard to Express, replaces the cluster. */
  readonly capacity: KafkaCapacity;
  /** Every topic that the catalogue declares: see `declaredTopics`. */
  readonly topics: readonly TopicSettings[];
  /** Days the brokers' logs are kept, and the key of those logs. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  readonly transform?: {
    readonly cluster?: Transform<aws.msk.ClusterArgs>;
    readonly serverless?: Transform<aws.msk.ServerlessClusterArgs>;
    readonly configuration?: Transform<aws.msk.ConfigurationArgs>;
    readonly topic?: Transform<aws.msk.TopicArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

/** Port of the brokers for IAM over TLS, inside the VPC (Amazon MSK developer guide, "Port information", 2026-11). */
const IAM_PORT = 9098;
/** Percent of a volume in use at which it grows; a volume can grow once in six hours, so there must be room left. */
const STORAGE_TARGET = 60;

interface MadeCluster {
  readonly arn: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  readonly bootstrapServers: pulumi.Output<string>;
  /** The cluster when topics can be resources on it. */
  readonly provisioned?: aws.msk.Cluster;
}

/**
 * A message bus on Kafka: services hand each other records in order, keep them for days and read them again. MSK runs it, as KRaft from the
 * first day because ZooKeeper cannot be left later. One cluster an environment; a service reaches its own topics and its own consumer group.
 * It is running state: what must last belongs in a store of the service that owns it.
 *
 * Provisioned is also the cheapest honest cluster for an environment to try things in: two `kafka.t3.small` brokers cost 67 USD a month,
 * MSK Serverless 548 USD before the first partition, and on Serverless topics cannot be resources (the topic APIs of MSK leave it out), so
 * that the service which publishes has to create its topic.
 *
 * Cost: 0.204 USD an hour a `kafka.m7g.large` broker, 0.0456 a `kafka.t3.small`, 0.10 USD a GB-month of storage, serverless 0.75 USD an hour,
 * all in us-east-1 (Amazon MSK pricing, 2026-11).
 */
export class KafkaCluster extends pulumi.ComponentResource {
  public readonly clusterArn: pulumi.Output<string>;
  /** Host and port of each broker for IAM, with commas between. */
  public readonly bootstrapServers: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly observed: ObservedKafka;
  /** What `adopt` takes in another project. */
  public readonly ids: KafkaClusterIds;

  private readonly access: KafkaAccess;
  private readonly provisioned: aws.msk.Cluster | undefined;
  private readonly topics = new Map<string, KafkaTopic>();

  /** @throws {ConfigError} with what MSK would refuse. */
  constructor(
    private readonly name: string,
    private readonly args: KafkaClusterArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:KafkaCluster", name, {}, options);
    const { durable } = args.context;
    const faults = kafkaFaults(`kafka ${name}`, { name, durable, zones: args.zones, capacity: args.capacity, topics: args.topics });
    if (faults.length > 0) throw new ConfigError(faults);
    const group = this.createSecurityGroup();
    const made = args.capacity.kind === "serverless" ? this.createServerless(group) : this.createProvisioned(group, args.capacity);
    this.provisioned = made.provisioned;
    this.clusterArn = made.arn;
    this.observed = { kind: "kafka", name, clusterName: made.clusterName, capacity: args.capacity };
    this.bootstrapServers = made.bootstrapServers;
    this.securityGroupId = group.id;
    const { bootstrapServers, securityGroupId, clusterArn } = this;
    this.ids = { bootstrapServers, securityGroupId, port: IAM_PORT, login: { kind: "iam", clusterArn } };
    this.access = new KafkaAccess(name, this.ids, this);
    for (const settings of args.topics) {
      const { topic, retention } = settings;
      const observed = { kind: "topic", name: `${name}-${topic}`, topic, retention, cluster: this.observed } as const;
      this.topics.set(topic, this.access.topic(topic, this.createTopic(settings), observed));
    }
    this.registerOutputs({ clusterArn: this.clusterArn, bootstrapServers: this.bootstrapServers });
  }

  /**
   * A cluster that exists already: of MSK, or run by a team itself. Nothing of it is created or changed but the rules that let services in;
   * its topics must be there.
   */
  static adopt(name: string, ids: KafkaClusterIds, options?: { readonly parent?: pulumi.Resource }): Pick<KafkaCluster, "topic"> {
    const access = new KafkaAccess(name, ids, options?.parent ?? pulumi.rootStackResource);
    const made = { ready: [], variables: {}, createdByPublisher: false };
    return { topic: (topic) => access.topic(topic, made, { kind: "adopted", name, what: "kafka" }) };
  }

  /**
   * One of the declared topics.
   * @throws {Error} for a topic that was not among the arguments.
   */
  topic(topic: string): KafkaTopic {
    const known = this.topics.get(topic);
    if (!known) throw new Error(`kafka ${this.name} has no topic ${topic}; give it in args.topics`);
    return known;
  }

  private subnets(): pulumi.Output<string[]> {
    return pulumi.output(this.args.subnetIds).apply((ids) => ids.slice(0, this.args.zones));
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.vpcId, description: `Kafka ${this.name}: only the services that need a topic` },
        { parent: this },
      ),
    );
  }

  private createServerless(group: aws.ec2.SecurityGroup): MadeCluster {
    const cluster = new aws.msk.ServerlessCluster(
      ...bend<aws.msk.ServerlessClusterArgs>(
        this.args.transform?.serverless,
        this.name,
        {
          clientAuthentication: { sasl: { iam: { enabled: true } } },
          vpcConfigs: [{ subnetIds: this.subnets(), securityGroupIds: [group.id] }],
        },
        { parent: this, ...kept(this.args.context) },
      ),
    );
    return { arn: cluster.arn, clusterName: cluster.clusterName, bootstrapServers: cluster.bootstrapBrokersSaslIam };
  }

  private createProvisioned(group: aws.ec2.SecurityGroup, capacity: ProvisionedKafka): MadeCluster {
    const { args } = this;
    const { durable } = args.context;
    const configuration = this.createConfiguration(capacity);
    const logs = new ServiceLogs(this.name, { context: args.context, ...args.logs }, { parent: this });
    const cluster = new aws.msk.Cluster(
      ...bend<aws.msk.ClusterArgs>(
        args.transform?.cluster,
        this.name,
        {
          kafkaVersion: capacity.version ?? KAFKA_VERSION.version,
          numberOfBrokerNodes: capacity.brokers,
          brokerNodeGroupInfo: {
            instanceType: capacity.brokerType,
            clientSubnets: this.subnets(),
            securityGroups: [group.id],
            ...(capacity.storage && { storageInfo: { ebsStorageInfo: { volumeSize: capacity.storage.initial } } }),
          },
          clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
          encryptionInfo: { encryptionAtRestKmsKeyArn: args.keyArn, encryptionInTransit: { clientBroker: "TLS", inCluster: true } },
          configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
          // Open monitoring costs nothing and shows what CloudWatch charges for.
          openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } } },
          enhancedMonitoring: durable ? "PER_BROKER" : "DEFAULT",
          loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.name } } },
        },
        {
          parent: this,
          ...kept(args.context),
          // The volumes grow by themselves and cannot shrink: the program's number is only what they start with.
          ...(capacity.storage && { ignoreChanges: ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"] }),
        },
      ),
    );
    if (capacity.storage) this.scaleStorage(cluster, capacity.storage.maximum);
    return {
      arn: cluster.arn,
      clusterName: cluster.clusterName,
      bootstrapServers: cluster.bootstrapBrokersSaslIam,
      provisioned: cluster,
    };
  }

  private createConfiguration(capacity: ProvisionedKafka): aws.msk.Configuration {
    const { factor, minimumInSync } = replicationOf(capacity);
    const properties: Readonly<Record<string, string | number | boolean>> = {
      // A misspelled name must fail, not make a topic that nobody declared.
      "auto.create.topics.enable": false,
      // Express brokers fix these themselves: three copies, two of them in sync.
      ...(isExpress(capacity.brokerType)
        ? {}
        : {
            "default.replication.factor": factor,
            "min.insync.replicas": minimumInSync ?? 1,
            "unclean.leader.election.enable": false,
          }),
    };
    return new aws.msk.Configuration(
      ...bend<aws.msk.ConfigurationArgs>(
        this.args.transform?.configuration,
        this.name,
        {
          serverProperties: Object.entries(properties)
            .map(([property, value]) => `${property}=${value}\n`)
            .join(""),
        },
        { parent: this },
      ),
    );
  }

  private scaleStorage(cluster: aws.msk.Cluster, maximum: number): void {
    const target = new aws.appautoscaling.Target(
      `${this.name}-storage`,
      {
        serviceNamespace: "kafka",
        resourceId: cluster.arn,
        scalableDimension: "kafka:broker-storage:VolumeSize",
        minCapacity: 1,
        maxCapacity: maximum,
      },
      { parent: this },
    );
    new aws.appautoscaling.Policy(
      `${this.name}-storage`,
      {
        policyType: "TargetTrackingScaling",
        serviceNamespace: target.serviceNamespace,
        resourceId: target.resourceId,
        scalableDimension: target.scalableDimension,
        targetTrackingScalingPolicyConfiguration: {
          targetValue: STORAGE_TARGET,
          disableScaleIn: true,
          predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
        },
      },
      { parent: this },
    );
  }

  private createTopic(settings: TopicSettings): TopicMade {
    const { capacity, context, transform } = this.args;
    if (!this.provisioned || capacity.kind === "serverless") return createdByPublisher(settings);
    const replication = replicationOf(capacity);
    const topic = new aws.msk.Topic(
      ...bend<aws.msk.TopicArgs>(
        transform?.topic,
        `${this.name}-${settings.topic}`,
        {
          clusterArn: this.provisioned.arn,
          name: settings.topic,
          partitionCount: settings.partitions,
          replicationFactor: replication.factor,
          configs: JSON.stringify(topicConfigs(settings, replication)),
        },
        { parent: this, ...kept(context) },
      ),
    );
    return { ready: [topic], variables: {}, createdByPublisher: false };
  }
}

/** Serverless has no API for topics: the service that publishes creates the topic, with what its descriptor says of it. */
function createdByPublisher({ topic, partitions, retention }: TopicSettings): TopicMade {
  const prefix = variablePrefix(topic, "TOPIC");
  return {
    ready: [],
    variables: { [`${prefix}_PARTITIONS`]: String(partitions), [`${prefix}_RETENTION_MS`]: String(retention) },
    createdByPublisher: true,
  };
}
