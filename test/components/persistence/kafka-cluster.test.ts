import assert from "node:assert/strict";
import { ConfigError, faultLine } from "../../../components/faults";
import { type KafkaCapacity, kafkaFaults, type KafkaShape } from "../../../components/persistence/kafka-checks";
import { KafkaCluster, type KafkaClusterArgs } from "../../../components/persistence/kafka-cluster";
import { type TopicSettings } from "../../../components/persistence/kafka-topics";
import { price } from "../../../facts/prices/price";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { bound, groupOf, letIn } from "./bound";

const CLUSTER = "aws:msk/cluster:Cluster";
const TOPIC = "aws:msk/topic:Topic";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-a111-111111111111";
const WEEK = 7 * 86_400_000;

const ORDERS: TopicSettings = { topic: "orders.v1", partitions: 12, retention: WEEK };
const STOCK: TopicSettings = { topic: "stock.v1", partitions: 6, retention: WEEK };

const SMALL: KafkaCapacity = { kind: "provisioned", brokerType: "kafka.t3.small", brokers: 2, storage: { initial: 10, maximum: 50 } };
const STANDARD: KafkaCapacity = {
  kind: "provisioned",
  brokerType: "kafka.m7g.large",
  brokers: 3,
  storage: { initial: 100, maximum: 1000 },
};
const EXPRESS: KafkaCapacity = { kind: "provisioned", brokerType: "express.m7g.large", brokers: 3 };
const SERVERLESS: KafkaCapacity = { kind: "serverless" };

function args(change: Partial<KafkaClusterArgs> = {}): KafkaClusterArgs {
  return {
    context: TEST_CONTEXT,
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
    zones: 2,
    keyArn: KEY,
    capacity: SMALL,
    topics: [ORDERS, STOCK],
    logs: { retentionDays: 7, keyArn: KEY },
    ...change,
  };
}

const durable = (change: Partial<KafkaClusterArgs> = {}) =>
  args({ context: { ...TEST_CONTEXT, durable: true }, zones: 3, capacity: STANDARD, ...change });

async function kafka(given: KafkaClusterArgs): Promise<PlannedResource[]> {
  return recordProgram((options) => new KafkaCluster("kafka", given, options));
}

