import type * as pulumi from "@pulumi/pulumi";
import { type UploadSource } from "../../persistence/bucket";
import { type QueueSource } from "../../persistence/queue";

/** A topic of Kafka on MSK. */
export interface TopicSource {
  /** ARN of the cluster. */
  readonly clusterArn: pulumi.Input<string>;
  readonly topic: string;
  /** Secret with user and password, for a cluster that authenticates with SCRAM. Default: the function's role, with IAM. */
  readonly scram?: { readonly secretArn: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> };
  /** Resources without which the cluster or the topic could not be read. */
  readonly ready: readonly pulumi.Resource[];
}

/** A queue of a broker on Amazon MQ. */
export interface BrokerSource {
  readonly kind: "activemq" | "rabbitmq";
  readonly brokerArn: pulumi.Input<string>;
  readonly queue: string;
  /** Virtual host of a queue on RabbitMQ. Default: `/`. */
  readonly virtualHost?: string;
  /** Secret with the keys `username` and `password`, and the key it is encrypted with. */
  readonly secretArn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
}

/** The stores that can start a service, by the name its triggers give them; undefined while such a store is not there. */
export interface EventSources {
  bucket(name: string): UploadSource | undefined;
  topic(name: string): TopicSource | undefined;
  queue(name: string): QueueSource | BrokerSource | undefined;
}
