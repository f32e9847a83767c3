import assert from "node:assert/strict";
import { judgeStack, readPolicyFiles } from "../../policy/lib/judge-stack";
import { PACKS } from "../../policy/packs";
import { ROOT } from "../harness";
import { ourStack } from "./our-stacks";

/** The day of the verdicts: exceptions expire, and a test must not begin to fail by itself. */
const TODAY = "2026-11-26";

describe("our own stacks", function () {
  this.timeout(300_000);
  for (const environment of ["dev", "prod"] as const)
    it(`${environment} breaks no rule but where an exception lets it, and needs every exception there is`, async () => {
      const files = readPolicyFiles({ root: ROOT, environment, packs: PACKS, today: TODAY });
      const { violations, excepted, broken, exceptions } = judgeStack(PACKS, await ourStack(environment), files);
      assert.deepEqual(violations, []);
      assert.deepEqual(broken, []);
      assert.deepEqual(
        exceptions.map(({ state }) => state),
        exceptions.map(() => "used"),
      );
      assert.deepEqual([...new Set(excepted.map(({ rule }) => rule))], ["route-needs-authorization"]);
    });

  it("are held to at least 140 rules", () => {
    const rules = PACKS.flatMap((pack) => pack.rules);
    assert.ok(rules.length >= 140, `there are ${rules.length}`);
  });
});
