import assert from "node:assert/strict";
import { ROOT } from "../harness";
import { strata } from "./command";

describe("strata rehearse", () => {
  it("says everything that is wrong with its options, before it does anything", async () => {
    const { code, stdout, stderr } = await strata(
      ...["rehearse", "dev", "--cwd", ROOT, "--speed", "fast", "--fault", "rds", "--fault", "2", "--fault", "0.5"],
    );
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /--speed: is no time, got "fast"; give the milliseconds/);
    assert.match(stderr, /--fault: is no pattern of a type, got "rds"/);
    assert.match(stderr, /--fault: is no probability, got "2"/);
    assert.match(stderr, /--fault: has more than one probability/);
  });

  it("names the environments there are for one that is not", async () => {
    const { code, stderr } = await strata("rehearse", "staging", "--cwd", ROOT);
    assert.notEqual(code, 0);
    assert.match(stderr, /staging: is not an environment/);
  });

  it("says what is missing where there is no engine", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = "/nowhere";
    try {
      const { code, stderr } = await strata("rehearse", "dev", "--cwd", ROOT);
      assert.notEqual(code, 0);
      assert.match(stderr, /there is no Pulumi engine: pulumi, pulumi-language-nodejs not on PATH/);
    } finally {
      process.env["PATH"] = path;
    }
  });
});
