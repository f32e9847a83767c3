import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DiffDocument } from "../../plan/diff/diff-schema";
import { Workspace } from "../harness";
import { RECORDED } from "../plan/real/recorded";
import { strata } from "./command";

const hasGit = spawnSync("git", ["--version"]).status === 0;

describe("strata diff", function () {
  this.timeout(240_000);
  let workspace: Workspace;
  before(() => (workspace = new Workspace()));
  after(() => workspace.dispose());

  const run = (...args: string[]) => strata("diff", ...args, "--cwd", workspace.root);
  const path = (file: string) => join(workspace.root, file);

  async function difference(...args: string[]): Promise<DiffDocument> {
    const { code, stdout, stderr } = await run(...args, "--json");
    assert.equal(code, 0, stderr);
    return DiffDocument.parse(JSON.parse(stdout));
  }

  /** What a command refuses, which must end with 1 and print nothing on stdout. */
  async function refused(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await run(...args);
    assert.deepEqual([code, stdout], [1, ""], stderr);
    return stderr;
  }

  it("compares with a plan that was kept: nothing differs until something is changed", async () => {
    const { stdout } = await strata("plan", "dev", "--json", "--cwd", workspace.root);
    writeFileSync(path("before.json"), stdout);
    const same = await run("dev", "--against", path("before.json"));
    assert.equal(same.code, 0, same.stderr);
    assert.match(same.stdout, /^dev: .*before\.json → planned\n\nNothing differs: \d+ resources are the same\.\n/);
    workspace.section("dev", "network", (values) => (values["flowLogDays"] = 14));
    const { from, to, changes, counts, monthlyUsd, minutes } = await difference("dev", "--against", path("before.json"));
    assert.deepEqual([from.source, to.source], [path("before.json"), "planned"]);
    assert.deepEqual([counts.added, counts.removed], [0, 0]);
    assert.ok(changes.length > 0 && changes.every(({ name }) => /logs$/.test(name)), JSON.stringify(changes));
    assert.ok(monthlyUsd && monthlyUsd.delta > 0, "longer logs cost more");
    assert.equal(minutes?.delta, 0);
  });

  it("compares with what pulumi stack export printed, which says neither cost nor time", async () => {
    const { from, counts, monthlyUsd, minutes } = await difference("dev", "--against", RECORDED.state);
    assert.equal(from.source, RECORDED.state);
    assert.ok(counts.removed > 0 && counts.added > 1_000, JSON.stringify(counts));
    assert.deepEqual([monthlyUsd, minutes], [undefined, undefined]);
  });

  it("compares with a commit, and leaves what is checked out as it is", async function () {
    if (!hasGit) {
      this.skip();
    }
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", workspace.root, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { encoding: "utf8" });
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "before");
    git("tag", "v1");
    workspace.service("sessions", (descriptor) => (descriptor["needs"] = []));
    const status = git("status", "--porcelain");
    const { from, to, changes } = await difference("dev", "--against", "v1");
    assert.deepEqual([from.source, to.source], ["v1", "planned"]);
    const [first] = changes;
    assert.deepEqual(
      [first?.kind, first?.type, first?.name, first?.stateful],
      ["removed", "aws:dynamodb/table:Table", "sessions-table", true],
    );
    assert.equal(git("status", "--porcelain"), status);
    assert.match(await refused("prd", "--against", "v1"), /prd: is not an environment|the commit has no plan of prd/);
    assert.match(
      await refused("dev", "--against", "v2"),
      /--against v2: is neither a file nor a commit; give a plan\.json, what pulumi stack export/,
    );
  });

  it("refuses what it cannot read, with what would be right", async () => {
    const written: Readonly<Record<string, string>> = {
      "empty.json": "",
      "text.json": "planned",
      "list.json": "[]",
      "other.json": JSON.stringify({ environment: "dev" }),
      "old.json": JSON.stringify({ version: 2, deployment: { resources: [] } }),
    };
    for (const [file, text] of Object.entries(written)) writeFileSync(path(file), text);
    assert.match(await refused("dev", "--against", path("empty.json")), /empty\.json: is empty; give what strata plan --json prints/);
    assert.match(await refused("dev", "--against", path("text.json")), /text\.json: is not JSON: .*; give what strata plan --json prints/);
    assert.match(await refused("dev", "--against", path("list.json")), /list\.json: is no plan/);
    assert.match(await refused("dev", "--against", path("other.json")), /other\.json: stack: .*\n.*other\.json: resources: /);
    assert.match(await refused("dev", "--against", path("old.json")), /old\.json: is a state of version 2/);
    assert.match(await refused("dev", "--against", path("services")), /is neither a file nor a commit/);
  });

  it("wants two sides, and not three", async () => {
    assert.match(await refused("dev"), /names one environment; name another, or --against a commit, a plan or a state/);
    assert.match(await refused("dev", "prod", "--against", path("before.json")), /give a second environment or --against, not both/);
    assert.match(await refused("dev", "prd"), /prd: is not an environment.*did you mean prod/);
  });
});
