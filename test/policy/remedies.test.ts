import assert from "node:assert/strict";
import { replacingChanges, STATEFUL_TYPES } from "../../facts/replacements";
import { evaluate } from "../../policy/lib/evaluate";
import { resourceHasOwnerTags } from "../../policy/architecture/rules/resource-has-owner-tags";
import type { StackResource } from "../../policy/lib/resource";
import { allCases } from "./all-cases";
import { TestStack } from "./stack";

/** What is mended in the stacks of the cases that a rule fails, at the level `remediate`. */
describe("each rule that offers a remedy", () => {
  for (const { rule, cases } of allCases()) {
    if (rule.scope === "stack" || rule.remedies === undefined || cases === undefined) continue;
    for (const [name, { given, config = {}, known = true }] of Object.entries({ ...cases.fail, ...cases.absent }))
      it(`${rule.id} mends a resource or leaves it, and replaces nothing stateful, ${name}`, () => {
        const stack = new TestStack(known);
        given(stack);
        const configs = { p: { [rule.id]: { enforcementLevel: "remediate", ...config } } };
        const { violations, remediated, broken } = evaluate([{ name: "p", description: "", rules: [rule] }], stack.resources, configs);
        assert.deepEqual(broken, []);
        const left = new Set(violations.map(({ urn }) => urn));
        for (const { urn, properties } of remediated) {
          assert.ok(!left.has(urn), `${urn} is mended and still fails`);
          const { type, inputs } = stack.resources.find((resource) => resource.urn === urn) as StackResource;
          const roots = properties.map((path) => /^[^.[]+/.exec(path)?.[0] ?? path);
          const changed = Object.fromEntries(roots.map((root) => [root, "changed"]));
          if (STATEFUL_TYPES.has(type))
            assert.deepEqual(
              replacingChanges(type, inputs, { ...inputs, ...changed }).filter(({ path }) => !path.includes(".")),
              [],
            );
        }
      });
  }

  it("gives a tag the value of its settings, and leaves one without to a person", () => {
    const stack = new TestStack();
    const provider = stack.add("pulumi:providers:aws", "aws");
    stack.addManaged(provider, "aws:sqs/queue:Queue", "orders", { tags: { service: "orders" } });
    const mended = (settings: object) => {
      const configs = { p: { [resourceHasOwnerTags.id]: { enforcementLevel: "remediate", ...settings } } };
      return evaluate([{ name: "p", description: "", rules: [resourceHasOwnerTags] }], stack.resources, configs).remediated;
    };
    assert.deepEqual(mended({}), []);
    assert.deepEqual(mended({ tags: ["owner", "cost-centre"], values: { owner: "shop" } }), []);
    assert.deepEqual(
      mended({ values: { owner: "shop" } }).map(({ properties }) => properties),
      [['tags["owner"]']],
    );
  });
});
