import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { type AlarmSpec, metricsOf, worthTheirPrice } from "../../../../components/visibility/alarms/alarm-spec";
import {
  type Observed,
  type ObservedAurora,
  type ObservedKafka,
  type ObservedTable,
  type StoreUser,
} from "../../../../components/visibility/alarms/observed";
import { storeSpecs, whyUnwatched } from "../../../../components/visibility/alarms/stores";
import { metricFamily } from "../../../../facts/cloudwatch-metrics";

const GIB = 1_073_741_824;
const known = (text: string) => pulumi.output(text);

const AURORA = (capacity: ObservedAurora["capacity"]): Observed => ({
  kind: "aurora-postgres",
  name: "orders-db",
  clusterIdentifier: known("orders"),
  instances: [
    { role: "writer", identifier: known("w") },
    { role: "reader-1", identifier: known("r") },
  ],
  capacity,
});
const RDS = (
  kind: "postgres" | "mysql" | "mariadb" | "oracle" | "sqlserver",
  instanceClass = "db.m7g.large",
  allocated = 100,
): Observed => ({
  kind,
  name: "crm-db",
  instanceIdentifier: known("crm"),
  instanceClass,
  storage: { allocated, maximum: allocated * 10 },
});
const KAFKA = (capacity: ObservedKafka["capacity"]) => ({ kind: "kafka", name: "kafka", clusterName: known("kafka"), capacity }) as const;
const STANDARD = { kind: "provisioned", brokerType: "kafka.m7g.large", brokers: 3, storage: { initial: 100, maximum: 1000 } } as const;
const BROKER = (kind: "activemq" | "rabbitmq", instances: number) =>
  ({ kind, name: kind, brokerName: known(kind), instanceType: "mq.m5.large", instances }) as const;
const TABLE = (capacity: ObservedTable["capacity"]): Observed => ({
  kind: "table",
  name: "payments-table",
  tableName: known("payments"),
  indexes: ["by-customer"],
  capacity,
  replicas: ["eu-west-1"],
});
const SERVERLESS_WAREHOUSE = {
  mode: "serverless",
  baseCapacity: 8,
  maximumCapacity: 64,
  monthlyHours: 100,
  whenUsedUp: "deactivate",
} as const;
const PROVISIONED_WAREHOUSE = {
  mode: "provisioned",
  nodeType: "ra3.large",
  nodes: 2,
  multiAz: false,
  concurrencyMinutes: 60,
  snapshotDays: 7,
} as const;

const USERS: readonly StoreUser[] = [
  { service: "erp", access: "consume", average: 2, critical: false },
  { service: "billing", access: "publish", average: 50, critical: true },
];

/** Each kind of store in each of its shapes. */
const STORES: Readonly<Record<string, Observed>> = {
  "Aurora by ACU": AURORA({ minimum: 2, maximum: 32 }),
  "Aurora that pauses": AURORA({ minimum: 0, maximum: 4 }),
  "Aurora by class": AURORA({ instanceClass: "db.r7g.large" }),
  "Aurora MySQL": { ...AURORA({ minimum: 2, maximum: 32 }), kind: "aurora-mysql" } as Observed,
  PostgreSQL: RDS("postgres"),
  MySQL: RDS("mysql", "db.t4g.micro", 20),
  MariaDB: RDS("mariadb"),
  Oracle: RDS("oracle", "db.m5.large"),
  "SQL Server": RDS("sqlserver", "db.r5.2xlarge"),
  "a table on demand": TABLE({ mode: "on-demand", maximumReads: 1000, maximumWrites: 500 }),
  "a provisioned table": TABLE({ mode: "provisioned", reads: { minimum: 5, maximum: 200 }, writes: { minimum: 5, maximum: 100 } }),
  "a measured bucket": { kind: "bucket", name: "b", bucketName: known("b"), filterId: known("all") },
  "a queue": { kind: "sqs", name: "q", queueName: known("q"), deadLettersName: known("dead"), visibilitySeconds: 60 },
  "a serverless warehouse": {
    kind: "warehouse",
    name: "w",
    database: "w",
    mode: "serverless",
    namespaceName: known("w"),
    workgroupName: known("w"),
    usageLimitId: known("1"),
    size: SERVERLESS_WAREHOUSE,
  },
  "a provisioned warehouse": {
    kind: "warehouse",
    name: "w",
    database: "w",
    mode: "provisioned",
    clusterIdentifier: known("w"),
    size: PROVISIONED_WAREHOUSE,
  },
  "Kafka on standard brokers": KAFKA(STANDARD),
  "Kafka on small brokers": KAFKA({ ...STANDARD, brokerType: "kafka.t3.small" }),
  "Kafka on Express brokers": KAFKA({ kind: "provisioned", brokerType: "express.m7g.large", brokers: 3 }),
  "a topic": { kind: "topic", name: "kafka-t", topic: "t", retention: 604_800_000, cluster: KAFKA(STANDARD) },
  "a topic of MSK Serverless": { kind: "topic", name: "kafka-t", topic: "t", retention: 3_600_000, cluster: KAFKA({ kind: "serverless" }) },
  "one ActiveMQ": BROKER("activemq", 1),
  "ActiveMQ with a standby": BROKER("activemq", 2),
  RabbitMQ: BROKER("rabbitmq", 3),
  "a queue of ActiveMQ": { kind: "broker-queue", name: "q", queue: "q", broker: BROKER("activemq", 2) },
  "a queue of RabbitMQ": { kind: "broker-queue", name: "q", queue: "q", broker: BROKER("rabbitmq", 3) },
  "a cache of nodes": {
    kind: "cache",
    name: "cache",
    mode: "nodes",
    nodeIds: [known("c-001"), known("c-002")],
    capacity: { kind: "nodes", nodeType: "cache.t4g.micro", nodes: 2, snapshotDays: 0 },
  },
  "a serverless cache": {
    kind: "cache",
    name: "cache",
    mode: "serverless",
    cacheName: known("c"),
    capacity: { kind: "serverless", maximumGb: 5, maximumEcpu: 10_000 },
  },
  "a self-managed cache": {
    kind: "cache",
    name: "cache",
    mode: "self-managed",
    clusterName: known("containers"),
    serviceName: known("cache"),
    countsTasks: true,
  },
};

