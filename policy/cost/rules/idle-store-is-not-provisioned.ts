import { ifAsked } from "../../lib/asked";
import { notKnown } from "../../lib/expect";
import type { Finding } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import { number, read, readFlag, type StackResource, text, type Tri } from "../../lib/resource";
import { stackRule } from "../../lib/rule";
import { SAVING_CONFIG, savingVerdict } from "../../lib/saving";
import * as stores from "../../lib/stores/store-rule";

/** Engines of RDS that have no burstable class for the edition. */
const NO_SMALL_CLASS = /^(oracle-ee|sqlserver-ee)/;
const [CLUSTER = "", MEMBER = ""] = [stores.DB_CLUSTERS[0], stores.DB_MEMBERS[0]];

type Findings = (store: StackResource, graph: StackGraph) => readonly Finding[];

/** What a store costs while nobody uses it that a smaller or serverless one does not. */
const KINDS: Readonly<Record<string, Findings>> = {
  [stores.DB_INSTANCE]: (instance) => [
    ...on(instance, "multiAz", "it has a standby"),
    ...ifAsked(hasSmallClass(instance), large(instance, "instanceClass"), notKnown("engine")),
  ],
  [MEMBER]: serverless,
  [stores.REPLICATION_GROUP]: (cache) => [...more(cache, "numCacheClusters", 1, "nodes"), ...large(cache, "nodeType")],
  [stores.CACHE_CLUSTER]: (cache) => large(cache, "nodeType"),
  [stores.KAFKA_CLUSTER]: (cluster) => large(cluster, "brokerNodeGroupInfo.instanceType"),
  [stores.BROKER]: (broker) => [...mode(broker), ...brokerSize(broker)],
  [stores.WAREHOUSE]: () => [{ what: "its nodes run all day; Redshift Serverless costs nothing while it rests", property: "nodeType" }],
  [stores.SEARCH_DOMAIN]: (domain) => [
    ...more(domain, "clusterConfig.instanceCount", 1, "instances"),
    ...on(domain, "clusterConfig.dedicatedMasterEnabled", "it has master nodes of their own"),
    ...large(domain, "clusterConfig.instanceType"),
  ],
  [stores.TABLE]: throughput,
};

/** Only asked where an enclosing component, or the setting, says `durable: false`. */
export const idleStoreIsNotProvisioned = stackRule({
  id: "idle-store-is-not-provisioned",
  title: "Outside durable environments no store is provisioned where AWS has a serverless or a smaller one",
  severity: "low",
  why: "A store of a test environment is idle nights and weekends, three hours of four: what is provisioned is paid for all the same.",
  fix: "Take the serverless kind, or the burstable type and one copy (auroraMinimumAcu: 0, a cache of kind serverless, PAY_PER_REQUEST, db.t4g, SINGLE_INSTANCE).",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_manage_demand_resources_dynamic.html"],
  frameworks: [],
  config: SAVING_CONFIG,
  check: (stack, config) =>
    Object.entries(KINDS).flatMap(([type, findings]) =>
      stack
        .ofType(type)
        .filter(stores.isOriginal)
        .flatMap((store) => savingVerdict(store, stack, config, `${store.name} is paid for while nobody uses it`, findings(store, stack))),
    ),
});

function hasSmallClass(instance: StackResource): Tri {
  const engine = read(instance, "engine");
  return engine.state === "unknown" ? undefined : !NO_SMALL_CLASS.test(text(engine) ?? "");
}

function on(store: StackResource, property: string, what: string): Finding[] {
  const flag = readFlag(store, property, false);
  if (flag === undefined) return [notKnown(property)];
  return flag ? [{ what: `${what}, by ${property}`, property }] : [];
}

/** Burstable types, of families that begin with a `t`, are the small ones of every service. */
function large(store: StackResource, property: string): Finding[] {
  const type = read(store, property);
  if (type.state === "unknown") return [notKnown(property)];
  const name = text(type);
  return name === undefined || /(^|\.)t\d/.test(name) ? [] : [{ what: `${property} is ${name}, which is not burstable`, property }];
}

function more(store: StackResource, property: string, least: number, what: string): Finding[] {
  const reading = read(store, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const count = number(reading) ?? least;
  return count > least ? [{ what: `it has ${count} ${what}, by ${property}`, property }] : [];
}

/** A serverless instance of Aurora is idle at no cost where its cluster may fall to 0 capacity units. */
function serverless(member: StackResource, graph: StackGraph): Finding[] {
  const property = "instanceClass";
  const size = read(member, property);
  if (size.state === "unknown") return [notKnown(property)];
  const name = text(size) ?? "";
  if (name !== "db.serverless")
    return large(member, property).map((found) => ({ ...found, what: `${property} is ${name}, and not db.serverless` }));
  const cluster = graph.reference(member, "clusterIdentifier", [CLUSTER]);
  if (cluster?.kind !== "resource") return cluster?.kind === "unknown" ? [notKnown("clusterIdentifier")] : [];
  const least = read(cluster.resource, "serverlessv2ScalingConfiguration.minCapacity");
  if (least.state !== "known") return [notKnown("serverlessv2ScalingConfiguration.minCapacity")];
  const units = Number(least.value);
  return units > 0
    ? [{ what: `its cluster never falls below ${units} capacity units`, property: "serverlessv2ScalingConfiguration.minCapacity" }]
    : [];
}

/** Source: `deploymentMode` of aws.mq.Broker, default SINGLE_INSTANCE (2026-11). */
function mode(broker: StackResource): Finding[] {
  const property = "deploymentMode";
  const reading = read(broker, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const name = text(reading) ?? "SINGLE_INSTANCE";
  return name === "SINGLE_INSTANCE" ? [] : [{ what: `${property} is ${name}`, property }];
}

/** RabbitMQ 4 has no burstable type: its smallest is mq.m7g.medium. */
function brokerSize(broker: StackResource): Finding[] {
  return text(read(broker, "hostInstanceType")) === "mq.m7g.medium" ? [] : large(broker, "hostInstanceType");
}

/** Source: `billingMode` of aws.dynamodb.Table, default PROVISIONED (2026-11). */
function throughput(table: StackResource): Finding[] {
  const property = "billingMode";
  const reading = read(table, property);
  if (reading.state === "unknown") return [notKnown(property)];
  return (text(reading) ?? "PROVISIONED") === "PROVISIONED" ? [{ what: `its throughput is provisioned, by ${property}`, property }] : [];
}
