import type * as pulumi from "@pulumi/pulumi";
import { type EcsCluster } from "../components/compute/ecs-cluster";
import { type Network } from "../components/network/network";
import { type BrokerEngine } from "../components/persistence/broker-checks";
import { Cache } from "../components/persistence/cache";
import { type KafkaClusterIds } from "../components/persistence/kafka-access";
import { KafkaCluster } from "../components/persistence/kafka-cluster";
import { type LayerKey } from "../components/persistence/layer-key";
import { MessageBroker } from "../components/persistence/message-broker";
import { SelfManagedCache } from "../components/persistence/self-managed-cache";
import { type StreamSource } from "../components/persistence/warehouse-role";
import { type PlatformContext } from "../components/platform-context";
import { type ObservedStore } from "../components/visibility/alarms/observed";
import { cacheCapacity, kafkaCapacity, prefixesOf, queuesOf, type ServiceNeed, topicsOf, zonesOf } from "./bus-needs";
import { type BusConfig } from "./config/bus-section";

/** What buses are made with. */
export interface BusSetting {
  readonly context: PlatformContext;
  readonly config: BusConfig;
  readonly network: Network;
  readonly cluster: () => EcsCluster;
  readonly key: () => LayerKey;
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  readonly parent: pulumi.Resource;
}

/** The message buses of an environment: each is made when the first need asks for it, and shared by all. */
export class Buses {
  /** What is known of the Kafka cluster; undefined while no need has asked for it. */
  kafkaIds: KafkaClusterIds | undefined;

  private readonly made = new Map<string, unknown>();

  constructor(
    private readonly setting: BusSetting,
    private readonly needs: readonly ServiceNeed[],
  ) {}

  topic(topic: string): ReturnType<KafkaCluster["topic"]> {
    return this.once("kafka", () => this.kafka()).topic(topic);
  }

  /** Topics that a warehouse streams. */
  stream(topics: readonly string[]): StreamSource {
    const cluster = this.once("kafka", () => this.kafka());
    if (!(cluster instanceof KafkaCluster)) throw new Error("a warehouse streams from MSK alone, and Kafka is somewhere else");
    for (const topic of topics) cluster.topic(topic);
    return { name: "kafka", clusterArn: cluster.clusterArn, securityGroupId: cluster.securityGroupId, topics };
  }

  queue(engine: BrokerEngine, queue: string): ObservedStore {
    const id = engine === "activemq" ? engine : `${engine}-${queue}`;
    return this.once(id, () => this.broker(engine, id, engine === "activemq" ? undefined : queue)).queue(queue);
  }

  prefix(prefix: string): ObservedStore {
    return this.once("cache", () => this.cache()).prefix(prefix);
  }

  private once<Made>(id: string, make: () => Made): Made {
    const made = (this.made.get(id) as Made | undefined) ?? make();
    this.made.set(id, made);
    return made;
  }

  private kafka(): Pick<KafkaCluster, "topic"> {
    const { context, config, network, key, logs, parent } = this.setting;
    const { endpoint: given } = config.kafka;
    if (given) {
      const { address: bootstrapServers, port, securityGroupId, secretArn, keyArn } = given;
      this.kafkaIds = { bootstrapServers, port, securityGroupId, login: { kind: "scram", secretArn, keyArn } };
      return KafkaCluster.adopt("kafka", this.kafkaIds, { parent });
    }
    const zones = zonesOf(network.availabilityZones.length);
    const cluster = new KafkaCluster(
      "kafka",
      {
        context,
        vpcId: network.vpcId,
        // Lambda's pollers stand beside the brokers and call Lambda and STS: the isolated tier has no way there.
        subnetIds: network.privateSubnetIds,
        zones,
        keyArn: key().arn,
        capacity: kafkaCapacity(config, zones),
        topics: topicsOf(this.needs, context.durable).topics,
        logs,
      },
      { parent },
    );
    this.kafkaIds = cluster.ids;
    return cluster;
  }

  private broker(engine: BrokerEngine, name: string, queue: string | undefined): Pick<MessageBroker, "queue"> {
    const { context, config, network, key, parent } = this.setting;
    const { endpoint: given, instanceType } = config[engine];
    if (given)
      return MessageBroker.adopt(
        name,
        { engine, url: given.address, port: given.port, securityGroupId: given.securityGroupId, login: given },
        { parent },
      );
    const grants = queuesOf(this.needs, engine).filter((grant) => queue === undefined || grant.queue === queue);
    return new MessageBroker(
      name,
      {
        context,
        engine,
        vpcId: network.vpcId,
        subnetIds: network.privateSubnetIds,
        zones: network.availabilityZones.length,
        keyArn: key().arn,
        instanceType,
        grants,
      },
      { parent },
    );
  }

  private cache(): Pick<Cache, "prefix"> {
    const { context, config, network, cluster, key, logs, parent } = this.setting;
    const { endpoint: given, mode: chosen } = config.cache;
    if (given)
      return Cache.adopt(
        "cache",
        {
          host: given.address,
          readerHost: given.address,
          port: given.port,
          tls: true,
          securityGroupId: given.securityGroupId,
          login: { kind: "secret", secretArn: given.secretArn, keyArn: given.keyArn },
        },
        { parent },
      );
    if (chosen === "self-managed")
      return new SelfManagedCache(
        "cache",
        { context, network, cluster: cluster(), size: { cpu: 256, memory: 1024 }, grants: prefixesOf(this.needs), keyArn: key().arn, logs },
        { parent },
      );
    return new Cache(
      "cache",
      { context, vpcId: network.vpcId, subnetIds: network.isolatedSubnetIds, keyArn: key().arn, capacity: cacheCapacity(config), logs },
      { parent },
    );
  }
}
