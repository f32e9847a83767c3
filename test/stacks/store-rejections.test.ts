import assert from "node:assert/strict";
import { ConfigError, faultLine } from "../../components/faults";
import { kafkaFaults } from "../../components/persistence/kafka-checks";
import { relationalFaults } from "../../components/persistence/relational/checks";
import { makePlan } from "../../plan/plan";
import { Workspace } from "../harness";

/** A value as YAML holds it, to change something deep inside. */
type Yaml = Record<string, unknown>;

/** One wrong edit of a stack file or a descriptor, and everything that is said about it. */
interface Case {
  readonly what: string;
  readonly environment?: "dev" | "prod";
  readonly edit: (workspace: Workspace) => Workspace;
  readonly says: readonly string[];
}

/** Changes `strata:persistence` of an environment. */
function persistence(environment: string, change: Yaml): Case["edit"] {
  return (workspace) => workspace.section(environment, "persistence", (section) => merge(section, change));
}

/** Changes one need of a service. */
function need(service: string, index: number, change: Yaml): Case["edit"] {
  return (workspace) =>
    workspace.service(service, (descriptor) => {
      const needs = descriptor["needs"] as Yaml[];
      needs[index] = { ...needs[index], ...change };
    });
}

/** Lays values over others; maps are laid over each other, all else is replaced. */
function merge(onto: Yaml, change: Yaml): void {
  for (const [key, value] of Object.entries(change)) {
    const known = onto[key];
    if (isMap(value) && isMap(known)) merge(known, value);
    else onto[key] = value;
  }
}

