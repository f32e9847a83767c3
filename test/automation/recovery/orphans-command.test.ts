import assert from "node:assert/strict";
import { ROOT } from "../../harness";
import { strata } from "../command";

describe("strata orphans", () => {
  it("does one thing at a time", async () => {
    const { code, stderr } = await strata("orphans", "dev", "--adopt", "a", "--delete", "b", "--cwd", ROOT);
    assert.equal(code, 1);
    assert.match(stderr, /--adopt and --delete: give one of them/);
  });

  it("knows the environments that there are", async () => {
    const { code, stderr } = await strata("orphans", "nowhere", "--cwd", ROOT);
    assert.equal(code, 6);
    assert.match(stderr, /nowhere: is not an environment/);
  });
});
