import assert from "node:assert/strict";
import fc from "fast-check";
import { difference } from "../../../automation/rehearse/difference";
import { type Properties, UNKNOWN } from "../../../plan/graph";

describe("the difference of two sets of inputs", () => {
  it("says which properties are new, changed and gone", () => {
    const { changes } = difference({ name: "a", size: 1, tags: { owner: "x" } }, { name: "a", size: 2, port: 80 });
    assert.deepEqual(changes, { size: "update", tags: "delete", port: "add" });
  });

  it("looks inside objects and lists, and not at the order of keys", () => {
    const olds: Properties = { rules: [{ from: 1, to: 2 }] };
    assert.deepEqual(difference(olds, { rules: [{ to: 2, from: 1 }] }).changes, {});
    assert.deepEqual(difference(olds, { rules: [{ from: 1, to: 3 }] }).changes, { rules: "update" });
  });

  it("takes a value that is not known yet for a change, wherever it is", () => {
    assert.deepEqual(difference({ subnets: ["subnet-1"] }, { subnets: [UNKNOWN] }).changes, { subnets: "update" });
  });

  it("replaces only for a replacing property that changes", () => {
    const replacing = ["engine", "name"];
    assert.deepEqual(difference({ engine: "a", name: "n", size: 1 }, { engine: "b", name: "n", size: 2 }, replacing).replaces, ["engine"]);
    assert.deepEqual(difference({ engine: "a", size: 1 }, { engine: "a", size: 2 }, replacing).replaces, []);
  });

  it("is empty between any inputs and themselves", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (inputs) => {
        assert.deepEqual(difference(inputs as Properties, structuredClone(inputs) as Properties, Object.keys(inputs)), {
          changes: {},
          replaces: [],
        });
      }),
    );
  });
});
