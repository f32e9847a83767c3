import { HOURS_PER_MONTH } from "../../../facts/prices/month";
import * as stores from "../../../policy/lib/stores/store-rule";
import { number, read, readFlag, text } from "../../../policy/lib/resource";
import { type PlannedResource } from "../../graph";
import { type ServiceUse } from "../services";
import { type Assume, charge, MILLION, requestsOf, sumOf, type UsageCharge, type UsageContext, type UsagePricer, usersOf } from "./usage";

const [CLUSTER = ""] = stores.DB_CLUSTERS;
const [MEMBER = ""] = stores.DB_MEMBERS;
const SCALING = "serverlessv2ScalingConfiguration";
const RELATIONAL = ["aurora-postgres", "aurora-mysql"];
const MS_PER_HOUR = 3_600_000;
/** Aurora runs at no less while it is not paused. Source: Amazon Aurora user guide, "Aurora Serverless v2 capacity" (2026-11). */
const LEAST_ACU = 0.5;
/** Redshift Serverless is billed for a minute at the least. Source: https://aws.amazon.com/redshift/pricing/ (2026-11). */
const LEAST_RUN_MS = 60_000;
/** GB up to which automatic backups of a volume cost nothing: its own size. */
const FREE_BACKUP = 1;

/** The name a store has in bindings: that of its component, without what the component is called after. */
export function storeName(resource: PlannedResource): string {
  return resource.name.replace(/-(db|table|bucket|warehouse|queue|secret)(-(writer|reader-\d+))?$/, "");
}

function table(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const users = usersOf(context, ["table"], storeName(resource));
  const writers = users.filter(({ bindings }) => bindings.some(({ kind, access }) => kind === "table" && access === "write"));
  const onDemand = text(read(resource, "billingMode")) === "PAY_PER_REQUEST";
  const calls = (who: readonly ServiceUse[], assume: Assume) => (requestsOf(who, assume) * assume("calls-per-request")) / MILLION;
  return [
    ...(onDemand
      ? [
          ...charge(context, "read units", "dynamodb.read", (assume) => calls(users, assume) * assume("table.reads-per-call")),
          ...charge(context, "write units", "dynamodb.write", (assume) => calls(writers, assume) * assume("table.writes-per-call")),
        ]
      : []),
    ...charge(context, "storage", "dynamodb.storage", (assume) => assume("table.gb")),
    ...(readFlag(resource, "pointInTimeRecovery.enabled", false) === true
      ? charge(context, "point-in-time recovery", "dynamodb.recovery", (assume) => assume("table.gb"))
      : []),
  ];
}

function cluster(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const users = usersOf(context, RELATIONAL, storeName(resource));
  const optimised = text(read(resource, "storageType")) === "aurora-iopt1";
  return [
    ...charge(context, "storage", "aurora.storage", (assume) => assume("database.gb")),
    ...(optimised
      ? []
      : charge(
          context,
          "reads and writes of storage",
          "aurora.io",
          (assume) => (requestsOf(users, assume) * assume("calls-per-request") * assume("database.io-per-call")) / MILLION,
        )),
  ];
}

/** Capacity above the least. A cluster that pauses has none at the least, and runs while somebody uses it. */
function clusterInstance(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const found = context.graph.reference(resource, "clusterIdentifier", [CLUSTER]);
  if (text(read(resource, "instanceClass")) !== "db.serverless" || found?.kind !== "resource") return [];
  const least = number(read(found.resource, `${SCALING}.minCapacity`));
  const most = number(read(found.resource, `${SCALING}.maxCapacity`)) ?? Infinity;
  if (least === undefined) return [{ kind: "unpriced", what: "capacity above the least", why: `${SCALING}.minCapacity is not known yet` }];
  const users = usersOf(context, RELATIONAL, storeName(resource));
  const item = text(read(found.resource, "storageType")) === "aurora-iopt1" ? "aurora.acu.io-optimized" : "aurora.acu";
  const instances = context.graph.referring(found.resource, "clusterIdentifier", [MEMBER]).length;
  return charge(context, "capacity above the least", item, (assume) => {
    assume("demand.share");
    const rate = sumOf(users, ({ demand }) => demand.average);
    const needed = Math.min(most, (rate * assume("database.acu-per-rps")) / instances);
    return least === 0
      ? Math.max(LEAST_ACU, needed) * HOURS_PER_MONTH * assume("hours.used")
      : Math.max(0, needed - least) * HOURS_PER_MONTH;
  });
}

/** Automatic backups cost nothing up to the size of the volume. */
function instance(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const size = number(read(resource, "allocatedStorage")) ?? 0;
  const days = number(read(resource, "backupRetentionPeriod")) ?? 0;
  return charge(context, "backups beyond its size", "rds.backup", (assume) => {
    const filled = size * assume("database.filled");
    return days === 0 ? 0 : Math.max(0, filled * (1 + days * assume("backup.daily-change")) - size * FREE_BACKUP);
  });
}

/** A serverless warehouse works while a service does. */
function workgroup(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const capacity = number(read(resource, "baseCapacity")) ?? 128;
  const users = usersOf(context, ["warehouse"], storeName(resource));
  return charge(context, "processing units while it works", "redshift.rpu", (assume) => {
    assume("demand.share");
    return sumOf(users, ({ requests, demand }) => (requests * Math.max(LEAST_RUN_MS, demand.duration)) / MS_PER_HOUR) * capacity;
  });
}

function serverlessCache(_: PlannedResource, context: UsageContext): UsageCharge[] {
  const users = usersOf(context, ["cache"]);
  return charge(
    context,
    "processing units",
    "elasticache.valkey.serverless.ecpu",
    (assume) => (requestsOf(users, assume) * assume("calls-per-request") * assume("cache.units-per-call")) / MILLION,
  );
}

function broker(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const efs = /activemq/i.test(text(read(resource, "engineType")) ?? "") && text(read(resource, "storageType")) !== "ebs";
  return charge(context, "storage of messages", efs ? "mq.storage.efs" : "mq.storage.ebs", (assume) => assume("broker.gb"));
}

function serverlessKafka(_: PlannedResource, context: UsageContext): UsageCharge[] {
  void context;
  return [{ kind: "unpriced", what: "partitions, data and traffic", why: "prices of data of a serverless Kafka are not among the facts" }];
}

/** Tables, databases, warehouses, caches and brokers. */
export const STORE_USAGE: readonly UsagePricer[] = [
  { types: [stores.TABLE], charges: table },
  { types: [CLUSTER], charges: cluster },
  { types: [MEMBER], charges: clusterInstance },
  { types: [stores.DB_INSTANCE], charges: instance },
  { types: [stores.SERVERLESS_WORKGROUP], charges: workgroup },
  {
    types: [stores.SERVERLESS_NAMESPACE],
    charges: (_, context) => charge(context, "storage", "redshift.storage", (assume) => assume("warehouse.gb")),
  },
  { types: [stores.SERVERLESS_CACHE], charges: serverlessCache },
  // A snapshot of the size of its nodes costs nothing; traffic of brokers is part of what services send.
  { types: [stores.REPLICATION_GROUP, stores.CACHE_CLUSTER, stores.KAFKA_CLUSTER], charges: () => [] },
  { types: [stores.SERVERLESS_KAFKA], charges: serverlessKafka },
  { types: [stores.BROKER], charges: broker },
];