function isMap(value: unknown): value is Yaml {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const PROD = "Pulumi.prod.yaml: strata:persistence";
const DEV = "Pulumi.dev.yaml: strata:persistence";
const ANEW = (id: string) => `change it back, or declare a new store under another name, move the data and retire ${id}`;
const ELSEWHERE = "change it back, or make a new environment, restore the data there and retire the stores here";

const CASES: readonly Case[] = [
  {
    what: "a version of an engine that does not exist",
    edit: persistence("prod", { databases: { crm: { version: "5.7.44" } } }),
    says: [
      `${PROD}.databases.crm.version: is no version of mysql that is known here, got "5.7.44"; give one of 8.4.8, 8.4.10, 8.4.9, 8.4.7, 8.4.6, 8.4.5`,
    ],
  },
  {
    what: "a version of Aurora that does not exist",
    edit: persistence("prod", { databases: { orders: { version: "99.1" } } }),
    says: [
      `${PROD}.databases.orders.version: is no version of aurora-postgresql that is known here, got "99.1"; give one of 17.5, 17.7, 17.6, 17.4`,
    ],
  },
  {
    what: "an instance class that does not exist",
    environment: "dev",
    edit: persistence("dev", { databases: { erp: { instanceClass: "db.m99.large" } } }),
    says: [
      `${DEV}.databases.erp.instanceClass: does not run oracle-se2, got "db.m99.large"; give one of db.t3.small, db.t3.medium, db.t3.large, db.t3.xlarge, db.t3.2xlarge, db.m5.large, db.m5.xlarge, db.m5.2xlarge, db.m5.4xlarge, db.r5.large, db.r5.xlarge, db.r5.2xlarge, db.r5.4xlarge`,
    ],
  },
  {
    what: "a class that exists and does not fit the engine: Oracle runs on no Graviton",
    edit: persistence("prod", { databases: { erp: { instanceClass: "db.m7g.large" } } }),
    says: [
      `${PROD}.databases.erp.instanceClass: does not run oracle-se2, got "db.m7g.large"; give one of db.t3.small, db.t3.medium, db.t3.large, db.t3.xlarge, db.t3.2xlarge, db.m5.large, db.m5.xlarge, db.m5.2xlarge, db.m5.4xlarge, db.r5.large, db.r5.xlarge, db.r5.2xlarge, db.r5.4xlarge`,
    ],
  },
  {
    what: "a type of Kafka broker that does not exist",
    edit: persistence("prod", { kafka: { brokerType: "kafka.m9g.large" } }),
    says: [
      `${PROD}.kafka.brokerType: is a broker type that does not exist or is not offered here, got "kafka.m9g.large"; give one of kafka.t3.small, kafka.m7g.large, kafka.m7g.xlarge, kafka.m7g.2xlarge, kafka.m7g.4xlarge, express.m7g.large, express.m7g.xlarge, express.m7g.2xlarge, express.m7g.4xlarge, express.m7g.8xlarge, express.m7g.12xlarge, express.m7g.16xlarge`,
    ],
  },
  {
    what: "an instance type that ActiveMQ does not run on",
    edit: persistence("prod", { activemq: { instanceType: "mq.m7g.large" } }),
    says: [
      `${PROD}.activemq.instanceType: is an instance type that does not exist or does not fit ActiveMQ, got "mq.m7g.large"; give one of mq.t3.micro, mq.m5.large, mq.m5.xlarge, mq.m5.2xlarge, mq.m5.4xlarge`,
    ],
  },
  {
    what: "a type of cache node that does not exist",
    edit: persistence("prod", { cache: { nodeType: "cache.m99.large" } }),
    says: [
      `${PROD}.cache.nodeType: is a node type that does not exist or is not offered here, got "cache.m99.large"; give one of cache.t4g.micro, cache.t4g.small, cache.t4g.medium, cache.m7g.large, cache.m7g.xlarge, cache.r7g.large, cache.r7g.xlarge, cache.r7g.2xlarge`,
    ],
  },
  {
    what: "a type of warehouse node that is no longer sold",
    environment: "dev",
    edit: persistence("dev", { warehouse: { mode: "provisioned", nodeType: "dc1.large", nodes: 2 } }),
    says: [
      `${DEV}.warehouse.nodeType: is no node type this project knows, got "dc1.large"; did you mean ra3.large? (one of ra3.large, ra3.xlplus, ra3.4xlarge, ra3.16xlarge)`,
    ],
  },
  {
    what: "a number of brokers instead of brokers a zone, so that it is always a multiple of the zones",
    edit: persistence("prod", { kafka: { brokers: 4 } }),
    says: [
      `${PROD}.kafka.brokers: is not a known key, got 4; one of mode, kind, brokerType, brokersPerZone, storageGib, maximumStorageGib, endpoint`,
    ],
  },
  {
    what: "Express brokers with storage",
    environment: "dev",
    edit: persistence("dev", { kafka: { brokerType: "express.m7g.large", storageGib: 100 } }),
    says: [
      `${DEV}.kafka.storage: is given for Express brokers, which have storage of their own, got {"initial":100,"maximum":1000}; leave it out`,
    ],
  },
  {
    what: "Multi-AZ of a cache with one node",
    edit: persistence("prod", { cache: { nodes: 1 } }),
    says: [`${PROD}.cache.nodes: is one node where Multi-AZ with failover is wanted, got 1; give at least 2`],
  },
  {
    what: "Multi-AZ of a warehouse with one node",
    environment: "dev",
    edit: persistence("dev", { warehouse: { mode: "provisioned", nodeType: "ra3.large", nodes: 1, multiAz: true } }),
    says: [`${DEV}.warehouse.nodes: are too few for Multi-AZ, got 1; give at least 2`],
  },
  {
    what: "Multi-AZ of an edition that has none",
    environment: "dev",
    edit: persistence("dev", { databases: { billing: { multiAz: true } } }),
    says: [
      `${DEV}.databases.billing.multiAz: is not to be had with SQL Server Express, got true; give false, or make the environment durable to get the Standard Edition`,
    ],
  },
  {
    what: "an Aurora cluster of one instance in a durable environment",
    edit: persistence("prod", { databases: { orders: { readers: 0 } } }),
    says: [
      `${PROD}.databases.orders.readers: leaves one instance as a single point of failure in a durable environment, got 0; give at least 1`,
    ],
  },
  {
    what: "no days of backups in prod",
    edit: persistence("prod", { backupDays: 0 }),
    says: [
      `${PROD}.backupDays: is out of range, got 0; give at least 1`,
      `${PROD}.backupDays: is too short for a durable environment, got 1; give at least 7`,
    ],
  },
  {
    what: "a topic that keeps nothing in prod",
    edit: need("orders", 1, { retention: "0d" }),
    says: [`services/orders/service.yaml: needs[1].retention: keeps nothing in a durable environment, got "0d"; give at least 1h`],
  },
  {
    what: "Oracle without a licence model",
    edit: (workspace) => workspace.section("prod", "persistence", (section) => (section["databases"] = {})),
    says: [`${PROD}.databases.erp.licence: is missing for oracle; give one of license-included, bring-your-own-license`],
  },
  {
    what: "a licence model for an engine that has none",
    edit: persistence("prod", { databases: { crm: { licence: "license-included" } } }),
    says: [`${PROD}.databases.crm.licence: is not one that mysql can be run with, got "license-included"; leave it out`],
  },
  {
    what: "a name of a store that is too long for an identifier",
    environment: "dev",
    edit: need("partners", 1, { name: "customer-relationship-management" }),
    says: [
      `services/partners/service.yaml: needs[1].name: is not a store name; use a-z, 0-9 and -, starting with a letter, at most 31 characters, got "customer-relationship-management"`,
    ],
  },
  {
    what: "a name of a store that RDS does not take for an identifier",
    environment: "dev",
    edit: need("partners", 1, { name: "crm-" }),
    says: [
      `${DEV}.databases.crm-.name: has two hyphens in a row or ends with one, which RDS does not take, got "crm-"; use single hyphens between words`,
    ],
  },
  {
    what: "an index whose key is an attribute that is not declared",
    edit: need("sessions", 0, { indexes: [{ index: "by-user", partitionKey: "user" }] }),
    says: [`services/sessions/service.yaml: needs[0].indexes[0].partitionKey: is an attribute that is not declared, got "user"; one of id`],
  },
  {
    what: "another key of a table that exists",
    edit: need("sessions", 0, { partitionKey: { name: "user" } }),
    says: [
      `stores.prod.yaml: stores.table/sessions.is.partitionKey: was id S, and can only change with a new store, got "user S"; ${ANEW("table/sessions")}`,
    ],
  },
  {
    what: "another engine for a database that exists",
    edit: need("orders", 0, { store: "aurora-mysql" }),
    says: [
      `stores.prod.yaml: stores.aurora-postgres/orders: is needed by no service any more, and its data would be left behind, got ["orders"]; give the need back, or run: strata stores retire prod aurora-postgres/orders --because "…"`,
    ],
  },
  {
    what: "Express brokers for a Kafka cluster that exists with standard ones",
    edit: (workspace) => workspace.section("prod", "persistence", (section) => (section["kafka"] = { brokerType: "express.m7g.large" })),
    says: [
      `stores.prod.yaml: stores.topic/orders.v1.is.cluster: was standard brokers, and can only change with a new store, got "express brokers"; ${ANEW("topic/orders.v1")}`,
    ],
  },
  {
    what: "fewer zones under a Kafka cluster that exists, and under everything else",
    edit: (workspace) => workspace.section("prod", "network", (network) => (network["availabilityZones"] = ["us-east-1a", "us-east-1b"])),
    says: [
      `${PROD}.warehouse.zones: has too few availability zones for Redshift Serverless, got 2; give the network at least 3 zones; one can be added at the end at any time`,
      `stores.prod.yaml: ground.availabilityZones: was us-east-1a, us-east-1b, us-east-1c, and can only change with new stores for all that are recorded, got "us-east-1a, us-east-1b"; ${ELSEWHERE}`,
      `stores.prod.yaml: stores.topic/orders.v1.is.zones: was 3, and can only change with a new store, got "2"; ${ANEW("topic/orders.v1")}`,
    ],
  },
  {
    what: "fewer partitions of a topic that exists",
    edit: need("orders", 1, { partitions: 6 }),
    says: [
      `stores.prod.yaml: stores.topic/orders.v1.is.partitions: was 12, and can only change with a new store, got "6"; ${ANEW("topic/orders.v1")}`,
    ],
  },
  {
    what: "nodes for a warehouse that exists without any",
    edit: persistence("prod", { warehouse: { mode: "provisioned", nodeType: "ra3.large", nodes: 2 } }),
    says: [
      `stores.prod.yaml: stores.warehouse/analytics.is.capacity: was serverless, and can only change with a new store, got "provisioned"; ${ANEW("warehouse/analytics")}`,
    ],
  },
  {
    what: "a snapshot for a database that exists",
    edit: persistence("prod", { databases: { orders: { restoreFrom: "orders-2026-11-20" } } }),
    says: [
      `stores.prod.yaml: stores.aurora-postgres/orders.is.restoreFrom: was not there, and can only change with a new store, got "orders-2026-11-20"; ${ANEW("aurora-postgres/orders")}`,
    ],
  },
  {
    what: "another range of addresses under stores that exist",
    edit: (workspace) => workspace.section("prod", "network", (network) => (network["cidr"] = "10.30.0.0/16")),
    says: [
      `stores.prod.yaml: ground.cidr: was 10.20.0.0/16, and can only change with new stores for all that are recorded, got "10.30.0.0/16"; ${ELSEWHERE}`,
    ],
  },
  {
    what: "another account under stores that exist",
    edit: (workspace) =>
      workspace.section("prod", "aws", (aws) => Object.assign(aws, { accountId: "999988887777", assumeRole: undefined })),
    says: [
      `stores.prod.yaml: ground.accountId: was 444455556666, and can only change with new stores for all that are recorded, got "999988887777"; ${ELSEWHERE}`,
    ],
  },
  {
    what: "an environment that is durable no more while its ledger has stores",
    edit: (workspace) =>
      workspace
        .section("prod", "environment", (environment) => (environment["durable"] = false))
        .edit("stores.prod.yaml", (ledger) => {
          const stores = ledger["stores"] as Yaml;
          ledger["stores"] = { "table/sessions": stores["table/sessions"] };
        }),
    says: [
      `Pulumi.prod.yaml: strata:environment.durable: is false, but stores.prod.yaml has stores that hold data, got ["table/sessions"]; give true, or retire every store first`,
    ],
  },
  {
    what: "a warehouse that loads from a bucket nobody has",
    edit: persistence("prod", { warehouses: { analytics: { loadsFrom: ["uplods"] } } }),
    says: [
      `${PROD}.warehouses.analytics.loadsFrom: names no bucket of the catalogue, got "uplods"; did you mean uploads? (one of media, reports, uploads, thumbnails)`,
    ],
  },
  {
    what: "a warehouse that streams a topic nobody has",
    edit: persistence("prod", { warehouses: { analytics: { streamsFrom: ["orders"] } } }),
    says: [`${PROD}.warehouses.analytics.streamsFrom: names no topic of the catalogue, got "orders"; one of orders.v1`],
  },
  {
    what: "settings of a warehouse, a table and a database nobody has",
    environment: "dev",
    edit: persistence("dev", { warehouses: { analitics: {} }, tables: { sesions: {} }, databases: { order: {} } }),
    says: [
      `${DEV}.databases.order: names no relational store of the catalogue; did you mean orders? (one of billing, erp, orders, partners, crm, wiki)`,
      `${DEV}.warehouses.analitics: names no warehouse of the catalogue; did you mean analytics? (one of analytics)`,
      `${DEV}.tables.sesions: names no table of the catalogue; did you mean sessions? (one of payments, sessions)`,
    ],
  },
  {
    what: "a table of which the capacity and the origin are wrong, both at once and by the key they are written at",
    environment: "dev",
    edit: persistence("dev", {
      tables: {
        sessions: {
          capacity: { mode: "provisioned", reads: { minimum: 5, maximum: 1 }, writes: { minimum: 1, maximum: 2 } },
          restoreFrom: { snapshot: "sessions-1" },
        },
      },
    }),
    says: [
      `${DEV}.tables.sessions.reads: is not a range of capacity units, got {"minimum":5,"maximum":1}; give a minimum of at least 1 and a maximum that is not below it`,
      `${DEV}.tables.sessions.restoreFrom.snapshot: is not a backup that DynamoDB itself restores, got "sessions-1"; give the ARN of a DynamoDB backup; a recovery point of AWS Backup is restored by a job and then adopted`,
    ],
  },
];

/** Lines of what a plan refuses; none when it is made. */
async function refusals(edit: Case["edit"], environment: string): Promise<string[]> {
  const workspace = edit(new Workspace());
  try {
    await makePlan(workspace.root, environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map(faultLine);
  } finally {
    workspace.dispose();
  }
}

describe("a plan refuses", () => {
  for (const { what, environment = "prod", edit, says } of CASES)
    it(what, async () => assert.deepEqual((await refusals(edit, environment)).sort(), [...says].sort()));
});

describe("what a stack file cannot even say", () => {
  it("brokers that are no multiple of the zones are refused of a program of one's own", () => {
    const capacity = { kind: "provisioned", brokerType: "kafka.m7g.large", brokers: 4, storage: { initial: 10, maximum: 100 } } as const;
    assert.deepEqual(kafkaFaults("kafka events", { name: "events", durable: true, zones: 3, capacity, topics: [] }).map(faultLine), [
      "kafka events.brokers: is not a multiple of the availability zones, got 4; give a multiple of 3",
    ]);
  });

  it("an identifier that is too long for RDS is refused of a program of one's own", () => {
    const storeName = "a".repeat(60);
    const spec = {
      kind: "postgres",
      durable: false,
      instanceClass: "db.t4g.micro",
      nodes: 1,
      multiAz: false,
      zones: 2,
      backupDays: 1,
      storeName,
      services: ["orders"],
    } as const;
    assert.deepEqual(relationalFaults("database crm", spec).map(faultLine), [
      `database crm.name: is too long for an identifier of RDS, got "${storeName}"; give at most 52 characters`,
    ]);
  });
});
