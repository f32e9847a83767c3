import assert from "node:assert/strict";
import { Once } from "../../stacks/once";

describe("something that is made once", () => {
  it("is not there before somebody asks for it, and is the same for all who do", () => {
    let made = 0;
    const once = new Once(() => ({ number: (made += 1) }));
    assert.deepEqual([once.made, made], [undefined, 0]);
    const first = once.get();
    assert.equal(once.get(), first);
    assert.deepEqual([once.made, made], [first, 1]);
  });

  it("is made by the next one who asks when it failed", () => {
    let tries = 0;
    const once = new Once(() => {
      tries += 1;
      if (tries === 1) throw new Error("not now");
      return tries;
    });
    assert.throws(() => once.get(), /not now/);
    assert.equal(once.get(), 2);
  });
});
