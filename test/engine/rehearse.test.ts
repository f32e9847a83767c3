import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { findEngine } from "../../automation/rehearse/engine";
import { type Rehearsal } from "../../automation/rehearse/scenario";
import { strata } from "../automation/command";
import { smallPlatform, type SmallPlatform } from "./small-platform";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;

describe(`strata rehearse on the real engine${skipped}`, function () {
  this.timeout(15 * MINUTE);
  let platform: SmallPlatform;

  before(function () {
    if (skipped) this.skip();
    platform = smallPlatform();
  });
  after(() => {
    if (!skipped) rmSync(platform.root, { recursive: true });
  });

  it("lives through the life of an environment, with a fault that strikes once and no more time than the schedule says", async () => {
    const { code, stdout, stderr } = await strata(
      ...["rehearse", "dev", "--cwd", platform.root, "--fault", "aws:sns/topic:Topic", "--json"],
    );
    const rehearsal = JSON.parse(stdout) as Rehearsal;
    const problems = rehearsal.steps.flatMap((step) => step.problems);
    assert.deepEqual(problems, []);
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      rehearsal.steps.map(({ name }) => name),
      ["up", "preview", "drift", "update", "destroy"],
    );
    assert.match(rehearsal.steps[0]?.result ?? "", /after 1 failed try/);
    assert.deepEqual([rehearsal.orphans, rehearsal.missing, rehearsal.kept], [[], [], []]);
    const destroyed = rehearsal.times.find(({ operation }) => operation === "destroy");
    assert.ok(destroyed && destroyed.ratio <= 1.1, JSON.stringify(rehearsal.times));
  });

  it("leaves the project as it was", () => {
    assert.deepEqual(platform.read("Pulumi.dev.yaml"), platform.stackFile);
  });
});
