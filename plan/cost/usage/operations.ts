import { ECS_CLUSTER } from "../../../policy/lib/containers";
import { SERVICE_COMPONENT } from "../../../policy/lib/declared-service";
import { elements, read, readPath, text } from "../../../policy/lib/resource";
import { type PlannedResource } from "../../graph";
import { logGbOf } from "./logs";
import { storeName } from "./stores";
import {
  type Assume,
  charge,
  KB_PER_GB,
  MILLION,
  requestsOf,
  type UsageCharge,
  type UsageContext,
  type UsagePricer,
  usersOf,
} from "./usage";

const KEY = "aws:kms/key:Key";
const QUEUE = "aws:sqs/queue:Queue";
const LOG_ARRIVALS = "log-arrivals";

/** Messages of a queue: as many as its consumers declare, else as many as its publishers send. */
function messagesOf(queue: PlannedResource, context: UsageContext, assume: Assume): number {
  const name = storeName(queue);
  const bound = (access: string) => usersOf(context, ["sqs"], name, access);
  const consumers = bound("consume");
  return requestsOf(consumers.length > 0 ? consumers : bound("publish"), assume);
}

/** A queue of dead letters is asked by nobody, and gets next to nothing. */
function queue(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  if (/-dead$/.test(resource.name)) return [];
  const item = /\.fifo$/.test(text(read(resource, "name")) ?? "") ? "sqs.requests.fifo" : "sqs.requests";
  return charge(context, "requests", item, (assume) => {
    const messages =
      resource.name === LOG_ARRIVALS
        ? (logGbOf(context, assume) * KB_PER_GB) / assume("log.batch-kb")
        : messagesOf(resource, context, assume);
    return (messages * assume("queue.requests-per-message") + assume("queue.polls")) / MILLION;
  });
}

/** Keys of one region answer for the same requests. */
function key(_: PlannedResource, context: UsageContext): UsageCharge[] {
  const keys = context.graph.ofType(KEY).length;
  return charge(
    context,
    "requests",
    "kms.requests",
    (assume) => (requestsOf(context.services, assume) * assume("key.calls-per-request")) / MILLION / keys,
  );
}

/** What Container Insights writes; the enhanced kind is charged otherwise. */
function ecsCluster(cluster: PlannedResource, context: UsageContext): UsageCharge[] {
  const insights = elements(read(cluster, "settings")).flatMap((setting) =>
    setting.state === "known" && text(readPath(setting.value, "name")) === "containerInsights"
      ? (text(readPath(setting.value, "value")) ?? [])
      : [],
  );
  if (insights.includes("enhanced"))
    return [{ kind: "unpriced", what: "enhanced Container Insights", why: "the price of its metrics is not among the facts" }];
  if (!insights.includes("enabled")) return [];
  const services = context.graph.ofType("aws:ecs/service:Service").length;
  return charge(
    context,
    "metrics of Container Insights",
    "metric.custom",
    (assume) => (services + 1) * assume("insights.metrics-per-service") * assume("hours.used"),
  );
}

/** A trace is charged once, where it begins: a service that others call continues theirs. */
function traces(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const use = context.owner(resource);
  if (use === undefined || resource.inputs["from"] === "services") return [];
  return charge(context, "traces", "xray.traces", (assume) => {
    assume("demand.share");
    return (use.requests * assume("traces.sampled")) / MILLION;
  });
}

function schedule(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const use = context.owner(resource);
  return charge(context, "starts", "scheduler.invocations", (assume) => {
    if (use === undefined) return assume("platform.function-calls") / MILLION;
    assume("demand.share");
    return use.requests / MILLION;
  });
}

/** Keys, secrets, queues, topics, metrics, traces and sign-ins. */
export const OPERATION_USAGE: readonly UsagePricer[] = [
  { types: [KEY], charges: key },
  {
    types: ["aws:secretsmanager/secret:Secret"],
    charges: (_, context) =>
      charge(context, "calls", "secret.calls", (assume) => (assume("secret.calls") * assume("hours.used")) / MILLION),
  },
  { types: [QUEUE], charges: queue },
  {
    types: ["aws:sns/topic:Topic"],
    charges: (_, context) => charge(context, "notices", "sns.requests", (assume) => assume("alarm.notices") / MILLION),
  },
  {
    types: ["aws:s3/bucketMetric:BucketMetric"],
    charges: (_, context) =>
      charge(context, "metrics of requests", "metric.custom", (assume) => assume("bucket.metrics") * assume("hours.used")),
  },
  { types: [ECS_CLUSTER], charges: ecsCluster },
  { types: [SERVICE_COMPONENT], charges: traces },
  { types: ["aws:scheduler/schedule:Schedule"], charges: schedule },
  // Rules on the default bus cost nothing: they match events of AWS itself.
  { types: ["aws:cloudwatch/eventRule:EventRule"], charges: () => [] },
  {
    types: ["aws:cognito/userPool:UserPool"],
    charges: (_, context) => charge(context, "people who sign in", "cognito.federated-user", (assume) => assume("grafana.users")),
  },
];
