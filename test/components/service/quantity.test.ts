import assert from "node:assert/strict";
import fc from "fast-check";
import { parseQuantity, quantity } from "../../../components/quantity";

describe("quantities", () => {
  it("are read in any unit of their dimension", () => {
    assert.equal(parseQuantity("40/s", "rate"), 40);
    assert.equal(parseQuantity("120/min", "rate"), 2);
    assert.equal(parseQuantity("1.5 GiB", "memory"), 1536);
    assert.equal(parseQuantity("250ms", "duration"), 250);
    assert.equal(parseQuantity("2 d", "duration"), 172_800_000);
  });

  it("without a unit, or with that of another dimension, are no quantities", () => {
    for (const text of ["40", "40/fortnight", "ms", "-1s", "1e3s", "512MB", ""]) {
      assert.equal(parseQuantity(text, "duration"), undefined, text);
      assert.equal(parseQuantity(text, "memory"), undefined, text);
    }
  });

  it("come out of the schema as they come out of the parser", () => {
    const schema = quantity("memory", "512MiB");
    fc.assert(
      fc.property(fc.nat(1e6), fc.constantFrom("MiB", "GiB", "TiB"), (count, unit) => {
        assert.equal(schema.parse(`${count}${unit}`), parseQuantity(`${count}${unit}`, "memory"));
      }),
    );
  });
});
