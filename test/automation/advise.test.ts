import assert from "node:assert/strict";
import { type Advice } from "../../plan/advice";
import { ROOT } from "../harness";
import { strata } from "./command";

async function advise(...args: string[]) {
  return strata("advise", ...args, "--cwd", ROOT);
}

async function advice(service: string, ...args: string[]): Promise<Advice> {
  const { code, stdout, stderr } = await advise(service, "--json", ...args);
  assert.equal(code, 0, stderr);
  const [one, ...others] = JSON.parse(stdout) as Advice[];
  assert.ok(one && others.length === 0);
  return one;
}

describe("strata advise", () => {
  it("shows every target of a service with its cost, or the rule that excludes it", async () => {
    const { code, stdout } = await advise("storefront");
    assert.equal(code, 0);
    for (const target of ["lambda", "fargate", "fargate-job", "ecs", "eks", "eks-stateful"])
      assert.match(stdout, new RegExp(`\\b${target}\\b`));
    assert.match(stdout, /it has no handler to call/);
    assert.match(stdout, /Cost a month against average demand/);
  });

  it("asks about a service that is not there yet as it would be: --set changes its demand, and so its size", async () => {
    const before = await advice("storefront");
    const after = await advice("storefront", "--set", "demand.average=240/s", "--set", "demand.peak=1000/s");
    assert.equal(after.demand.average, 240);
    assert.ok((after.placement.monthlyUsd ?? 0) > (before.placement.monthlyUsd ?? 0));
  });

  it("names the demand at which another target takes over, and that demand does change the choice", async () => {
    const { crossovers, placement } = await advice("payments-webhook");
    const { up } = crossovers;
    assert.ok(up);
    const rate = (factor: number) => [
      "--set",
      `demand.average=${(up.average * factor).toFixed(6)}/s`,
      "--set",
      `demand.peak=${(up.average * factor * 200).toFixed(6)}/s`,
    ];
    assert.equal((await advice("payments-webhook", ...rate(0.99))).placement.target, placement.target);
    assert.notEqual((await advice("payments-webhook", ...rate(1.01))).placement.target, placement.target);
  });

  it("refuses a --set that does not fit the descriptor, with its place in it", async () => {
    const { code, stderr } = await advise("storefront", "--set", "demand.average=fast", "--set", "demand.shap=steady");
    assert.equal(code, 1);
    assert.match(stderr, /services\/storefront\/service\.yaml: demand\.average: is not a rate.*got "fast"/);
    assert.match(stderr, /demand\.shap: is not a known key.*did you mean shape\?/);
  });

  it("refuses a --set that is no change, an unknown service and an unknown environment", async () => {
    for (const [args, says] of [
      [["storefront", "--set", "demand"], /--set demand: is not a change/],
      [["storefrnt"], /storefrnt: is not a service of the catalogue; did you mean storefront\?/],
      [["storefront", "--env", "prd"], /prd: is not an environment/],
    ] as const) {
      const { code, stderr } = await advise(...args);
      assert.equal(code, 1);
      assert.match(stderr, says);
    }
  });
});
