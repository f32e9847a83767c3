import assert from "node:assert/strict";
import fc from "fast-check";
import { isWhollyKnown, toJson } from "../../../policy/lib/json";
import { every, type Json, read, readAll, readFlag, type Resource, SECRET, some, type Tri, UNKNOWN } from "../../../policy/lib/resource";

function resource(inputs: Record<string, Json>): Resource {
  return { urn: "urn:x", type: "t", name: "x", inputs };
}

/** A stand-in for the policy SDK's proxies: reading an unknown throws. */
function throwing(target: object): object {
  return new Proxy(target, {
    get: (object, key): unknown => {
      const value: unknown = Reflect.get(object, key);
      if (value === UNKNOWN) throw new Error(`unknown at ${String(key)}`);
      return typeof value === "object" && value !== null ? throwing(value) : value;
    },
  });
}

describe("reading a property", () => {
  const inputs = { a: { b: [{ c: 1 }, UNKNOWN] }, gone: null, later: UNKNOWN, hidden: SECRET, "strata.dev/legacy": true, off: false };

  it("is known when it is there, also when it is false", () => {
    assert.deepEqual(read(resource(inputs), "a.b[0].c"), { state: "known", value: 1 });
    assert.deepEqual(read(resource(inputs), "off"), { state: "known", value: false });
    assert.deepEqual(read(resource(inputs), '["strata.dev/legacy"]'), { state: "known", value: true });
  });

  it("is absent when any part of the path is missing, null, or no object", () => {
    for (const path of ["x", "x.y.z", "a.b[7]", "a.b[0].c.d", "a.b.c", "gone", "gone.x", "a[0]", "toString", "a.constructor"]) {
      assert.deepEqual(read(resource(inputs), path), { state: "absent" }, path);
    }
  });

  it("is unknown when the value or anything on the way is unknown or a dropped secret", () => {
    for (const path of ["later", "later.x[0].y", "a.b[1]", "a.b[1].c"])
      assert.deepEqual(read(resource(inputs), path), { state: "unknown" }, path);
    assert.deepEqual(read(resource(inputs), "hidden"), { state: "unknown", secret: true });
    assert.deepEqual(read(resource({ text: `arn:${UNKNOWN}/x` }), "text"), { state: "unknown" });
  });

  it("gives every element for [*], and one unknown for an unknown list", () => {
    assert.deepEqual(readAll(resource(inputs), "a.b[*].c"), [{ state: "known", value: 1 }, { state: "unknown" }]);
    assert.deepEqual(readAll(resource(inputs), "later[*].c"), [{ state: "unknown" }]);
    assert.deepEqual(readAll(resource(inputs), "nothing[*].c"), []);
  });

  it("reads a flag with its default, and undefined when it is unknown", () => {
    const flags = resource({ yes: true, text: "true", no: false, later: UNKNOWN });
    assert.deepEqual(
      ["yes", "text", "no", "later", "missing"].map((path) => readFlag(flags, path, true)),
      [true, true, false, undefined, true],
    );
  });

  it("refuses a path that is none, because only a mistaken rule has one", () => {
    for (const path of ["a..b", "a[b]", "a[", "1a"]) assert.throws(() => read(resource(inputs), path), /is not a property path/, path);
  });

  it("finds any JSON value where it was put, and nothing beside it", () => {
    const key = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(key, fc.nat(3)), { minLength: 1, maxLength: 5 }),
        fc.oneof(fc.integer(), fc.boolean(), fc.constant(UNKNOWN)),
        (steps, leaf) => {
          const nested = steps.reduceRight<Json>(
            (value, step) => (typeof step === "number" ? [...Array<null>(step).fill(null), value] : { [step]: value }),
            leaf,
          );
          const path = steps.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
          const expected = leaf === UNKNOWN ? { state: "unknown" } : { state: "known", value: leaf };
          assert.deepEqual(read(resource({ root: nested }), `root${path}`), expected);
          assert.deepEqual(read(resource({ root: nested }), `root${path}.zzzzzzz`).state, leaf === UNKNOWN ? "unknown" : "absent");
        },
      ),
    );
  });
});

describe("three-valued logic", () => {
  const tri = fc.constantFrom<Tri>(true, false, undefined);

  it("agrees with every way of filling in what is unknown", () => {
    fc.assert(
      fc.property(fc.array(tri, { maxLength: 5 }), (values) => {
        const worlds = values.reduce<boolean[][]>(
          (all, value) => all.flatMap((world) => (value === undefined ? [true, false] : [value]).map((bit) => [...world, bit])),
          [[]],
        );
        const agree = (answers: boolean[]): Tri => (answers.every(Boolean) ? true : answers.some(Boolean) ? undefined : false);
        assert.equal(some(values), agree(worlds.map((world) => world.includes(true))));
        assert.equal(every(values), agree(worlds.map((world) => !world.includes(false))));
      }),
    );
  });
});

describe("properties of the policy SDK as JSON", () => {
  it("turns every unknown into one marker without touching it", () => {
    const props = throwing({ a: UNKNOWN, b: [{ c: UNKNOWN, d: 1 }], e: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" });
    assert.deepEqual(toJson(props), { a: UNKNOWN, b: [{ c: UNKNOWN, d: 1 }], e: UNKNOWN });
  });

  it("leaves out what JSON can't hold and keeps the rest", () => {
    assert.deepEqual(toJson({ f: () => 1, u: undefined, p: Promise.resolve(1), n: null, list: [undefined, 2] }), {
      n: null,
      list: [null, 2],
    });
  });

  it("keeps a value that is JSON already as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        assert.deepEqual(toJson(throwing({ plain })), { plain });
        assert.equal(isWhollyKnown(plain), true);
      }),
    );
    assert.equal(isWhollyKnown({ a: [UNKNOWN] }), false);
  });
});
