import * as pulumi from "@pulumi/pulumi";
import { type TopicSource } from "../compute/triggers/event-sources";
import { type Statement } from "../iam";
import { type ServiceNetwork } from "../network/service-network";
import { type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { type Observed, type ObservedStore } from "../visibility/alarms/observed";
import { SharedPassage } from "./shared-passage";
import { readStoreSecret } from "./store-secret";

/** How services prove who they are: with their role, or with a user and password in a secret. */
export type KafkaLogin =
  | { readonly kind: "iam"; readonly clusterArn: pulumi.Input<string> }
  | { readonly kind: "scram"; readonly secretArn: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> };

/** What is known of a Kafka cluster that exists already: one of MSK, or brokers that a team runs itself. */
export interface KafkaClusterIds {
  /** Host and port of the brokers, with commas between. */
  readonly bootstrapServers: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Port of the brokers. */
  readonly port: number;
  /** IAM works on MSK only. */
  readonly login: KafkaLogin;
}

/** A topic that services can be bound to, and that can start a function. */
export interface KafkaTopic extends ObservedStore {
  readonly topic: string;
  /** The topic as what starts a function; lets Lambda's pollers reach the brokers. */
  source(network: ServiceNetwork): TopicSource;
}

/** What a topic brings with it, beside its name. */
export interface TopicMade {
  /** The topic itself, where it is a resource. */
  readonly ready: readonly pulumi.Resource[];
  /** Variables for who has to create it, where it is none. */
  readonly variables: Readonly<Record<string, string>>;
  /** True when the service that publishes creates it. */
  readonly createdByPublisher: boolean;
}

/** The ARN of a topic or a consumer group: the cluster's, with the name at its end. */
export function ofCluster(clusterArn: pulumi.Input<string>, kind: "topic" | "group", name: string): pulumi.Output<string> {
  return pulumi.output(clusterArn).apply((arn) => `${arn.replace(":cluster/", `:${kind}/`)}/${name}`);
}

/** What a service may do with topics, and how it gets to the brokers; the same for a created and an adopted cluster. */
export class KafkaAccess {
  private readonly passage: SharedPassage;

  constructor(
    name: string,
    private readonly ids: KafkaClusterIds,
    parent: pulumi.Resource,
  ) {
    this.passage = new SharedPassage({ name, securityGroupId: ids.securityGroupId }, ids.port, parent);
  }

  topic(topic: string, made: TopicMade, observed: Observed): KafkaTopic {
    return {
      topic,
      observed,
      bind: (consumer, access) => this.bind(topic, made, consumer, access),
      source: (network) => this.source(topic, made, network),
    };
  }

  private bind(topic: string, made: TopicMade, consumer: Consumer, access: BoundAccess): Binding {
    if (access !== "publish" && access !== "consume")
      throw new Error(`${consumer.name} cannot ${access} topic ${topic}; give publish or consume`);
    const { login, bootstrapServers } = this.ids;
    return {
      to: topic,
      kind: "topic",
      access,
      variables: {
        KAFKA_BOOTSTRAP_SERVERS: bootstrapServers,
        KAFKA_LOGIN: login.kind,
        ...(login.kind === "scram" && { KAFKA_SECRET_ARN: login.secretArn }),
        // One group a service: its copies share the partitions, and another service's do not take any of them.
        ...(access === "consume" && { KAFKA_GROUP_ID: consumer.name }),
        [variablePrefix(topic, "TOPIC")]: topic,
        ...(access === "publish" && made.variables),
      },
      statements:
        login.kind === "iam"
          ? topicStatements({ clusterArn: login.clusterArn, topic, group: consumer.name, access, creates: made.createdByPublisher })
          : readStoreSecret(login),
      ready: [...this.passage.open(consumer), ...made.ready],
    };
  }

  private source(topic: string, made: TopicMade, network: ServiceNetwork): TopicSource {
    const { login } = this.ids;
    if (login.kind !== "iam") throw new Error(`topic ${topic} is not on MSK, so it starts no function; let a service consume it`);
    return { clusterArn: login.clusterArn, topic, ready: [...this.passage.openToPollers(network), ...made.ready] };
  }
}

/**
 * What a role may do on the data plane of MSK for one topic.
 * Source: Amazon MSK developer guide, "Semantics of IAM authorization policy actions and resources" and "Common use cases" (2026-11).
 */
function topicStatements(asked: {
  readonly clusterArn: pulumi.Input<string>;
  readonly topic: string;
  readonly group: string;
  readonly access: "publish" | "consume";
  readonly creates: boolean;
}): Statement[] {
  const { clusterArn, access } = asked;
  const topic = ofCluster(clusterArn, "topic", asked.topic);
  if (access === "consume")
    return [
      { Effect: "Allow", Action: "kafka-cluster:Connect", Resource: clusterArn },
      { Effect: "Allow", Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"], Resource: topic },
      {
        Effect: "Allow",
        Action: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
        Resource: ofCluster(clusterArn, "group", asked.group),
      },
    ];
  return [
    // Producers are idempotent by default since Kafka 3.0, and the right to it is the cluster's.
    { Effect: "Allow", Action: ["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"], Resource: clusterArn },
    {
      Effect: "Allow",
      Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData", ...(asked.creates ? ["kafka-cluster:CreateTopic"] : [])],
      Resource: topic,
    },
  ];
}
