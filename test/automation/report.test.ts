import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plannedReport } from "../plan/report/planned";
import { strata } from "./command";

describe("strata report", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => (folder = mkdtempSync(join(tmpdir(), "strata-report-"))));
  after(() => rmSync(folder, { recursive: true }));

  it("draws a plan that was kept, as a page and a picture", async () => {
    const { document } = await plannedReport();
    writeFileSync(join(folder, "plan.json"), JSON.stringify(document));
    const { code, stdout, stderr } = await strata("report", "plan.json", "--out", "drawn", "--cwd", folder);
    assert.equal(code, 0, stderr);
    assert.deepEqual(stdout.trim().split("\n"), [join(folder, "drawn", "plan.html"), join(folder, "drawn", "plan.svg")]);
    const html = readFileSync(join(folder, "drawn", "plan.html"), "utf8");
    assert.match(html, /<title>Plan of prod · strata\/prod<\/title>/);
    assert.ok(html.length < 6_000_000);
    assert.match(readFileSync(join(folder, "drawn", "plan.svg"), "utf8"), /^<svg /);
  });

  it("shows the difference that it is given", async () => {
    const side = { environment: "prod", stack: "strata/prod", source: "a commit" };
    const change = { type: "aws:rds/instance:Instance", name: "crm-db", layer: "persistence", stateful: true, properties: [] };
    const difference = {
      from: side,
      to: { ...side, source: "the plan of today" },
      changes: [{ ...change, kind: "changed", replacedBy: ["engine"] }],
      counts: { added: 0, removed: 0, changed: 1, renamed: 0, same: 1378 },
    };
    writeFileSync(join(folder, "diff.json"), JSON.stringify(difference));
    const { code, stderr } = await strata("report", "plan.json", "--diff", "diff.json", "--out", "compared", "--cwd", folder);
    assert.equal(code, 0, stderr);
    const [, json = ""] = /id="data">(.*?)<\/script>/s.exec(readFileSync(join(folder, "compared", "plan.html"), "utf8")) ?? [];
    assert.deepEqual((JSON.parse(json) as { difference: unknown }).difference, difference);
    const refused = await strata("report", "plan.json", "--diff", "plan.json", "--out", "nothing", "--cwd", folder);
    assert.deepEqual([refused.code, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /is no difference that can be read/);
  });

  it("says what is wrong with a file that is no plan, and writes nothing", async () => {
    writeFileSync(join(folder, "no.json"), "{");
    writeFileSync(join(folder, "other.json"), '{"environment": 3}');
    for (const [file, message] of [
      ["no.json", /no\.json: is not JSON.*give what strata plan <environment> --json prints/],
      ["other.json", /other\.json: environment: is wrong/],
      ["missing.json", /missing\.json: can't be read/],
    ] as const) {
      const { code, stdout, stderr } = await strata("report", file, "--out", "nothing", "--cwd", folder);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
    }
    assert.equal(existsSync(join(folder, "nothing")), false);
  });
});
