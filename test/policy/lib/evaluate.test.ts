import assert from "node:assert/strict";
import { z } from "zod";
import { evaluate } from "../../../policy/lib/evaluate";
import { PolicyConfigError } from "../../../policy/lib/fault";
import { fail, notEvaluated, type Pack, pass, resourceRule, type RuleInfo, stackRule } from "../../../policy/lib/rule";
import { TestStack } from "../stack";

function info(id: string, severity: RuleInfo["severity"] = "high"): RuleInfo {
  return { id, title: id, severity, why: "because", fix: `fix ${id}`, links: [], frameworks: [] };
}

const named = resourceRule({
  ...info("named"),
  types: ["t:a"],
  config: z.strictObject({ wanted: z.string().default("good").describe("The name wanted.") }),
  check: ({ urn, name }, { wanted }) => [name === wanted ? pass(urn) : fail(urn, `it is named ${name}`, "name")],
});
const counted = stackRule({
  ...info("counted", "low"),
  check: ({ resources }) => resources.map(({ urn }) => notEvaluated(urn, "nobody knows")),
});
const throwing = resourceRule({
  ...info("throwing"),
  types: ["t:a"],
  check: ({ urn, name }) => {
    if (name === "bad") throw new Error("boom");
    return [pass(urn)];
  },
});
const throwingStack = stackRule({
  ...info("throwing-stack"),
  check: () => {
    throw new TypeError("bang");
  },
});

const pack: Pack = { name: "p", description: "", rules: [throwing, throwingStack, named, counted] };

function resources(): TestStack["resources"] {
  const stack = new TestStack();
  for (const name of ["good", "bad"]) stack.add("t:a", name);
  stack.add("t:b", "other");
  return stack.resources;
}

describe("evaluating packs", () => {
  it("reports what is broken with its rule, and loses no other result", () => {
    const { violations, notEvaluated, broken, evaluations } = evaluate([pack], resources());
    const bad = "urn:pulumi:test::test::t:a::bad";
    assert.deepEqual(violations, [
      {
        pack: "p",
        rule: "named",
        severity: "high",
        level: "mandatory",
        urn: bad,
        message: "it is named bad",
        property: "name",
        fix: "fix named",
      },
    ]);
    assert.equal(notEvaluated.length, 3);
    assert.deepEqual(broken, [
      { pack: "p", rule: "throwing", urn: bad, error: "boom" },
      { pack: "p", rule: "throwing-stack", urn: undefined, error: "bang" },
    ]);
    // One of the throwing rule, two of `named`, three of `counted`.
    assert.equal(evaluations, 6);
  });

  it("takes the level of the rule, then that for all, then that of the severity", () => {
    const level = (config: Parameters<typeof evaluate>[2]): string | undefined =>
      evaluate([pack], resources(), config).violations[0]?.level;
    assert.equal(level({}), "mandatory");
    assert.equal(level({ p: { all: "advisory" } }), "advisory");
    assert.equal(level({ p: { all: "advisory", named: { enforcementLevel: "mandatory" } } }), "mandatory");
    assert.equal(level({ p: { named: "disabled" } }), undefined);
  });

  it("gives a rule its settings, with defaults for what is not set", () => {
    const messages = (wanted: string): string[] =>
      evaluate([pack], resources(), { p: { named: { wanted } } }).violations.map(({ message }) => message);
    assert.deepEqual(messages("bad"), ["it is named good"]);
    assert.deepEqual(messages("good"), ["it is named bad"]);
  });

  it("reports every wrong setting at once, before any rule runs", () => {
    const config = { p: { named: { wanted: 1, other: true }, counted: { enforcementLevel: "loud" }, nobody: "advisory" } } as const;
    assert.throws(
      () => evaluate([pack], resources(), config),
      (error) => {
        assert.ok(error instanceof PolicyConfigError);
        assert.deepEqual(error.message.split("\n"), [
          "p: nobody: is not a rule of the pack",
          "p: named.wanted: is not what it takes, got 1; give a text: The name wanted.",
          "p: named.other: is not known here, got true; one of wanted",
          'p: counted: is not an enforcement level, got "loud"; one of disabled, advisory, remediate, mandatory',
        ]);
        return true;
      },
    );
  });
});
