import assert from "node:assert/strict";
import { type StoreKind } from "../../components/service/store-kind";
import { type PlannedResource } from "../../plan/graph";
import { makePlan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { strata } from "../automation/command";
import { only, ROOT, Workspace } from "../harness";
import { variablesOf } from "./read-binding";

type Of = (resource: PlannedResource) => boolean;

const engine =
  (type: string, property: string, value: RegExp): Of =>
  (resource) =>
    resource.type === type && value.test(String(resource.inputs[property]));
const type =
  (...types: readonly string[]): Of =>
  (resource) =>
    types.includes(resource.type);

/** A system by the resource that it is, and the kind of need that leads to it. */
const SYSTEMS: Readonly<Record<string, { readonly is: Of; readonly kind: StoreKind }>> = {
  "Kafka on MSK": { is: type("aws:msk/cluster:Cluster"), kind: "topic" },
  "ActiveMQ on Amazon MQ": { is: engine("aws:mq/broker:Broker", "engineType", /^ActiveMQ$/), kind: "activemq" },
  "Valkey on ElastiCache": {
    is: type("aws:elasticache/replicationGroup:ReplicationGroup", "aws:elasticache/serverlessCache:ServerlessCache"),
    kind: "cache",
  },
  "Aurora PostgreSQL": { is: engine("aws:rds/cluster:Cluster", "engine", /^aurora-postgresql$/), kind: "aurora-postgres" },
  "RDS PostgreSQL": { is: engine("aws:rds/instance:Instance", "engine", /^postgres$/), kind: "postgres" },
  "RDS MySQL": { is: engine("aws:rds/instance:Instance", "engine", /^mysql$/), kind: "mysql" },
  "RDS MariaDB": { is: engine("aws:rds/instance:Instance", "engine", /^mariadb$/), kind: "mariadb" },
  "RDS Oracle": { is: engine("aws:rds/instance:Instance", "engine", /^oracle-/), kind: "oracle" },
  "RDS SQL Server": { is: engine("aws:rds/instance:Instance", "engine", /^sqlserver-/), kind: "sqlserver" },
  DynamoDB: { is: type("aws:dynamodb/table:Table"), kind: "table" },
  Redshift: { is: type("aws:redshiftserverless/workgroup:Workgroup", "aws:redshift/cluster:Cluster"), kind: "warehouse" },
  S3: { is: type("aws:s3/bucket:Bucket"), kind: "bucket" },
  SQS: { is: type("aws:sqs/queue:Queue"), kind: "sqs" },
};

async function planned(environment: string, change: (workspace: Workspace) => Workspace): Promise<PlanDocument> {
  const workspace = change(new Workspace());
  try {
    return (await makePlan(workspace.root, environment)).document;
  } finally {
    workspace.dispose();
  }
}

function resourcesOf(document: PlanDocument): readonly PlannedResource[] {
  return document.resources;
}

function bound(document: PlanDocument, kind: StoreKind): string[] {
  return document.services.filter(({ bindings }) => bindings.some((binding) => binding.kind === kind)).map(({ name }) => name);
}

for (const environment of ["dev", "prod"])
  describe(`strata plan ${environment} --json`, () => {
    let document: PlanDocument;
    before(async () => {
      const { code, stdout, stderr } = await strata("plan", environment, "--json", "--cwd", ROOT);
      assert.equal(code, 0, stderr);
      document = JSON.parse(stdout) as PlanDocument;
    });

    for (const [system, { is, kind }] of Object.entries(SYSTEMS))
      it(`has ${system}, and a service that is bound to it`, () => {
        assert.ok(resourcesOf(document).some(is));
        assert.ok(bound(document, kind).length > 0);
      });
  });

/** What the option costs is more than the catalogue has budgets for, and a version that is pinned takes no minor one by itself: both are said, and stop nothing. */
const TOLD = ["environment-fits-its-budget", "service-fits-its-budget", "database-takes-minor-versions"];

function broken({ policy }: { policy: { violations: readonly { rule: string }[] } }): unknown[] {
  return policy.violations.filter(({ rule }) => !TOLD.includes(rule));
}

describe("an option of the catalogue", () => {
  it("is RabbitMQ: a need of it in prod makes a cluster of three brokers for its queue, and binds the service", async () => {
    const document = await planned("prod", (workspace) =>
      workspace
        .section("prod", "persistence", (persistence) => (persistence["rabbitmq"] = { instanceType: "mq.m7g.large" }))
        .service("orders", (orders) => (orders["needs"] as object[]).push({ queue: "mails", broker: "rabbitmq", access: "publish" })),
    );
    const broker = only(resourcesOf(document), "aws:mq/broker:Broker", "rabbitmq-mails");
    assert.equal(broker.inputs["engineType"], "RabbitMQ");
    assert.equal(broker.inputs["deploymentMode"], "CLUSTER_MULTI_AZ");
    assert.deepEqual(bound(document, "rabbitmq"), ["orders"]);
    assert.ok(document.reachability.some(({ from, to, port }) => from === "orders" && to === "rabbitmq-mails" && port === 5671));
    assert.deepEqual(broken(document), []);
  });

  it("is Aurora MySQL: a need of it in prod makes a cluster with a reader, and binds the service", async () => {
    const document = await planned("prod", (workspace) =>
      workspace.service("orders", (orders) =>
        (orders["needs"] as object[]).push({ store: "aurora-mysql", name: "ledger", access: "write" }),
      ),
    );
    const cluster = only(resourcesOf(document), "aws:rds/cluster:Cluster", "ledger-db");
    assert.equal(cluster.inputs["engine"], "aurora-mysql");
    const instances = resourcesOf(document).filter(
      (resource) => type("aws:rds/clusterInstance:ClusterInstance")(resource) && resource.name.startsWith("ledger-db"),
    );
    assert.equal(instances.length, 2);
    assert.deepEqual(bound(document, "aurora-mysql"), ["orders"]);
    assert.ok(document.reachability.some(({ from, to, port }) => from === "orders" && to === "ledger-db" && port === 3306));
    assert.deepEqual(broken(document), []);
  });

  it("is serverless Kafka: no broker to choose, and who publishes makes the topic with what its descriptor says", async () => {
    const document = await planned("dev", (workspace) =>
      workspace.section("dev", "persistence", (persistence) => (persistence["kafka"] = { kind: "serverless" })),
    );
    const resources = resourcesOf(document);
    const cluster = only(resources, "aws:msk/serverlessCluster:ServerlessCluster", "kafka");
    assert.deepEqual(
      resources.filter(type("aws:msk/cluster:Cluster", "aws:msk/topic:Topic")).map(({ urn }) => urn),
      [],
    );
    const variables = variablesOf(resources, "orders", "fargate");
    assert.equal(variables["KAFKA_BOOTSTRAP_SERVERS"], cluster.outputs["bootstrapBrokersSaslIam"]);
    assert.equal(variables["ORDERS_V1_TOPIC_PARTITIONS"], "12");
    assert.equal(variables["ORDERS_V1_TOPIC_RETENTION_MS"], String(7 * 86_400_000));
    assert.deepEqual(broken(document), []);
  });

  it("is a warehouse that loads from a bucket and streams a topic: its own role may, and its group leads there", async () => {
    const document = await planned("dev", (workspace) =>
      workspace.section(
        "dev",
        "persistence",
        (persistence) => (persistence["warehouses"] = { analytics: { loadsFrom: ["uploads"], streamsFrom: ["orders.v1"] } }),
      ),
    );
    const resources = resourcesOf(document);
    const policy = String(only(resources, "aws:iam/rolePolicy:RolePolicy", "analytics-warehouse").inputs["policy"]);
    assert.ok(policy.includes(`${String(only(resources, "aws:s3/bucket:Bucket", "uploads-bucket").outputs["arn"])}/*`));
    assert.match(policy, /:topic\/kafka-[^"]+\/orders\.v1"/);
    assert.ok(document.reachability.some(({ from, to, port }) => from === "analytics-warehouse" && to === "kafka" && port === 9098));
    assert.deepEqual(broken(document), []);
  });
});

describe("a need that is taken out of a descriptor", () => {
  /** Without the table nobody keeps what chat-gateway caches, which it then has to answer for. */
  const without = (workspace: Workspace) =>
    workspace
      .service("sessions", (sessions) => (sessions["needs"] = []))
      .service("chat-gateway", (gateway) => {
        for (const need of gateway["needs"] as Record<string, unknown>[])
          if ("cache" in need) need["rebuiltFrom"] = "what clients say when they connect again";
      });
  const table = type("aws:dynamodb/table:Table");

  it("takes its store out of the plan of an environment that may lose it", async () => {
    const document = await planned("dev", without);
    assert.deepEqual(
      resourcesOf(document)
        .filter(table)
        .map(({ name }) => name),
      ["payments-table"],
    );
  });

  it("stops the plan of a durable one with the store's name and how it is retired, and lets it pass once that was done", async () => {
    const workspace = without(new Workspace());
    try {
      const refused = await strata("plan", "prod", "--json", "--cwd", workspace.root);
      assert.equal(refused.code, 1);
      assert.equal(refused.stdout, "");
      const command = 'strata stores retire prod table/sessions --because "…"';
      assert.ok(refused.stderr.includes(`stores.prod.yaml: stores.table/sessions: is needed by no service any more`), refused.stderr);
      assert.ok(refused.stderr.includes(command), refused.stderr);

      const words = command.replace(/^strata /, "").replace(/ --because .*$/, "");
      const because = "signing in moved to the identity provider";
      const retired = await strata(...words.split(" "), "--because", because, "--cwd", workspace.root);
      assert.equal(retired.code, 0, retired.stderr);

      const planned = await strata("plan", "prod", "--json", "--cwd", workspace.root);
      assert.equal(planned.code, 0, planned.stderr);
      const left = resourcesOf(JSON.parse(planned.stdout) as PlanDocument).filter(table);
      assert.deepEqual(
        left.map(({ name }) => name),
        ["payments-table"],
      );
      assert.deepEqual(
        left.map(({ protect, retainOnDelete }) => ({ protect, retainOnDelete })),
        [{ protect: true, retainOnDelete: true }],
      );
    } finally {
      workspace.dispose();
    }
  });
});
