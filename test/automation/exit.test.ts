import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT, exitCodes } from "../../automation/exit";
import { ROOT, Workspace } from "../harness";
import { strata } from "./command";

describe("exit codes", () => {
  it("are different, and all of them are in --help and in docs/automation.md", async () => {
    const { stdout } = await strata("--help");
    const page = readFileSync(join(ROOT, "docs/automation.md"), "utf8");
    const codes = exitCodes();
    assert.equal(new Set(codes.map(({ code }) => code)).size, codes.length);
    for (const { code, meaning } of codes) {
      assert.match(stdout, new RegExp(`^ +${code} {2}${meaning}$`, "m"));
      assert.match(page, new RegExp(`^\\| ${code} +\\|.*\\| ${meaning}`, "m"));
    }
  });

  for (const command of ["up", "destroy"])
    it(`say of a ${command} that has nobody to ask that nobody said yes, and what to do`, async () => {
      const workspace = new Workspace();
      try {
        const { code, stdout, stderr } = await strata(command, "dev", "--cwd", workspace.root);
        assert.deepEqual({ code, stdout }, { code: EXIT.notConfirmed, stdout: "" });
        assert.match(stderr, /dev: there is no terminal to ask on; give --yes, after a look at strata preview dev/);
      } finally {
        workspace.dispose();
      }
    });
});
