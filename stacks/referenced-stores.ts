import type * as pulumi from "@pulumi/pulumi";
import { type EventSources, type TopicSource } from "../components/compute/triggers/event-sources";
import { type ServiceNetwork } from "../components/network/service-network";
import { ServiceBucket, type UploadSource } from "../components/persistence/bucket";
import { type KafkaTopic } from "../components/persistence/kafka-access";
import { KafkaCluster } from "../components/persistence/kafka-cluster";
import { type QueueSource, ServiceQueue } from "../components/persistence/queue";
import { ServiceSecret } from "../components/persistence/secret";
import { ServiceTable } from "../components/persistence/table";
import { type Bindable } from "../components/service/binding";
import { type SignIns } from "../components/service/called-services";
import { type Need } from "../components/service/needs";
import { isStoreNeed, storeId } from "../components/service/store-kind";
import { type PlatformFacts, type StoreFacts } from "./outputs";

type Kind = StoreFacts["kind"];
type Of<Which extends Kind> = Extract<StoreFacts, { kind: Which }>;

/** Kinds of stores that a service of another project can be bound to. */
export const ADOPTED_KINDS: readonly Kind[] = ["table", "bucket", "sqs", "secret", "topic"];

/** The stores of a platform that another project may use. Nothing of them is made or changed but the rules that let a service in. */
export class ReferencedStores implements EventSources {
  private readonly clusters = new Map<string, Pick<KafkaCluster, "topic">>();

  constructor(
    private readonly facts: Pick<PlatformFacts, "stores">,
    private readonly parent: pulumi.Resource,
    private readonly network: ServiceNetwork,
  ) {}

  /** How a service signs in to what it needs. Caches are not among what is adopted. */
  get signIns(): SignIns {
    const topics = Object.values(this.facts.stores).filter((store) => store.kind === "topic");
    return { cache: "password", topic: topics.every(({ login }) => login.kind === "iam") ? "role" : "password" };
  }

  /** The store of a need; undefined when the platform has none, or none that others may use. */
  find(need: Need): Bindable | undefined {
    const store = isStoreNeed(need) ? this.facts.stores[storeId(need)] : undefined;
    switch (store?.kind) {
      case "table":
        return ServiceTable.adopt(store);
      case "bucket":
        return ServiceBucket.adopt(store);
      case "sqs":
        return ServiceQueue.adopt(store);
      case "secret":
        return ServiceSecret.adopt(store);
      case "topic":
        return this.kafkaTopic(store);
      case undefined:
        return undefined;
    }
  }

  bucket(name: string): UploadSource | undefined {
    const store = this.facts.stores[`bucket/${name}`];
    return store?.kind === "bucket" ? ServiceBucket.adopt(store) : undefined;
  }

  queue(name: string): QueueSource | undefined {
    const store = this.facts.stores[`sqs/${name}`];
    return store?.kind === "sqs" ? ServiceQueue.adopt(store) : undefined;
  }

  topic(name: string): TopicSource | undefined {
    const store = this.facts.stores[`topic/${name}`];
    return store?.kind === "topic" ? this.kafkaTopic(store).source(this.network) : undefined;
  }

  /** All topics of a cluster by one adopted cluster: the way in may be opened only once. */
  private kafkaTopic({ cluster, topic, ...ids }: Of<"topic">): KafkaTopic {
    const known = this.clusters.get(cluster) ?? KafkaCluster.adopt(cluster, ids, { parent: this.parent });
    this.clusters.set(cluster, known);
    return known.topic(topic);
  }
}
