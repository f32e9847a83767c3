import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strata } from "../automation/command";
import { ROOT } from "../harness";
import { RECORDED } from "../plan/real/recorded";
import { commandLines } from "./command-lines";

const PAGE = readFileSync(join(ROOT, "docs/policy-check.md"), "utf8");
const SCRIPTS = [...PAGE.matchAll(/```sh\n(.*?)```/gs)].map(([, script = ""]) => script);

describe("the page about strata policy check", () => {
  const start = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "strata-"));
  before(() => {
    copyFileSync(RECORDED.state, join(folder, "state.json"));
    copyFileSync(RECORDED.preview, join(folder, "preview.json"));
    writeFileSync(join(folder, "levels.json"), '{"all":"advisory"}');
    writeFileSync(join(folder, "exceptions.json"), "{}");
    process.chdir(folder);
  });
  after(() => {
    process.chdir(start);
    rmSync(folder, { recursive: true, force: true });
  });

  for (const line of SCRIPTS.flatMap(commandLines))
    it(`shows a command that works: strata ${line.join(" ")}`, async () => {
      const { code, stdout, stderr } = await strata(...line, ...(line.includes("--env") ? ["--cwd", ROOT] : []));
      assert.ok(code === 0 || code === 2, stderr);
      assert.ok(stdout.length > 0);
      for (const option of ["--sarif", "--junit", "--markdown"]) {
        const file = line[line.indexOf(option) + 1];
        if (line.includes(option) && file !== undefined) assert.ok(existsSync(file), file);
      }
    });

  it("shows some, and links to the workflow that there is", () => {
    assert.ok(SCRIPTS.flatMap(commandLines).length >= 7);
    assert.ok(existsSync(join(ROOT, "examples/github/strata.yml")));
  });
});
