import assert from "node:assert/strict";
import fc from "fast-check";
import { COST_ASSUMPTION_IDS, COST_ASSUMPTIONS } from "../../../facts/cost-assumptions";
import { isPriceItem, price } from "../../../facts/prices/price";
import { type CostDocument } from "../../../plan/cost/cost";
import { micro, shareOut, sumUsd } from "../../../plan/cost/money";
import { linesOf, SmallPlatform } from "./small";

/** Two services of every way to be paid for: a function, a container with a share of all that is shared, and a database of its own. */
function environment(average: number, peak = average * 2, budget?: number, durable = true): SmallPlatform {
  const platform = new SmallPlatform("us-east-1", budget, durable);
  const ports = [{ port: 8080, protocol: "http" }];
  const shop = platform.service("shop", { target: "fargate", from: "internet", ports, demand: { average, peak } }, [
    { to: "shop", kind: "aurora-postgres", access: "write" },
    { to: "events", kind: "topic", access: "publish" },
    { to: "uploads", kind: "bucket", access: "write" },
  ]);
  const hook = platform.service("hook", { target: "lambda", from: "internet", ports: [], demand: { average: average / 10 } }, [
    { to: "events", kind: "topic", access: "consume" },
    { to: "hooks", kind: "table", access: "write" },
  ]);
  for (const zone of ["a", "b"]) platform.add("aws:ec2/subnet:Subnet", zone, { availabilityZone: `us-east-1${zone}` });
  const network = platform.add("strata:network:Network", "network");
  platform.add("aws:ec2/natGateway:NatGateway", "nat", {}, network);
  const balancer = platform.add("strata:compute:LoadBalancer", "public");
  platform.add("aws:lb/loadBalancer:LoadBalancer", "public", { internal: false, subnets: ["a-id", "b-id"] }, balancer);
  platform.add("aws:lambda/function:Function", "hook", { memorySize: 512, architectures: ["arm64"] }, hook);
  platform.add("aws:ecs/taskDefinition:TaskDefinition", "task", { cpu: "512", memory: "1024" }, shop);
  const capacityProviderStrategies = [{ capacityProvider: "FARGATE", weight: 1 }];
  platform.add("aws:ecs/service:Service", "shop", { desiredCount: 2, taskDefinition: "arn:task", capacityProviderStrategies }, shop);
  for (const [name, owner] of [
    ["shop", shop],
    ["hook", hook],
  ] as const)
    platform.add("aws:cloudwatch/logGroup:LogGroup", name, { retentionInDays: 90 }, owner);
  const database = platform.add("strata:persistence:AuroraCluster", "shop-db");
  platform.add("aws:rds/cluster:Cluster", "shop-db", { serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 16 } }, database);
  platform.add(
    "aws:rds/clusterInstance:ClusterInstance",
    "shop-db-writer",
    { clusterIdentifier: "shop-db-id", instanceClass: "db.serverless" },
    database,
  );
  const kafka = platform.add("strata:persistence:KafkaCluster", "kafka");
  platform.add(
    "aws:msk/cluster:Cluster",
    "kafka",
    { numberOfBrokerNodes: 2, brokerNodeGroupInfo: { instanceType: "kafka.t3.small" } },
    kafka,
  );
  platform.add("aws:dynamodb/table:Table", "hooks-table", { billingMode: "PAY_PER_REQUEST" });
  platform.add("aws:s3/bucket:Bucket", "uploads-bucket");
  return platform;
}

const RATE = fc.double({ min: 0, max: 2_000, noNaN: true });

/** What must hold of every cost. */
function assertAddsUp(cost: CostDocument): void {
  assert.equal(cost.totals.monthlyUsd, sumUsd(cost.lines.map(({ monthlyUsd }) => monthlyUsd)), "lines");
  assert.equal(cost.totals.monthlyUsd, sumUsd(cost.totals.byLayer.map(({ monthlyUsd }) => monthlyUsd)), "layers");
  const services = cost.totals.byService.map(({ monthlyUsd }) => monthlyUsd);
  assert.equal(cost.totals.monthlyUsd, sumUsd([...services, cost.totals.unattributedUsd]), "services and the rest");
  assert.ok(cost.totals.unattributedUsd >= 0);
  for (const share of cost.shares) assert.equal(share.monthlyUsd, sumUsd(share.parts.map(({ monthlyUsd }) => monthlyUsd)), share.what);
}

