import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine } from "../../automation/engine/executable";
import { EngineMissing } from "../../automation/errors";
import { EXIT } from "../../automation/exit";
import { Platform } from "../../automation/platform";
import { rehearsalEnvironment } from "../../automation/rehearse/engine";
import { BAD_INPUT, SPOILT, withBadInput } from "./bad-input";
import { filesIn, NO_ENGINE, Tiny } from "./tiny";

const MINUTE = 60_000;

/** A platform of the tiny program, with something in its engine's environment that is wrong. */
function platformOf(tiny: Tiny, env: Readonly<Record<string, string | undefined>> = {}): Platform {
  return new Platform({
    root: tiny.workspace.project,
    home: tiny.workspace.home,
    env: { ...rehearsalEnvironment(tiny.workspace, { checkpoints: true }), ...env },
  });
}

describe("an engine that is not there", () => {
  it("is said with how to get it", async () => {
    const [path, empty] = [process.env["PATH"], mkdtempSync(join(tmpdir(), "strata-empty-"))];
    process.env["PATH"] = empty;
    try {
      await assert.rejects(findEngine({ cache: empty }), (error: unknown) => {
        assert.ok(error instanceof EngineMissing && error.exitCode === EXIT.engineMissing);
        assert.match(error.message, /neither on PATH nor in .*; install it \(https:\/\/www\.pulumi\.com/);
        return true;
      });
    } finally {
      process.env["PATH"] = path;
      rmSync(empty, { recursive: true });
    }
  });
});

describe(`bad input to the real engine${NO_ENGINE}`, function () {
  this.timeout(5 * MINUTE);
  const tiny = NO_ENGINE ? undefined : new Tiny(["one", "two"]);
  let untouched: Record<string, string>;

  before(async function () {
    if (!tiny) return this.skip();
    const stack = await tiny.open();
    assert.equal((await stack.create("passphrase")).exitCode, 0);
    assert.equal((await stack.run("up")).exitCode, 0);
    untouched = tiny.backEnd();
  });

  after(() => tiny?.dispose());

  for (const input of BAD_INPUT)
    it(input.what, () =>
      withBadInput(input, async (env) => {
        assert.ok(tiny);
        const environment = input.to === undefined ? "one" : input.to === "stackless" ? "two" : "on";
        for (const operation of ["preview", "refresh"] as const)
          await assert.rejects(platformOf(tiny, env)[operation](environment), input.refused, operation);
        assert.deepEqual(tiny.backEnd(), untouched);
      }),
    );

  for (const [what, spoil] of SPOILT)
    it(`a state that ${what}`, async () => {
      assert.ok(tiny);
      const file = join(tiny.workspace.state, ".pulumi/stacks/tiny/one.json");
      const good = readFileSync(file, "utf8");
      writeFileSync(file, spoil(good));
      const spoilt = tiny.backEnd();
      try {
        await assert.rejects(platformOf(tiny).preview("one"), {
          name: "StateCorrupted",
          exitCode: EXIT.stateCorrupted,
          message: /its state cannot be read/,
        });
        assert.deepEqual(tiny.backEnd(), spoilt);
      } finally {
        writeFileSync(file, good);
      }
    });

  it("a disk that is full", async function () {
    assert.ok(tiny);
    const folder = mkdtempSync(join(tmpdir(), "strata-full-"));
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]).status !== 0) {
      console.warn("    skipped: only the superuser can make a small disk");
      return this.skip();
    }
    try {
      const full = { PULUMI_BACKEND_URL: `file://${folder}` };
      const stack = await tiny.open("one", full);
      assert.equal((await stack.create("passphrase")).exitCode, 0);
      assert.equal((await stack.run("up")).exitCode, 0);
      mkdirSync(join(folder, "rest"));
      spawnSync("dd", ["if=/dev/zero", `of=${join(folder, "rest/fill")}`, "bs=1k"]);
      const state = (): string | undefined => filesIn(folder)[".pulumi/stacks/tiny/one.json"];
      const before = state();
      await assert.rejects(platformOf(tiny, { ...full, TINY_COUNT: "30" }).refresh("one"), { name: "DiskFull", exitCode: EXIT.diskFull });
      assert.equal(state(), before);
    } finally {
      spawnSync("umount", [folder]);
      rmSync(folder, { recursive: true });
    }
  });
});
