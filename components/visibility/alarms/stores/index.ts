import { type AlarmSpec } from "../alarm-spec";
import { type Observed, type StoreUser } from "../observed";
import { brokerQueueSpecs, brokerSpecs } from "./brokers";
import { cacheSpecs } from "./cache";
import { bucketSpecs, queueSpecs, tableSpecs } from "./data";
import { kafkaSpecs, topicSpecs } from "./kafka";
import { auroraSpecs, instanceSpecs } from "./relational";
import { warehouseSpecs } from "./warehouse";

/**
 * The alarms of a store. What it is part of (the cluster of a topic) has its own: see `sharedBy`.
 * @param users services that use it, from whose rate and names lags are judged.
 */
export function storeSpecs(observed: Observed, users: readonly StoreUser[]): AlarmSpec[] {
  switch (observed.kind) {
    case "aurora-postgres":
    case "aurora-mysql":
      return auroraSpecs(observed);
    case "postgres":
    case "mysql":
    case "mariadb":
    case "oracle":
    case "sqlserver":
      return instanceSpecs(observed);
    case "table":
      return tableSpecs(observed);
    case "bucket":
      return bucketSpecs(observed);
    case "sqs":
      return queueSpecs(observed);
    case "warehouse":
      return warehouseSpecs(observed);
    case "kafka":
      return kafkaSpecs(observed);
    case "topic":
      return topicSpecs(observed, users);
    case "activemq":
    case "rabbitmq":
      return brokerSpecs(observed);
    case "broker-queue":
      return brokerQueueSpecs(observed, users);
    case "cache":
      return cacheSpecs(observed);
    case "prefix":
    case "secret":
    case "adopted":
      return [];
  }
}

/** Why a store has no alarm of its own; undefined when it has some. */
export function whyUnwatched(observed: Observed, users: readonly StoreUser[]): string | undefined {
  if (storeSpecs(observed, users).length > 0) return undefined;
  switch (observed.kind) {
    case "bucket":
      return "S3 charges for metrics of requests, which only a durable environment pays for; a bucket is never full";
    case "secret":
      return "CloudWatch has no metric of a secret; a service that cannot read it fails, and that is seen there";
    case "adopted":
      return "somebody else runs it, and sees to its alarms";
    case "prefix":
      return "it is part of the cache, which is watched as a whole";
    case "topic":
      return "no service of the catalogue consumes it, so nothing can lag; its cluster is watched";
    case "kafka":
      return "MSK Serverless has no brokers to watch; its topics are";
    default:
      throw new Error(`store ${observed.name} has no alarms, and nobody says why`);
  }
}
