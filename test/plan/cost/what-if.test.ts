import assert from "node:assert/strict";
import { ConfigError } from "../../../components/faults";
import { type CostDocument } from "../../../plan/cost/cost";
import { whatIf } from "../../../plan/cost/what-if";
import { SmallPlatform } from "./small";

/** Three gateways, twelve interfaces of an endpoint, and a cluster of Aurora with a reader. */
function cost(gateways: number, acu = 2): CostDocument {
  const platform = new SmallPlatform();
  for (let index = 0; index < gateways; index += 1) platform.add("aws:ec2/natGateway:NatGateway", `nat-${index}`);
  platform.add("aws:rds/cluster:Cluster", "db", { serverlessv2ScalingConfiguration: { minCapacity: acu, maxCapacity: 8 } });
  platform.add("aws:rds/clusterInstance:ClusterInstance", "db-writer", { clusterIdentifier: "db-id", instanceClass: "db.serverless" });
  return platform.cost();
}

const SECTIONS = { environment: { durable: true }, network: { nat: "per-az" }, persistence: { auroraMinimumAcu: 2, auroraReaders: 1 } };

describe("the cheaper changes", () => {
  it("save what the changed environment costs less, the most first, and say what is lost", async () => {
    const found = await whatIf(cost(3), SECTIONS, ({ path }, value) => {
      if (path[0] === "nat") return Promise.resolve(cost(value === "single" ? 1 : 3));
      return Promise.resolve(path[0] === "auroraMinimumAcu" ? cost(3, 0.5) : cost(3));
    });
    assert.deepEqual(
      found.map(({ change, savesUsd }) => [change, savesUsd]),
      [
        ["Aurora shrinks to 0.5 ACU", 131.4],
        ["a single NAT gateway", 65.7],
      ],
    );
    for (const { loses } of found) assert.ok(loses.length > 10);
  });

  it("leave out what the environment refuses, and let a bug be one", async () => {
    const refused = await whatIf(cost(3), SECTIONS, () => Promise.reject(new ConfigError([{ key: "a", what: "is wrong" }])));
    assert.deepEqual(refused, []);
    await assert.rejects(
      whatIf(cost(3), SECTIONS, () => Promise.reject(new TypeError("broken"))),
      TypeError,
    );
  });

  it("are not planned where they could not save more than what is found", async () => {
    const planned: string[] = [];
    const dear = cost(40);
    const sections = { ...SECTIONS, network: { nat: "per-az", flowLogDays: 90 } };
    await whatIf(dear, sections, ({ path }) => {
      planned.push(path.join("."));
      return Promise.resolve({ ...dear, totals: { ...dear.totals, monthlyUsd: dear.totals.monthlyUsd - 1 } });
    });
    assert.ok(planned.includes("nat") && !planned.includes("flowLogDays"), planned.join());
  });
});
