import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { EXIT } from "../../automation/exit";
import { Platform } from "../../automation/platform";
import { findEngine, rehearsalEnvironment } from "../../automation/rehearse/engine";
import { initialize } from "../../automation/setup/init";
import { type PlanDocument } from "../../plan/plan-schema";
import { BAD_INPUT, SPOILT, withBadInput } from "./bad-input";
import { NotesPlatform } from "./notes-platform";
import { filesIn } from "./tiny";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;
const CHANGES = ["up", "destroy"] as const;
const STATE = ".pulumi/stacks/strata/dev.json";

describe(`bad input to up and destroy on the real engine${skipped}`, function () {
  this.timeout(10 * MINUTE);
  let small: NotesPlatform;
  let plan: PlanDocument;
  let states: Record<string, string>;
  let cloud: string;

  /** The same platform, with something in its engine's environment that is wrong. */
  function platformIn(env: Readonly<Record<string, string | undefined>>): Platform {
    const { project, home } = small.workspace;
    return new Platform({ root: project, home, env: { ...rehearsalEnvironment(small.workspace), ...env } });
  }

  /** Everything that the simulated cloud has. */
  function inCloud(): string {
    return JSON.stringify(small.cloud.list());
  }

  before(async function () {
    if (skipped) return this.skip();
    small = new NotesPlatform();
    await initialize(small.platform, "dev", { secretsProvider: "passphrase" });
    small.addEnvironment("pr-2", () => undefined);
    await small.platform.up("dev");
    // Something to do, so that an operation that was not refused would show.
    small.edit((config) => (config["strata:visibility"] = { ...config["strata:visibility"], logDays: 14 }));
    plan = await small.platform.plan("dev");
    [states, cloud] = [filesIn(small.workspace.state), inCloud()];
  });

  after(() => small?.dispose());

  for (const input of BAD_INPUT)
    it(`${input.what}: a typed error, and neither state nor cloud is touched`, () =>
      withBadInput(input, async (env) => {
        const environment = input.to === undefined ? "dev" : input.to === "stackless" ? "pr-2" : "de";
        for (const operation of CHANGES) await assert.rejects(platformIn(env)[operation](environment, { plan }), input.refused, operation);
        assert.deepEqual(filesIn(small.workspace.state), states);
        assert.equal(inCloud(), cloud);
      }));

  it("no engine: a typed error, and neither state nor cloud is touched", async function () {
    if (existsSync(join(homedir(), ".pulumi/versions"))) {
      console.warn("    skipped: there is a cache of engines, in which one is found without PATH");
      return this.skip();
    }
    const [path, empty] = [process.env["PATH"], mkdtempSync(join(tmpdir(), "strata-empty-"))];
    process.env["PATH"] = empty;
    try {
      for (const operation of CHANGES)
        await assert.rejects(
          platformIn({})[operation]("dev", { plan }),
          { name: "EngineMissing", exitCode: EXIT.engineMissing },
          operation,
        );
    } finally {
      process.env["PATH"] = path;
      rmSync(empty, { recursive: true });
    }
    assert.deepEqual(filesIn(small.workspace.state), states);
    assert.equal(inCloud(), cloud);
  });

  for (const [what, spoil] of SPOILT)
    it(`a state that ${what}: a typed error, and it stays as it is`, async () => {
      const file = join(small.workspace.state, STATE);
      const good = readFileSync(file, "utf8");
      writeFileSync(file, spoil(good));
      const spoilt = filesIn(small.workspace.state);
      try {
        for (const operation of CHANGES)
          await assert.rejects(
            small.platform[operation]("dev", { plan }),
            { name: "StateCorrupted", exitCode: EXIT.stateCorrupted },
            operation,
          );
        assert.deepEqual(filesIn(small.workspace.state), spoilt);
        assert.equal(inCloud(), cloud);
      } finally {
        writeFileSync(file, good);
      }
    });

  it("a disk that is full: a typed error, and neither state nor cloud is touched", async function () {
    const folder = mkdtempSync(join(tmpdir(), "strata-full-"));
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder]).status !== 0) {
      console.warn("    skipped: only the superuser can make a small disk");
      return this.skip();
    }
    try {
      spawnSync("cp", ["-a", `${small.workspace.state}/.`, folder]);
      mkdirSync(join(folder, "rest"));
      spawnSync("dd", ["if=/dev/zero", `of=${join(folder, "rest/fill")}`, "bs=1k"]);
      const before = filesIn(folder)[STATE];
      assert.ok(before !== undefined);
      for (const operation of CHANGES)
        await assert.rejects(
          platformIn({ PULUMI_BACKEND_URL: `file://${folder}` })[operation]("dev", { plan }),
          { name: "DiskFull", exitCode: EXIT.diskFull },
          operation,
        );
      assert.equal(filesIn(folder)[STATE], before);
      assert.equal(inCloud(), cloud);
    } finally {
      spawnSync("umount", [folder]);
      rmSync(folder, { recursive: true });
    }
  });

  it("and all of it mended, the same update goes through", async () => {
    const { changes } = await small.platform.up("dev", { plan });
    assert.ok((changes["update"] ?? 0) > 0, JSON.stringify(changes));
    await small.platform.destroy("dev");
    assert.deepEqual(small.cloud.list(), []);
  });
});
