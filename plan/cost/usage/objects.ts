import { regionOf } from "../../../policy/lib/price/region";
import { elements, number, read, readPath } from "../../../policy/lib/resource";
import { DB_INSTANCE, RDS_CLUSTER, TABLE } from "../../../policy/lib/stores/store-rule";
import { type PlannedResource } from "../../graph";
import { keptGb, logGbOf } from "./logs";
import { behindBalancer, flowLogGb } from "./network";
import { storeName } from "./stores";
import { type Assume, charge, KB_PER_GB, MILLION, sumOf, type UsageCharge, type UsageContext, type UsagePricer, usersOf } from "./usage";
import { BALANCERS } from "../../../policy/lib/price/network";

const BUCKET = "aws:s3/bucket:Bucket";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const VAULT = "aws:backup/vault:Vault";
const PLAN = "aws:backup/plan:Plan";
/** Buckets that services name; the others are the platform's, for logs. */
const SERVICE_BUCKET = /-bucket$/;
/** Of a bucket whose objects nobody lets expire, so much is counted. */
const KEPT_DAYS = 365;

/** Days after which objects expire. */
function expiryDays(bucket: PlannedResource, { graph }: UsageContext): number {
  const days = graph
    .referring(bucket, "bucket", [LIFECYCLE])
    .flatMap((configuration) => elements(read(configuration, "rules")))
    .flatMap((rule) => (rule.state === "known" ? (number(readPath(rule.value, "expiration.days")) ?? []) : []));
  return days.length > 0 ? Math.max(...days) : KEPT_DAYS;
}

/** What a bucket of logs gets in a month, by what its name says it is for; GB as they come, before compression. */
function logsInto(bucket: PlannedResource, context: UsageContext, assume: Assume): number {
  const access = (requests: number) => (requests * assume("log.kb-per-access")) / KB_PER_GB;
  if (/flow-logs$/.test(bucket.name)) return flowLogGb(context, assume);
  const balancer = context.graph.ofType(...BALANCERS).find(({ name }) => bucket.name === `${name}-logs`);
  if (balancer !== undefined) return access(sumOf(behindBalancer(balancer as PlannedResource, context), ({ requests }) => requests));
  if (/^access-logs/.test(bucket.name)) return access(sumOf(usersOf(context, ["bucket"]), (service) => objectsOf(service, assume)));
  if (/^(log-archive|loki)/.test(bucket.name)) return logGbOf(context, assume);
  return 0;
}

/** Objects of a bucket that a service reads or writes in a month. */
function objectsOf({ requests, target }: UsageContext["services"][number], assume: Assume): number {
  const server = target !== "lambda" && target !== "fargate-job";
  assume("demand.share");
  return requests * assume(server ? "bucket.objects-per-call" : "bucket.objects-per-run");
}

function serviceBucket(bucket: PlannedResource, context: UsageContext): UsageCharge[] {
  const name = storeName(bucket);
  const objects = (access: string, assume: Assume) =>
    sumOf(usersOf(context, ["bucket"], name, access), (service) => objectsOf(service, assume)) / MILLION;
  return [
    ...charge(context, "storage", "s3.storage", (assume) => assume("bucket.gb")),
    ...charge(context, "objects written", "s3.put", (assume) => objects("write", assume)),
    ...charge(context, "objects read", "s3.get", (assume) => objects("read", assume) + objects("write", assume)),
  ];
}

function logBucket(bucket: PlannedResource, context: UsageContext): UsageCharge[] {
  const days = expiryDays(bucket, context);
  return [
    ...charge(context, "storage", "s3.storage", (assume) => keptGb(logsInto(bucket, context, assume), days, assume)),
    ...charge(
      context,
      "objects written",
      "s3.put",
      (assume) => (logsInto(bucket, context, assume) * KB_PER_GB) / assume("log.batch-kb") / MILLION,
    ),
  ];
}

/** GB that are backed up, by the row of their price. */
function backedUpGb(context: UsageContext, assume: Assume): Readonly<Record<string, number>> {
  const { graph } = context;
  const buckets = graph.ofType(BUCKET).filter(({ name }) => SERVICE_BUCKET.test(name)).length;
  return {
    "backup.rds": sumOf(graph.ofType(DB_INSTANCE), (one) => (number(read(one, "allocatedStorage")) ?? 0) * assume("database.filled")),
    "backup.aurora": graph.ofType(RDS_CLUSTER).length * assume("database.gb"),
    "backup.dynamodb": graph.ofType(TABLE).length * assume("table.gb"),
    "backup.s3": buckets * assume("bucket.gb"),
  };
}

const BACKED_UP = ["backup.rds", "backup.aurora", "backup.dynamodb", "backup.s3"];
const KEPT_BACKUPS = 35;

/** Recovery points: a whole one and what changed on each day that is kept. */
function vault(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const [plan] = context.graph.ofType(PLAN);
  const days = plan === undefined ? undefined : number(read(plan, "rules[0].lifecycle.deleteAfter"));
  const change = (assume: Assume) => assume("backup.daily-change");
  const copies = context.graph.ofType(VAULT).some((other) => regionOf(other, context.graph) !== regionOf(resource, context.graph));
  const isCopy = copies && resource !== context.graph.ofType(VAULT)[0];
  return [
    ...BACKED_UP.flatMap((item) =>
      charge(
        context,
        `recovery points of ${item.replace("backup.", "")}`,
        item,
        (assume) => (backedUpGb(context, assume)[item] ?? 0) * (1 + (days ?? KEPT_BACKUPS) * change(assume)),
      ),
    ),
    ...(copies && !isCopy
      ? charge(
          context,
          "copies to another region",
          "region.gb",
          (assume) => sumOf(Object.values(backedUpGb(context, assume)), (gb) => gb) * change(assume) * (KEPT_DAYS / 12),
        )
      : []),
  ];
}

/** Buckets and what is backed up. */
export const OBJECT_USAGE: readonly UsagePricer[] = [
  {
    types: [BUCKET],
    charges: (bucket, context) => (SERVICE_BUCKET.test(bucket.name) ? serviceBucket(bucket, context) : logBucket(bucket, context)),
  },
  { types: [VAULT], charges: vault },
];
