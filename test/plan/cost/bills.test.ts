import assert from "node:assert/strict";
import { linesOf, SmallPlatform } from "./small";

const SUBNET = "aws:ec2/subnet:Subnet";

/** Bills worked out by hand from the rows of facts/prices for us-east-1; a month has 730 hours, which is 2,628,000 seconds. */
describe("the bill of", () => {
  it("two tasks on Fargate behind a load balancer", () => {
    const platform = new SmallPlatform();
    const shop = platform.service("shop", { target: "fargate", from: "internet", ports: [{ port: 8080, protocol: "http" }] });
    for (const zone of ["a", "b"]) platform.add(SUBNET, zone, { availabilityZone: `us-east-1${zone}` });
    platform.add("aws:lb/loadBalancer:LoadBalancer", "public", {
      internal: false,
      loadBalancerType: "application",
      subnets: ["a-id", "b-id"],
    });
    const runtimePlatform = { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" };
    platform.add("aws:ecs/taskDefinition:TaskDefinition", "shop-task", { cpu: "256", memory: "512", runtimePlatform }, shop);
    platform.add(
      "aws:ecs/service:Service",
      "shop",
      {
        desiredCount: 2,
        taskDefinition: "arn:shop-task",
        capacityProviderStrategies: [{ capacityProvider: "FARGATE", base: 2, weight: 1 }],
      },
      shop,
    );
    platform.add("aws:cloudwatch/logGroup:LogGroup", "shop", { retentionInDays: 30 }, shop);
    const cost = platform.cost();
    // 10 requests a second are 26,280,000 a month. They keep 10 × 0.1 s = 1 in service, and a task of 0.25 vCPU takes
    // min(20, 0.25 / 0.1) × 0.6 = 1.5: two thirds of a task, fewer than the two there are.
    // vCPU: 2 × 0.25 × 730 = 365 h × 0.03238; memory: 2 × 0.5 × 730 = 730 GB-h × 0.00356.
    assert.deepEqual(
      cost.lines.filter(({ name, item }) => name === "shop" && item.startsWith("fargate")).map(({ monthlyUsd }) => monthlyUsd),
      [11.8187, 2.5988],
    );
    // Hours: 730 × 0.0225. Addresses: 2 × 730 × 0.005. Capacity units: 26,280,000 connections / (25 × 3,600) = 292, and
    // 26,280,000 × 12 KB = 315.36 GB, one an hour: the larger, × 0.008.
    assert.deepEqual(linesOf(cost, "public"), { hours: 16.43, "public IPv4 addresses": 7.3, "capacity units": 2.52 });
    // Out: 26,280,000 × 10 KB = 262.8 GB × 0.09.
    assert.equal(linesOf(cost, "shop")["data out to the internet"], 23.65);
    // Logs: 26,280,000 × 0.5 KB = 13.14 GB × 0.50; kept 13.14 × 0.15 × 30 / 30.41667 = 1.944 GB × 0.03.
    assert.equal(linesOf(cost, "shop")["lines that come in"], 6.57);
    assert.equal(linesOf(cost, "shop")["lines that are kept"], 0.06);
    // 11.8187 + 2.5988 + 16.425 + 7.3 + 2.52288 + 23.652 + 6.57 + 0.05832
    assert.equal(cost.totals.monthlyUsd.toFixed(2), "70.95");
    assert.deepEqual(cost.unpriced, []);
  });

  it("a function behind an HTTP API with a table", () => {
    const platform = new SmallPlatform();
    const hook = platform.service("hook", { target: "lambda", from: "internet", ports: [], demand: { average: 2, duration: 250 } }, [
      { to: "events", kind: "table", access: "write" },
    ]);
    platform.add("aws:lambda/function:Function", "hook", { memorySize: 256, architectures: ["arm64"] }, hook);
    platform.add("aws:cloudwatch/logGroup:LogGroup", "hook", { retentionInDays: 14 }, hook);
    platform.add("aws:apigatewayv2/api:Api", "api");
    const store = platform.add("strata:persistence:ServiceTable", "events-table");
    platform.add(
      "aws:dynamodb/table:Table",
      "events-table",
      { billingMode: "PAY_PER_REQUEST", pointInTimeRecovery: { enabled: true } },
      store,
    );
    const cost = platform.cost();
    // 2 requests a second are 5,256,000 a month: × 0.20 a million; 5,256,000 × 0.25 s × 0.25 GB = 328,500 GB-s × 0.0000133334.
    assert.equal(linesOf(cost, "hook")["time it runs"], 4.38);
    assert.equal(cost.lines.find(({ item }) => item === "lambda.requests")?.monthlyUsd, 1.0512);
    assert.deepEqual(linesOf(cost, "api"), { requests: 5.26 });
    // Reads 5.256 million × 0.125, writes half as many × 0.625, 10 GB × 0.25 and × 0.20.
    assert.deepEqual(linesOf(cost, "events-table"), {
      "read units": 0.66,
      "write units": 1.64,
      storage: 2.5,
      "point-in-time recovery": 2,
    });
    // Out: 52.56 GB × 0.09 = 4.7304. Logs: 2.628 GB × 0.50 = 1.314, kept 2.628 × 0.15 × 14 / 30.41667 = 0.18144 GB × 0.03 = 0.00544.
    // 1.0512 + 4.38002 + 5.256 + 0.657 + 1.6425 + 2.5 + 2 + 4.7304 + 1.314 + 0.00544
    assert.equal(cost.totals.monthlyUsd.toFixed(2), "23.54");
    const [only] = cost.totals.byService;
    assert.equal(only?.monthlyUsd, cost.totals.monthlyUsd, "all of it is the one service's");
  });

  it("Aurora with a reader, Kafka and a cache", () => {
    const platform = new SmallPlatform();
    platform.service("orders", { target: "fargate", from: "services", demand: { average: 40 } }, [
      { to: "orders", kind: "aurora-postgres", access: "write" },
      { to: "orders.v1", kind: "topic", access: "publish" },
      { to: "sessions", kind: "cache", access: "read" },
    ]);
    for (const zone of ["a", "b", "c"]) platform.add(SUBNET, zone, { availabilityZone: `us-east-1${zone}` });
    const database = platform.add("strata:persistence:AuroraCluster", "orders-db");
    platform.add(
      "aws:rds/cluster:Cluster",
      "orders-db",
      { engine: "aurora-postgresql", serverlessv2ScalingConfiguration: { minCapacity: 2, maxCapacity: 16 } },
      database,
    );
    for (const name of ["orders-db-writer", "orders-db-reader-1"])
      platform.add(
        "aws:rds/clusterInstance:ClusterInstance",
        name,
        { clusterIdentifier: "orders-db-id", instanceClass: "db.serverless" },
        database,
      );
    const kafka = platform.add("strata:persistence:KafkaCluster", "kafka");
    const brokerNodeGroupInfo = { instanceType: "kafka.m7g.large", storageInfo: { ebsStorageInfo: { volumeSize: 100 } } };
    platform.add("aws:msk/cluster:Cluster", "kafka", { numberOfBrokerNodes: 3, brokerNodeGroupInfo }, kafka);
    const cache = platform.add("strata:persistence:Cache", "cache");
    platform.add(
      "aws:elasticache/replicationGroup:ReplicationGroup",
      "cache",
      { engine: "valkey", nodeType: "cache.m7g.large", numCacheClusters: 2 },
      cache,
    );
    const cost = platform.cost();
    // 2 ACU × 730 h × 0.12 for each instance; 40 × 0.05 / 2 = 1 ACU each would do, so that there is none above.
    assert.deepEqual(linesOf(cost, "orders-db-writer"), { "Aurora capacity units": 175.2 });
    // 50 GB × 0.10; 40 a second are 105,120,000 a month, with two reads or writes each: 210.24 million × 0.20.
    assert.deepEqual(linesOf(cost, "orders-db"), { storage: 5, "reads and writes of storage": 42.05 });
    // 3 × 730 × 0.204, and 300 GB × 0.10. The cache: 2 × 730 × 0.1264.
    assert.deepEqual(linesOf(cost, "kafka"), { "hours of kafka.m7g.large": 446.76, storage: 30 });
    assert.deepEqual(linesOf(cost, "cache"), { "hours of cache.m7g.large": 184.54 });
    // Three stores × 4 KB × 105,120,000 = 1,261.44 GB, two thirds of it to another zone, charged on both sides: 1,681.92 × 0.01.
    assert.deepEqual(linesOf(cost, "orders"), { "data to other zones": 16.82 });
    // 350.4 + 5 + 42.048 + 446.76 + 30 + 184.544 + 16.8192
    assert.equal(cost.totals.monthlyUsd.toFixed(2), "1075.57");
  });
});
