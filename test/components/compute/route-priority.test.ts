import assert from "node:assert/strict";
import fc from "fast-check";
import { HIGHEST_PRIORITY, routePriorities } from "../../../components/compute/route-priority";

const path = fc.stringMatching(/^\/[a-z0-9-]{0,30}(\/[a-z0-9-]{1,10})?$/);

describe("route priorities", () => {
  it("are different for every path, and within what a listener accepts", () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 100 }), (paths) => {
        const priorities = [...routePriorities(paths).values()];
        assert.equal(new Set(priorities).size, paths.length);
        for (const priority of priorities) assert.ok(priority >= 1 && priority <= HIGHEST_PRIORITY);
      }),
    );
  });

  it("put a longer path before the shorter one that would swallow it", () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 2, maxLength: 100 }), (paths) => {
        const priorities = routePriorities(paths);
        for (const one of paths)
          for (const other of paths) if (one.length > other.length) assert.ok((priorities.get(one) ?? 0) < (priorities.get(other) ?? 0));
      }),
    );
  });

  it("stay what they are when a path of another length comes or goes", () => {
    const before = routePriorities(["/", "/orders", "/partners"]);
    const after = routePriorities(["/", "/orders", "/partners", "/billing-and-more"]);
    for (const [known, priority] of before) assert.equal(after.get(known), priority);
  });

  it("refuse more paths of one length than a listener has room for", () => {
    const paths = Array.from({ length: 400 }, (_, index) => `/${String(index).padStart(4, "0")}`);
    assert.throws(() => routePriorities(paths), /more than 390 paths of 5 characters/);
  });
});
