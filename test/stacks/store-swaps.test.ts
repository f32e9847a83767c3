import assert from "node:assert/strict";
import { faultLine } from "../../components/faults";
import { type Need } from "../../components/service/needs";
import { type PlannedResource } from "../../plan/graph";
import { makePlan, type Plan } from "../../plan/plan";
import { readStackFile } from "../../plan/stack-file";
import { planText } from "../../plan/text";
import { readCatalogue } from "../../stacks/catalogue";
import { storeFaults } from "../../stacks/config/store-checks";
import { type EnvironmentConfig, readEnvironment } from "../../stacks/environment";
import { asDurable, storeSwaps } from "../../stacks/store-swaps";
import { storeVariants, type Variant } from "../../stacks/store-variants";
import { only, ROOT } from "../harness";

const COLOR_CODES = /\u001b\[\d+m/g;
const entries = readCatalogue(ROOT).entries;
const needs: readonly Need[] = entries.flatMap(({ descriptor }) => descriptor.needs ?? []);

function environmentOf(name: string): EnvironmentConfig {
  const { value, faults } = readEnvironment(name, readStackFile(ROOT, name).config);
  assert.deepEqual(faults, []);
  assert.ok(value);
  return value;
}

function deletion({ protect, retainOnDelete }: PlannedResource): Variant {
  assert.equal(retainOnDelete ?? false, protect);
  return { deletion: protect ? "protected, and kept in AWS" : "gone with the environment" };
}

function days(count: unknown): Variant {
  return { backups: `${String(count)} ${count === 1 ? "day" : "days"}` };
}

/** An Aurora cluster, read off the resources of a plan. */
function aurora(resources: readonly PlannedResource[], name: string): Variant {
  const cluster = only(resources, "aws:rds/cluster:Cluster", `${name}-db`);
  const { minCapacity, maxCapacity, secondsUntilAutoPause } = cluster.inputs["serverlessv2ScalingConfiguration"] as Record<string, number>;
  const instances = resources.filter(
    ({ type, inputs }) => type === "aws:rds/clusterInstance:ClusterInstance" && inputs["clusterIdentifier"] === cluster.outputs["id"],
  ).length;
  return {
    engine: String(cluster.inputs["engine"]),
    capacity: `${minCapacity} to ${maxCapacity} ACU${minCapacity === 0 ? `, pauses after ${(secondsUntilAutoPause ?? 0) / 60} idle minutes` : ""}`,
    instances: `${instances}${instances > 1 ? " in several zones" : ""}`,
    ...days(cluster.inputs["backupRetentionPeriod"]),
    ...deletion(cluster),
  };
}

function instance(resources: readonly PlannedResource[], name: string): Variant {
  const made = only(resources, "aws:rds/instance:Instance", `${name}-db`);
  const { engine, instanceClass, multiAz, allocatedStorage, maxAllocatedStorage, backupRetentionPeriod } = made.inputs;
  return {
    engine: String(engine),
    capacity: String(instanceClass),
    instances: multiAz === true ? "1 and a standby in another zone" : "1",
    storage: `${String(allocatedStorage)} to ${String(maxAllocatedStorage)} GiB`,
    ...days(backupRetentionPeriod),
    ...deletion(made),
  };
}

function kafka(resources: readonly PlannedResource[]): Variant {
  const cluster = only(resources, "aws:msk/cluster:Cluster", "kafka");
  const { instanceType } = cluster.inputs["brokerNodeGroupInfo"] as { instanceType: string };
  return { brokers: `${String(cluster.inputs["numberOfBrokerNodes"])} ${instanceType}`, ...deletion(cluster) };
}

function activemq(resources: readonly PlannedResource[]): Variant {
  const broker = only(resources, "aws:mq/broker:Broker", "activemq");
  const count = broker.inputs["deploymentMode"] === "SINGLE_INSTANCE" ? 1 : 2;
  return { brokers: `${count} ${String(broker.inputs["hostInstanceType"])}`, ...deletion(broker) };
}

function cache(resources: readonly PlannedResource[]): Variant {
  const nodes = resources.find(({ type }) => type === "aws:elasticache/replicationGroup:ReplicationGroup");
  if (nodes) return { nodes: `${String(nodes.inputs["numCacheClusters"])} ${String(nodes.inputs["nodeType"])}` };
  const serverless = only(resources, "aws:elasticache/serverlessCache:ServerlessCache", "cache");
  const { dataStorage } = serverless.inputs["cacheUsageLimits"] as { dataStorage: { maximum: number } };
  return { nodes: `serverless, at most ${dataStorage.maximum} GB` };
}

function table(resources: readonly PlannedResource[], name: string): Variant {
  const made = only(resources, "aws:dynamodb/table:Table", `${name}-table`);
  const { enabled, recoveryPeriodInDays } = made.inputs["pointInTimeRecovery"] as { enabled: boolean; recoveryPeriodInDays?: number };
  return {
    capacity: made.inputs["billingMode"] === "PAY_PER_REQUEST" ? "on-demand" : "provisioned",
    recovery: enabled ? `to any moment of ${recoveryPeriodInDays} days` : "none",
    ...deletion(made),
  };
}

function warehouse(resources: readonly PlannedResource[], name: string): Variant {
  const workgroup = only(resources, "aws:redshiftserverless/workgroup:Workgroup", `${name}-warehouse`);
  const { baseCapacity, maxCapacity } = workgroup.inputs;
  return { capacity: `serverless, ${String(baseCapacity)} to ${String(maxCapacity)} RPU`, ...deletion(workgroup) };
}

const REST: Readonly<Record<string, string>> = {
  bucket: "aws:s3/bucket:Bucket",
  sqs: "aws:sqs/queue:Queue",
  secret: "aws:secretsmanager/secret:Secret",
};

/** What a store of the catalogue really is in a plan. */
function madeOf(resources: readonly PlannedResource[], store: string): Variant {
  const [kind = "", name = ""] = store.split("/");
  if (kind === "aurora-postgres") return aurora(resources, name);
  if (kind === "kafka") return kafka(resources);
  if (kind === "activemq") return activemq(resources);
  if (kind === "cache") return cache(resources);
  if (kind === "table") return table(resources, name);
  if (kind === "warehouse") return warehouse(resources, name);
  const type = REST[kind];
  return type === undefined ? instance(resources, name) : deletion(only(resources, type, `${name}-${kind === "sqs" ? "queue" : kind}`));
}

describe("what was swapped for something cheaper", function () {
  this.timeout(120_000);
  const plans = new Map<string, Plan>();
  before(async () => {
    for (const environment of ["dev", "prod"]) plans.set(environment, await makePlan(ROOT, environment));
  });
  const planOf = (environment: string): Plan => {
    const plan = plans.get(environment);
    assert.ok(plan);
    return plan;
  };

  for (const environment of ["dev", "prod"])
    it(`is said of what ${environment} makes: every word is read back from its resources`, () => {
      const resources = planOf(environment).document.resources as PlannedResource[];
      const variants = storeVariants(needs, environmentOf(environment));
      assert.ok(variants.size > 15);
      for (const [store, variant] of variants) assert.deepEqual(variant, madeOf(resources, store), store);
    });

  it("is listed for dev with what a durable environment would have, store by store", () => {
    const { swaps } = planOf("dev").document;
    assert.deepEqual(
      swaps.filter(({ store }) => store === "aurora-postgres/orders"),
      [
        { property: "capacity", here: "0 to 2 ACU, pauses after 10 idle minutes", durable: "0.5 to 2 ACU" },
        { property: "instances", here: "1", durable: "2 in several zones" },
        { property: "backups", here: "1 day", durable: "7 days" },
        { property: "deletion", here: "gone with the environment", durable: "protected, and kept in AWS" },
      ].map((swap) => ({ store: "aurora-postgres/orders", ...swap })),
    );
    const said = (store: string, property: string) => swaps.find((swap) => swap.store === store && swap.property === property);
    assert.equal(said("sqlserver/billing", "engine")?.here, "sqlserver-ex");
    assert.equal(said("sqlserver/billing", "engine")?.durable, "sqlserver-se");
    assert.equal(said("kafka", "brokers")?.durable, "3 kafka.m7g.large");
    assert.equal(said("activemq", "brokers")?.here, "1 mq.t3.micro");
    assert.equal(said("table/sessions", "recovery")?.here, "none");
  });

  it("is nothing in prod", () => assert.deepEqual(planOf("prod").document.swaps, []));

  it("compares with what the checks of a durable environment take, and with nothing dearer than they ask for", () => {
    const durable = asDurable(environmentOf("dev"), needs);
    const { faults } = storeFaults(ROOT, entries, durable);
    assert.deepEqual(faults.map(faultLine), [
      "Pulumi.dev.yaml: strata:persistence.backup: is missing in a durable environment; give `copyTo`, the region that backups are copied to",
    ]);
    assert.deepEqual(storeSwaps(needs, durable), []);
    assert.deepEqual(asDurable(durable, needs), durable);
    // Prod is durable as it is: nothing of it has to be raised.
    const prod = environmentOf("prod");
    assert.deepEqual(storeVariants(needs, asDurable(prod, needs)), storeVariants(needs, prod));
  });

  it("raises what a stack file gives too little of, and drops a class that the lasting engine does not run on", () => {
    const dev = environmentOf("dev");
    const { persistence } = dev;
    const small = {
      ...dev,
      persistence: {
        ...persistence,
        databases: { ...persistence.databases, billing: { instanceClass: "db.t3.micro" }, orders: { readers: 0 }, crm: { multiAz: false } },
        cache: { ...persistence.cache, kind: "nodes" as const, nodes: 1 },
        warehouse: {
          mode: "provisioned" as const,
          nodeType: "ra3.large",
          nodes: 1,
          multiAz: false,
          concurrencyMinutes: 60,
          snapshotDays: 7,
        },
      },
    };
    const faults = storeFaults(ROOT, entries, asDurable(small, needs)).faults.map(faultLine);
    assert.deepEqual(
      faults.filter((fault) => !fault.includes("persistence.backup:")),
      [],
    );
    const swaps = storeSwaps(needs, small);
    const said = (store: string, property: string) => swaps.find((swap) => swap.store === store && swap.property === property)?.durable;
    assert.equal(said("cache", "nodes"), "2 cache.m7g.large");
    assert.equal(said("warehouse/analytics", "capacity"), "2 ra3.large");
    assert.equal(said("aurora-postgres/orders", "instances"), "2 in several zones");
    assert.equal(said("mysql/crm", "instances"), "1 and a standby in another zone");
    assert.equal(said("sqlserver/billing", "capacity"), "db.m5.large");
  });

  it("stands in the plan as text, what all have in common said once, and not at all for prod", () => {
    const text = (environment: string) => planText(planOf(environment), { width: 160, seconds: 1 }).replace(COLOR_CODES, "");
    assert.match(text("dev"), /^Swapped for something cheaper: 18 stores$/m);
    assert.match(text("dev"), /^ +activemq +brokers: 1 mq\.t3\.micro instead of 2 mq\.m5\.large$/m);
    assert.equal(text("dev").match(/gone with the environment/g)?.length, 1);
    assert.doesNotMatch(text("prod"), /Swapped/);
  });
});