const UNWATCHED: Readonly<Record<string, Observed>> = {
  "a bucket that is not measured": { kind: "bucket", name: "b", bucketName: known("b"), filterId: undefined },
  "a secret": { kind: "secret", name: "s" },
  "something adopted": { kind: "adopted", name: "kafka", what: "kafka" },
  "MSK Serverless": KAFKA({ kind: "serverless" }),
  "a prefix of a cache": {
    kind: "prefix",
    name: "p",
    prefix: "p",
    cache: {
      kind: "cache",
      name: "c",
      mode: "serverless",
      cacheName: known("c"),
      capacity: { kind: "serverless", maximumGb: 1, maximumEcpu: 1000 },
    },
  },
};

function spec(store: string, suffix: string): AlarmSpec {
  const observed = STORES[store];
  assert.ok(observed, store);
  const found = storeSpecs(observed, USERS).find((candidate) => candidate.suffix === suffix);
  assert.ok(found, `${store} has no ${suffix}`);
  return found;
}

describe("alarms of a store", () => {
  for (const [name, observed] of Object.entries(STORES))
    it(`${name}: there are some, each by a name of its own, on metrics that AWS publishes, with a reason`, () => {
      const specs = storeSpecs(observed, USERS);
      assert.ok(specs.length > 0);
      assert.equal(whyUnwatched(observed, USERS), undefined);
      assert.equal(new Set(specs.map(({ suffix }) => suffix)).size, specs.length);
      for (const alarm of specs) {
        assert.ok(alarm.because.length > 10 && Number.isFinite(alarm.threshold), alarm.suffix);
        assert.ok(alarm.datapoints <= alarm.periods && alarm.period % 60 === 0, alarm.suffix);
        for (const { namespace, metricName, dimensions } of metricsOf(alarm))
          assert.ok(metricFamily(namespace, metricName, Object.keys(dimensions)), `${alarm.suffix}: ${namespace} ${metricName}`);
      }
    });

  for (const [name, observed] of Object.entries(UNWATCHED))
    it(`${name}: there is none, and it is said why`, () => {
      assert.deepEqual(storeSpecs(observed, USERS), []);
      assert.ok((whyUnwatched(observed, USERS) ?? "").length > 20);
    });

  it("say what is saturated, what fails or is gone, and what lags, for each kind that has a metric of it", () => {
    const concerns = (store: string) => new Set(storeSpecs(STORES[store] ?? assert.fail(), USERS).map(({ concern }) => concern));
    for (const store of Object.keys(STORES).filter((name) => !/bucket|topic|queue/.test(name)))
      assert.ok(concerns(store).has("saturation"), store);
    for (const store of ["a topic", "a topic of MSK Serverless", "a queue", "a queue of ActiveMQ", "a queue of RabbitMQ"])
      assert.ok(concerns(store).has("lag"), store);
    for (const store of ["Aurora by ACU", "Kafka on standard brokers", "a cache of nodes", "a table on demand"])
      assert.ok(concerns(store).has("replication"), store);
    assert.ok(concerns("a queue").has("dead letters"));
  });
});