describe("the cost of an environment", () => {
  it("is the sum of its lines, its layers, and its services with what is of none", () => {
    fc.assert(
      fc.property(RATE, (average) => assertAddsUp(environment(average).cost())),
      { numRuns: 50 },
    );
  });

  it("has lines that follow from what they state, with prices of the facts", () => {
    fc.assert(
      fc.property(RATE, (average) => {
        const cost = environment(average).cost();
        const known = new Set(cost.assumptions.map(({ id }) => id));
        for (const { quantity, usdPerUnit, monthlyUsd, item, unit, source, date, basis, assumptions } of cost.lines) {
          assert.equal(micro(monthlyUsd), micro(quantity * usdPerUnit), item);
          assert.ok(isPriceItem(item));
          assert.deepEqual(price(item, cost.region), { usd: usdPerUnit, unit, source, date });
          assert.ok(quantity > 0 && (basis === "usage" || assumptions.length === 0));
          for (const id of assumptions) assert.ok(known.has(id), id);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("never falls when demand grows", () => {
    fc.assert(
      fc.property(RATE, RATE, (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(environment(less).cost().totals.monthlyUsd <= environment(more).cost().totals.monthlyUsd);
      }),
      { numRuns: 100 },
    );
    assert.ok(environment(1).cost().totals.monthlyUsd < environment(100).cost().totals.monthlyUsd);
  });

  it("is the same in every order of its resources", () => {
    const platform = environment(20);
    const before = platform.cost().totals;
    const [stack, ...rest] = platform.resources.splice(0);
    platform.resources.push(...(stack ? [stack] : []), ...rest.reverse());
    assert.deepEqual(platform.cost().totals.byService, before.byService);
  });

  it("lists what has no price, and counts nothing for it", () => {
    const platform = environment(20);
    const before = platform.cost();
    platform.add("aws:rds/instance:Instance", "big", { engine: "postgres", instanceClass: "db.x2g.large" });
    platform.add("aws:timestreamwrite/table:Table", "series");
    const after = platform.cost();
    assert.equal(after.totals.monthlyUsd, before.totals.monthlyUsd);
    assert.match(
      after.unpriced.find(({ name }) => name === "big")?.why ?? "",
      /rds\.postgres\.db\.x2g\.large in us-east-1 is not among the facts/,
    );
    assert.ok(after.unpriced.some(({ name }) => name === "series"));
  });

  it("is unpriced where the region has no price", () => {
    const platform = new SmallPlatform("eu-west-1");
    platform.add("aws:msk/cluster:Cluster", "kafka", { numberOfBrokerNodes: 2, brokerNodeGroupInfo: { instanceType: "kafka.m7g.large" } });
    platform.add("aws:ec2/natGateway:NatGateway", "nat");
    const cost = platform.cost();
    assert.equal(cost.totals.monthlyUsd, 35.04);
    assert.match(cost.unpriced[0]?.why ?? "", /msk\.kafka\.m7g\.large in eu-west-1/);
  });

  it("says whether it is over its budget", () => {
    assert.equal(environment(20, 40, 1).cost().budget?.over, true);
    assert.equal(environment(20, 40, 1_000_000).cost().budget?.over, false);
    assert.equal(environment(20).cost().budget, undefined);
  });

  it("follows an assumption that somebody sets, and says where the value is from", () => {
    const doubled = environment(20).cost({ "log.kb-per-request": { value: 1, from: "--set" } });
    assert.equal(linesOf(doubled, "shop")["lines that come in"], 26.28);
    assert.equal(linesOf(environment(20).cost(), "shop")["lines that come in"], 13.14);
    assert.deepEqual(
      doubled.assumptions.flatMap(({ id, value, from }) => (id === "log.kb-per-request" ? [{ value, from }] : [])),
      [{ value: 1, from: "--set" }],
    );
  });

  it("takes a hundredth of the demand where nothing is durable", () => {
    const line = (durable: boolean) =>
      environment(20, 40, undefined, durable)
        .cost()
        .lines.find(({ item }) => item === "lambda.requests")?.quantity;
    assert.ok(Math.abs((line(true) ?? 0) / 100 - (line(false) ?? 0)) < 1e-9);
  });

  it("attributes what is shared by use", () => {
    const cost = environment(20).cost();
    const parts = (what: RegExp) =>
      Object.fromEntries((cost.shares.find((share) => what.test(share.what))?.parts ?? []).map((part) => [part.service, part.weight]));
    // The shop has ten requests for each of the hook; only containers are behind the load balancer.
    assert.ok(Math.abs((parts(/^kafka/)["shop"] ?? 0) / (parts(/^kafka/)["hook"] ?? 1) - 10) < 1e-9);
    assert.deepEqual(Object.keys(parts(/^public/)), ["shop"]);
    const shop = cost.totals.byService.find(({ service }) => service === "shop");
    assert.ok(shop && cost.lines.some(({ name, service }) => name === "shop-db-writer" && service === "shop"), "a database of its own");
  });
});

describe("shares of an amount", () => {
  it("add up to it, each within a millionth of what its weight says", () => {
    const amounts = fc.double({ min: 0, max: 1e6, noNaN: true });
    const weights = fc
      .array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 })
      .filter((all) => all.some((weight) => weight > 1e-6));
    fc.assert(
      fc.property(amounts, weights, (amount, given) => {
        const parts = shareOut(amount, given);
        assert.equal(sumUsd(parts), sumUsd([amount]));
        const all = given.reduce((sum, weight) => sum + weight, 0);
        parts.forEach((part, index) => assert.ok(Math.abs(part - (amount * (given[index] ?? 0)) / all) < 2e-6));
      }),
    );
  });
});

describe("the assumptions about costs", () => {
  it("each say what they are, where they are from, and a value that is no less where customers are", () => {
    for (const id of COST_ASSUMPTION_IDS) {
      const row: { what: string; from: string; value: number; ephemeral?: number } = COST_ASSUMPTIONS[id];
      assert.ok(row.what.length > 5 && row.from.length > 5, id);
      assert.ok(row.value >= (row.ephemeral ?? 0), id);
    }
  });
});
