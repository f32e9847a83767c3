import assert from "node:assert/strict";
import { evaluate } from "../../policy/lib/evaluate";
import { PACKS } from "../../policy/packs";
import { allCases } from "./all-cases";
import { type Mutation } from "./cases";
import { Mutant } from "./mutant";
import { ourStack } from "./our-stacks";

type Resources = Mutant["resources"];

/** What is broken in a stack: the rule and the resource of each violation, and each rule that threw. */
function broken(resources: Resources): Set<string> {
  const { violations, broken: threw } = evaluate(PACKS, resources);
  return new Set([...violations.map(({ rule, urn }) => `${rule} ${urn}`), ...threw.map(({ rule, error }) => `${rule} threw ${error}`)]);
}

/** Our own production stack, each time broken in one way: the rule that is against it says so, and no other. */
describe("a change of the production stack that breaks a rule", function () {
  // Plans the whole of prod first, and then evaluates every rule once a mutation.
  this.timeout(300_000);
  let resources: Resources;
  let atFirst: Set<string>;
  before(async () => {
    resources = await ourStack("prod");
    atFirst = broken(resources);
  });

  function caught(change: Mutation["change"]): string[] {
    const mutant = new Mutant(resources);
    change(mutant);
    const found = [...broken(mutant.resources)].filter((violation) => !atFirst.has(violation));
    return [...new Set(found.map((violation) => violation.slice(0, violation.indexOf(" "))))].sort();
  }

  let count = 0;
  for (const { rule, cases } of allCases()) {
    const mutations = Object.entries(cases?.mutations ?? {}).map(([name, given]) => ({
      name,
      ...(typeof given === "function" ? { change: given } : given),
    }));
    count += mutations.length;
    for (const { name, change, also = [] } of mutations)
      it(`${name}: caught by ${[rule.id, ...also].join(", ")}`, () => assert.deepEqual(caught(change), [rule.id, ...also].sort()));
    it(`${rule.id} alone catches one of them`, () =>
      assert.ok(
        mutations.some(({ also = [] }) => also.length === 0),
        `${rule.id} has no mutation that it alone catches`,
      ));
  }

  it("is one of at least 150", () => assert.ok(count >= 150, `there are ${count}`));
});
