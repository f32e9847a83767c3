import assert from "node:assert/strict";
import { type Evaluation, evaluate } from "../../policy/lib/evaluate";
import { PACKS } from "../../policy/packs";
import { ourStack } from "./our-stacks";

/** Most of all verdicts that may be left open in the preview of a new stack. */
const OPEN_SHARE = 0.05;

function keys(list: readonly { readonly rule: string; readonly urn: string }[]): string[] {
  return list.map(({ rule, urn }) => `${rule} ${urn}`);
}

/** The verdicts on our own stacks before anything exists, when no id, ARN or endpoint is known, beside those with all of them known. */
for (const environment of ["dev", "prod"] as const)
  describe(`the first preview of ${environment}`, function () {
    this.timeout(300_000);
    let [planned, previewed]: (Evaluation | undefined)[] = [];
    before(async () => {
      planned = evaluate(PACKS, await ourStack(environment));
      previewed = evaluate(PACKS, await ourStack(environment, { previewed: true }));
    });

    it("has the same violations as the plan, but for what it leaves open", () => {
      assert.ok(planned !== undefined && previewed !== undefined);
      const open = new Set(keys(previewed.notEvaluated));
      assert.deepEqual(
        keys(previewed.violations).sort(),
        keys(planned.violations)
          .filter((key) => !open.has(key))
          .sort(),
      );
      assert.deepEqual(previewed.broken, []);
    });

    it(`leaves open less than ${OPEN_SHARE * 100} % of the verdicts`, () => {
      assert.ok(previewed !== undefined);
      const share = previewed.notEvaluated.length / previewed.evaluations;
      assert.ok(share < OPEN_SHARE, `${previewed.notEvaluated.length} of ${previewed.evaluations} are left open`);
    });
  });