describe("Kafka on MSK", () => {
  it("speaks TLS only, to clients that prove themselves by IAM, and encrypts its disks with the customer's key", async () => {
    const { inputs } = only(await kafka(args()), CLUSTER);
    assert.deepEqual(inputs["clientAuthentication"], { sasl: { iam: true, scram: false }, unauthenticated: false });
    assert.deepEqual(inputs["encryptionInfo"], {
      encryptionAtRestKmsKeyArn: KEY,
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    });
  });

  it("is KRaft from the first day, with logs, open monitoring and storage that grows by itself", async () => {
    const resources = await kafka(durable());
    const { inputs } = only(resources, CLUSTER);
    assert.match(String(inputs["kafkaVersion"]), /^3\.\d+\.x\.kraft$/);
    assert.deepEqual(inputs["openMonitoring"], {
      prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
    });
    assert.match(JSON.stringify(inputs["loggingInfo"]), /"enabled":true.*\/strata\/test\/kafka\//);
    const target = only(resources, "aws:appautoscaling/target:Target").inputs;
    assert.deepEqual([target["serviceNamespace"], target["maxCapacity"]], ["kafka", 1000]);
    const policy = JSON.stringify(only(resources, "aws:appautoscaling/policy:Policy").inputs);
    assert.match(policy, /"disableScaleIn":true.*KafkaBrokerStorageUtilization/);
  });

  it("keeps records in a durable environment through the loss of a zone, and itself through the loss of the stack", async () => {
    const resources = await kafka(durable());
    for (const resource of resources.filter(({ type }) => [CLUSTER, TOPIC].includes(type)))
      assert.deepEqual([resource.protect, resource.retainOnDelete], [true, true], resource.name);
    const properties = String(only(resources, "aws:msk/configuration:Configuration").inputs["serverProperties"]);
    assert.deepEqual(properties.trim().split("\n"), [
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "min.insync.replicas=2",
      "unclean.leader.election.enable=false",
    ]);
  });

  it("takes only as many subnets as it has zones", async () => {
    const subnets = async (zones: number, capacity: KafkaCapacity) =>
      (only(await kafka(args({ zones, capacity })), CLUSTER).inputs["brokerNodeGroupInfo"] as { clientSubnets: string[] }).clientSubnets;
    assert.deepEqual(await subnets(2, SMALL), ["subnet-1", "subnet-2"]);
    assert.deepEqual(await subnets(3, STANDARD), ["subnet-1", "subnet-2", "subnet-3"]);
  });

  it("gives Express brokers no storage and none of the properties that they fix themselves", async () => {
    const resources = await kafka(durable({ capacity: EXPRESS }));
    assert.equal(JSON.stringify(only(resources, CLUSTER).inputs).includes("storageInfo"), false);
    assert.equal(resources.filter(({ type }) => type.startsWith("aws:appautoscaling")).length, 0);
    assert.equal(only(resources, "aws:msk/configuration:Configuration").inputs["serverProperties"], "auto.create.topics.enable=false\n");
    assert.equal(String(only(resources, TOPIC, "kafka-orders.v1").inputs["configs"]).includes("min.insync.replicas"), false);
  });

  it("makes each declared topic, with its partitions, its copies and its retention", async () => {
    const { inputs } = only(await kafka(durable()), TOPIC, "kafka-orders.v1");
    assert.deepEqual([inputs["name"], inputs["partitionCount"], inputs["replicationFactor"]], ["orders.v1", 12, 3]);
    assert.deepEqual(JSON.parse(String(inputs["configs"])), {
      "cleanup.policy": "delete",
      "retention.ms": "604800000",
      "min.insync.replicas": "2",
    });
  });

  it("lets a broker be away in the smallest cluster without stopping writers", async () => {
    const { inputs } = only(await kafka(args()), TOPIC, "kafka-orders.v1");
    const configs = JSON.parse(String(inputs["configs"])) as Record<string, string>;
    assert.deepEqual([inputs["replicationFactor"], configs["min.insync.replicas"]], [2, "1"]);
  });

  it("is cheaper as two small brokers than serverless, which is why an environment to try things in gets those", () => {
    const monthly = (item: Parameters<typeof price>[0], count: number) => (price(item, "us-east-1")?.usd ?? Number.NaN) * 730 * count;
    assert.equal(Math.round(monthly("msk.kafka.t3.small", 2)), 67);
    assert.equal(Math.round(monthly("msk.serverless.cluster", 1)), 548);
  });

  it("hands a transform to each child", async () => {
    const bent = { tags: { bent: "yes" } };
    const rename = (given: { name?: unknown }) => {
      given.name = "bent";
    };
    const resources = await kafka(args({ transform: { cluster: bent, securityGroup: bent, topic: rename, configuration: rename } }));
    for (const type of [CLUSTER, "aws:ec2/securityGroup:SecurityGroup"]) assert.deepEqual(only(resources, type).inputs["tags"], bent.tags);
    for (const { inputs } of resources.filter(({ type }) => [TOPIC, "aws:msk/configuration:Configuration"].includes(type)))
      assert.equal(inputs["name"], "bent");
    const serverless = await kafka(args({ capacity: SERVERLESS, transform: { serverless: bent } }));
    assert.deepEqual(only(serverless, "aws:msk/serverlessCluster:ServerlessCluster").inputs["tags"], bent.tags);
  });

  describe("bound to services", () => {
    const everyone = (capacity: KafkaCapacity) =>
      bound(({ options, keyArn }) => {
        const cluster = new KafkaCluster("kafka", args({ capacity, keyArn }), options);
        return [
          { service: "orders", store: cluster.topic("orders.v1"), access: "publish" },
          { service: "notifications", store: cluster.topic("orders.v1"), access: "consume" },
          { service: "stock", store: cluster.topic("stock.v1"), access: "publish" },
          { service: "stock", store: cluster.topic("orders.v1"), access: "consume" },
        ];
      });
    const arn = (resources: readonly PlannedResource[]) => String(only(resources, CLUSTER).outputs["arn"]);
    const topicArn = (cluster: string, topic: string) => `${cluster.replace(":cluster/", ":topic/")}/${topic}`;
    const groupArn = (cluster: string, group: string) => `${cluster.replace(":cluster/", ":group/")}/${group}`;

    it("says where the brokers are, how to log in, the topic and the group", async () => {
      const { of, resources } = await everyone(SMALL);
      const servers = only(resources, CLUSTER).outputs["bootstrapBrokersSaslIam"];
      assert.deepEqual(of("orders", "publish").variables, {
        KAFKA_BOOTSTRAP_SERVERS: servers,
        KAFKA_LOGIN: "iam",
        ORDERS_V1_TOPIC: "orders.v1",
      });
      assert.equal(of("notifications", "consume").variables["KAFKA_GROUP_ID"], "notifications");
      for (const server of String(servers).split(",")) assert.equal(new URL(`kafka://${server}`).port, "9098");
    });

    it("lets in exactly the services that need a topic, each once, on the port of IAM", async () => {
      const { resources } = await everyone(SMALL);
      assert.deepEqual(letIn(resources, groupOf(resources, "kafka")), ["sg-notifications:9098", "sg-orders:9098", "sg-stock:9098"]);
    });

    it("lets who publishes write its topic, and neither read it nor touch another", async () => {
      const { of, resources } = await everyone(SMALL);
      const cluster = arn(resources);
      const { may } = of("orders", "publish");
      for (const action of ["Connect", "WriteDataIdempotently"]) assert.ok(await may(`kafka-cluster:${action}`, cluster), action);
      for (const action of ["DescribeTopic", "WriteData"])
        assert.ok(await may(`kafka-cluster:${action}`, topicArn(cluster, "orders.v1")), action);
      for (const action of ["ReadData", "CreateTopic", "DeleteTopic", "AlterTopic"])
        assert.ok(!(await may(`kafka-cluster:${action}`, topicArn(cluster, "orders.v1"))), action);
      assert.ok(!(await may("kafka-cluster:WriteData", topicArn(cluster, "stock.v1"))));
      assert.ok(!(await may("kafka-cluster:WriteData", topicArn(cluster, "orders.v10"))));
      assert.ok(!(await may("kafka-cluster:AlterGroup", groupArn(cluster, "orders"))));
    });

    it("lets who consumes read its topic in its own group, and neither write nor join another's", async () => {
      const { of, resources } = await everyone(SMALL);
      const cluster = arn(resources);
      const { may } = of("notifications", "consume");
      assert.ok(await may("kafka-cluster:ReadData", topicArn(cluster, "orders.v1")));
      assert.ok(await may("kafka-cluster:AlterGroup", groupArn(cluster, "notifications")));
      assert.ok(await may("kafka-cluster:DescribeGroup", groupArn(cluster, "notifications")));
      assert.ok(!(await may("kafka-cluster:WriteData", topicArn(cluster, "orders.v1"))));
      assert.ok(!(await may("kafka-cluster:AlterGroup", groupArn(cluster, "stock"))));
      assert.ok(!(await may("kafka-cluster:ReadData", topicArn(cluster, "stock.v1"))));
    });

    it("waits for the rules and the topic", async () => {
      const { of } = await everyone(SMALL);
      assert.equal(of("orders", "publish").binding.ready.length, 3);
    });

    it("lets who publishes create its topic on serverless, where no resource can, and says how", async () => {
      const { of, resources } = await everyone(SERVERLESS);
      assert.equal(resources.filter(({ type }) => type === TOPIC).length, 0);
      const cluster = String(only(resources, "aws:msk/serverlessCluster:ServerlessCluster").outputs["arn"]);
      const { may, variables } = of("orders", "publish");
      assert.ok(await may("kafka-cluster:CreateTopic", topicArn(cluster, "orders.v1")));
      assert.ok(!(await may("kafka-cluster:CreateTopic", topicArn(cluster, "stock.v1"))));
      assert.deepEqual([variables["ORDERS_V1_TOPIC_PARTITIONS"], variables["ORDERS_V1_TOPIC_RETENTION_MS"]], ["12", "604800000"]);
      assert.ok(!(await of("notifications", "consume").may("kafka-cluster:CreateTopic", topicArn(cluster, "orders.v1"))));
    });

    it("is the same for a cluster that exists already, of which nothing is made", async () => {
      const { of, resources } = await bound(() => {
        const cluster = KafkaCluster.adopt("old", {
          bootstrapServers: "kafka-0.old:9093,kafka-1.old:9093",
          securityGroupId: "sg-old",
          port: 9093,
          login: { kind: "scram", secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:AmazonMSK_old-abc123", keyArn: KEY },
        });
        return [{ service: "orders", store: cluster.topic("orders.v1"), access: "publish" }];
      });
      const { variables, may } = of("orders", "publish");
      assert.deepEqual([variables["KAFKA_BOOTSTRAP_SERVERS"], variables["KAFKA_LOGIN"]], ["kafka-0.old:9093,kafka-1.old:9093", "scram"]);
      assert.ok(await may("secretsmanager:GetSecretValue", String(variables["KAFKA_SECRET_ARN"])));
      assert.deepEqual(letIn(resources, "sg-old"), ["sg-orders:9093"]);
      assert.equal(resources.filter(({ type }) => type.startsWith("aws:msk") || type.startsWith("aws:ec2")).length, 0);
    });

    it("refuses a topic that nobody declared and an access that a topic does not have", async () => {
      await assert.rejects(
        recordProgram((options) => new KafkaCluster("kafka", args(), options).topic("missing")),
        /kafka has no topic missing/,
      );
      await assert.rejects(
        bound(({ options }) => [
          { service: "orders", store: new KafkaCluster("kafka", args(), options).topic("orders.v1"), access: "read" },
        ]),
        /orders cannot read topic orders\.v1/,
      );
    });
  });

  describe("checked before AWS is asked", () => {
    const shape = (change: Partial<KafkaShape> = {}): KafkaShape => ({
      name: "kafka",
      durable: false,
      zones: 3,
      capacity: STANDARD,
      topics: [ORDERS],
      ...change,
    });
    const lines = (change: Partial<KafkaShape>) => kafkaFaults("kafka", shape(change)).map(faultLine);

    it("finds nothing wrong with what works", () => {
      for (const change of [{}, { capacity: EXPRESS, durable: true }, { capacity: SERVERLESS }, { zones: 2, capacity: SMALL }])
        assert.deepEqual(lines(change), []);
    });

    for (const [what, change, line] of [
      [
        "brokers that are no multiple of the zones",
        { capacity: { ...STANDARD, brokers: 4 } },
        /brokers: is not a multiple.*give a multiple of 3/,
      ],
      ["no brokers at all", { capacity: { ...STANDARD, brokers: 0 } }, /brokers: is not a multiple/],
      ["Express brokers with storage", { capacity: { ...EXPRESS, storage: { initial: 1, maximum: 1 } } }, /storage: is given for Express/],
      ["standard brokers without storage", { capacity: { ...EXPRESS, brokerType: "kafka.m7g.large" } }, /storage: is missing/],
      ["storage that would have to shrink", { capacity: { ...STANDARD, storage: { initial: 9, maximum: 8 } } }, /storage: is out of range/],
      ["Express in two zones", { zones: 2, capacity: { ...EXPRESS, brokers: 2 } }, /zones: is not a number of zones/],
      ["four zones", { zones: 4, capacity: { ...STANDARD, brokers: 4 } }, /zones: .*give 2 or 3/],
      [
        "a type that does not exist",
        { capacity: { ...STANDARD, brokerType: "kafka.m9.huge" } },
        /brokerType: is a broker type that does not exist/,
      ],
      ["a burstable type in a durable environment", { durable: true, zones: 2, capacity: SMALL }, /brokerType: is burstable/],
      [
        "a version that Express does not have",
        { capacity: { ...EXPRESS, version: "3.8.x.kraft" } },
        /version: .*give one of 3\.9\.x\.kraft/,
      ],
      ["a version without KRaft", { capacity: { ...STANDARD, version: "3.6.0" } }, /version: is a version that does not exist/],
      ["partitions that do not fit", { zones: 2, capacity: SMALL, topics: [{ ...ORDERS, partitions: 400 }] }, /does not fit 800 replicas/],
      ["an identifier that is too long", { name: "k".repeat(60) }, /identifier that is too long.*at most 56/],
    ] as const)
      it(`refuses ${what}`, () => {
        assert.match(lines(change).join("\n"), line);
      });

    it("says all of it at once, and makes nothing", async () => {
      const capacity: KafkaCapacity = { ...STANDARD, brokers: 4, storage: { initial: 0, maximum: 0 } };
      await assert.rejects(kafka(args({ zones: 3, capacity })), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(
          error.faults.map(({ key }) => key),
          ["kafka kafka.brokers", "kafka kafka.storage"],
        );
        return true;
      });
    });
  });
});