describe("a threshold", () => {
  it("of connections follows the memory of the class, and stays below what RDS documents", () => {
    // AWS: 8 GiB of PostgreSQL take 8 * 2^30 / 9,531,392 = 901 connections before what RDS keeps for itself.
    const of8 = spec("PostgreSQL", "connections").threshold;
    assert.ok(of8 > 500 && of8 < 721, String(of8));
    assert.ok(spec("MySQL", "connections").threshold < 85 * 0.8);
    assert.equal(spec("SQL Server", "connections").threshold, Math.floor(32_767 * 0.8));
  });

  it("of connections of serverless Aurora follows its most ACU; one that pauses has 2,000 at most", () => {
    assert.equal(spec("Aurora by ACU", "writer-connections").threshold, 4_000);
    const paused = storeSpecs(AURORA({ minimum: 0, maximum: 64 }), []).find(({ suffix }) => suffix === "writer-connections");
    assert.equal(paused?.threshold, 1_600);
  });

  it("of free disk follows the volume, and never falls under what an engine needs", () => {
    assert.equal(spec("PostgreSQL", "storage").threshold, 5 * GIB);
    assert.equal(spec("MySQL", "storage").threshold, 2 * GIB);
  });

  it("of memory follows the class", () => {
    assert.equal(spec("SQL Server", "memory").threshold, 6.4 * GIB);
    assert.equal(spec("Aurora by class", "writer-memory").threshold, 1.6 * GIB);
  });

  it("of a table and of its index is 80 percent of the most a minute", () => {
    assert.equal(spec("a table on demand", "reads").threshold, 1000 * 60 * 0.8);
    assert.equal(spec("a table on demand", "by-customer-writes").threshold, 500 * 60 * 0.8);
    assert.equal(spec("a provisioned table", "writes").threshold, 100 * 60 * 0.8);
  });

  it("of a serverless cache follows its most data and processing units", () => {
    assert.equal(spec("a serverless cache", "memory").threshold, 4_000_000_000);
    assert.equal(spec("a serverless cache", "ecpu").threshold, 480_000);
  });

  it("of a warehouse follows its most capacity and its hours of a month", () => {
    assert.equal(spec("a serverless warehouse", "capacity").threshold, 51.2);
    assert.equal(spec("a serverless warehouse", "budget").threshold, 20);
  });

  it("of Kafka's partitions follows the broker, and a volume that lives on bursts is watched for them", () => {
    assert.equal(spec("Kafka on standard brokers", "broker-3-partitions").threshold, 800);
    assert.equal(spec("Kafka on small brokers", "broker-1-partitions").threshold, 240);
    const large = storeSpecs(KAFKA({ ...STANDARD, storage: { initial: 1000, maximum: 2000 } }), []);
    assert.ok(!large.some(({ suffix }) => suffix.endsWith("burst")));
  });

  it("of a lag that loses records is half of what the topic keeps, and an hour's topic is told before", () => {
    assert.equal(spec("a topic", "erp-loss").threshold, 302_400);
    assert.equal(spec("a topic", "erp-lag").threshold, 300);
    assert.equal(spec("a topic of MSK Serverless", "erp-loss").threshold, 1_800);
  });

  it("of a broker's backlog is five minutes of its consumers, not of its publishers", () => {
    assert.equal(spec("a queue of ActiveMQ", "backlog").threshold, 600);
  });

  it("of a queue's oldest message outlasts two tries", () => {
    assert.equal(spec("a queue", "age").threshold, 420);
  });
});

describe("what a store is watched for", () => {
  it("a consumer of a topic has a lag, a publisher has none", () => {
    assert.deepEqual(
      storeSpecs(STORES["a topic"] ?? assert.fail(), USERS).map(({ suffix }) => suffix),
      ["erp-lag", "erp-loss"],
    );
  });

  it("a cluster that pauses is not told to be down when it does", () => {
    const has = (store: string) => storeSpecs(STORES[store] ?? assert.fail(), []).some(({ suffix }) => suffix.endsWith("silent"));
    assert.deepEqual([has("Aurora that pauses"), has("Aurora by ACU"), has("PostgreSQL")], [false, true, true]);
  });

  it("Express brokers have no metric of disk, of heap and of copies, and none is asked for", () => {
    const suffixes = storeSpecs(STORES["Kafka on Express brokers"] ?? assert.fail(), []).map(({ suffix }) => suffix);
    assert.deepEqual(suffixes, ["controller", "broker-1-cpu", "broker-2-cpu", "broker-3-cpu"]);
  });

  it("where nothing is durable costs less, and still something of each store", () => {
    for (const observed of Object.values(STORES)) {
      const specs = storeSpecs(observed, USERS);
      const cheap = worthTheirPrice(specs, false);
      assert.ok(cheap.length > 0 && cheap.length <= specs.length);
      for (const { severity, suffix } of specs)
        if (severity === "critical")
          assert.ok(
            cheap.some((kept) => kept.suffix === suffix),
            suffix,
          );
      assert.deepEqual(worthTheirPrice(specs, true), specs);
    }
  });
});
