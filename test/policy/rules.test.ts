import assert from "node:assert/strict";
import { allCases } from "./all-cases";
import { verdictIn } from "./cases";

/** Every rule of every pack, shown to pass, to fail, to know what leaving a setting out means, and never to take an unknown for right. */
describe("each rule of the policy packs", () => {
  const rules = allCases();

  it("has an id that no other rule of any pack has", () => {
    const ids = rules.map(({ rule }) => rule.id);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  for (const { rule, cases } of rules) {
    describe(rule.id, () => {
      if (cases === undefined) {
        it("is shown by cases", () => assert.fail(`there is no ${rule.id}.cases.ts`));
        return;
      }

      it("is shown on pass, fail, absent, unknown, and by a mutation of our own stack", () => {
        assert.equal(cases.rule, rule);
        for (const kind of ["pass", "fail", "absent", "mutations"] as const)
          assert.notEqual(Object.keys(cases[kind]).length, 0, `${rule.id} has no case of ${kind}`);
        assert.notEqual(typeof cases.unknown === "string" ? cases.unknown.trim().length : Object.keys(cases.unknown).length, 0);
      });

      for (const [name, situation] of Object.entries(cases.pass))
        it(`passes ${name}`, () => assert.equal(verdictIn(rule, situation), "pass"));

      for (const [name, situation] of Object.entries(cases.fail))
        it(`fails ${name}`, () => {
          assert.match(verdictIn(rule, situation), /^fail: /);
          assert.match(verdictIn(rule, situation), situation.says);
        });

      for (const [name, situation] of Object.entries(cases.absent))
        it(`takes the default of AWS ${name}`, () => {
          const verdict = verdictIn(rule, situation);
          if (typeof situation.says === "string") assert.equal(verdict, situation.says);
          else {
            assert.match(verdict, /^fail: /);
            assert.match(verdict, situation.says);
          }
        });

      for (const [name, situation] of Object.entries(typeof cases.unknown === "string" ? {} : cases.unknown))
        it(`is not evaluated ${name}`, () => assert.match(verdictIn(rule, situation), /^not evaluated: /));
    });
  }
});
