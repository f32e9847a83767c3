import assert from "node:assert/strict";
import { type BusAdvice } from "../../plan/bus-advice";
import { ROOT, Workspace } from "../harness";
import { strata } from "./command";

async function buses(root: string, environment: string): Promise<BusAdvice[]> {
  const { code, stdout, stderr } = await strata("advise", "--buses", "--json", "--env", environment, "--cwd", root);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as BusAdvice[];
}

describe("strata advise --buses", () => {
  it("compares each bus of prod at its declared size, managed and self-managed, with what was assumed", async () => {
    const advice = await buses(ROOT, "prod");
    assert.deepEqual(
      advice.map(({ system, mode }) => `${system} ${mode}`),
      ["kafka managed", "activemq managed", "cache managed"],
    );
    const [kafka] = advice;
    assert.ok(kafka && "advice" in kafka);
    const { managed, selfManaged, operating } = kafka.advice;
    // Three kafka.m7g.large at 0.204 USD an hour with 100 GB each at 0.10 USD.
    assert.equal(managed.total.toFixed(2), (3 * 0.204 * 730 + 300 * 0.1).toFixed(2));
    assert.equal(selfManaged.work, operating.hoursPerMonth * operating.usdPerHour);
    assert.equal(selfManaged.total, selfManaged.infrastructure + selfManaged.work);
  });

  it("follows the stack file: more brokers cost more on both sides", async () => {
    const workspace = new Workspace().section("prod", "persistence", (persistence) => {
      Object.assign(persistence["kafka"] as object, { brokersPerZone: 2 });
    });
    try {
      const [[before], [after]] = [await buses(ROOT, "prod"), await buses(workspace.root, "prod")];
      assert.ok(before && after && "advice" in before && "advice" in after);
      assert.ok(after.advice.managed.total > before.advice.managed.total);
      assert.ok(after.advice.selfManaged.infrastructure > before.advice.selfManaged.infrastructure);
    } finally {
      workspace.dispose();
    }
  });

  it("says why a serverless cache has nothing to compare, and names no bus that nobody needs", async () => {
    const cache = (await buses(ROOT, "dev")).find(({ system }) => system === "cache");
    assert.ok(cache && "why" in cache);
    assert.match(cache.why, /serverless/);
    const workspace = new Workspace().service("billing", (descriptor) => {
      descriptor["needs"] = (descriptor["needs"] as object[]).filter((need) => !("queue" in need));
    });
    workspace.service("legacy-erp", (descriptor) => {
      descriptor["needs"] = (descriptor["needs"] as object[]).filter((need) => !("queue" in need));
      delete descriptor["triggers"];
    });
    try {
      assert.deepEqual(
        (await buses(workspace.root, "dev")).map(({ system }) => system),
        ["kafka", "cache"],
      );
    } finally {
      workspace.dispose();
    }
  });

  it("shows what each way is made of, and the hours that are assumed", async () => {
    const { stdout } = await strata("advise", "--buses", "--cwd", ROOT);
    assert.match(stdout, /kafka is managed here/);
    assert.match(stdout, /3 controllers/);
    assert.match(stdout, /assumed: 16 h a month at 80 USD/);
  });

  it("refuses a service beside --buses", async () => {
    const { code, stderr } = await strata("advise", "orders", "--buses", "--cwd", ROOT);
    assert.equal(code, 1);
    assert.match(stderr, /--buses: asks about all buses/);
  });
});
