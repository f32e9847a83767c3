import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine } from "../../automation/engine/executable";
import { EngineMissing } from "../../automation/errors";
import { EXIT } from "../../automation/exit";
import { Platform } from "../../automation/platform";
import { rehearsalEnvironment } from "../../automation/rehearse/engine";
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

  /** Every operation that could change something is refused with a typed error, and the back end is byte for byte as it was. */
  async function refused(
    expected: { readonly name: string; readonly exitCode: number; readonly message: RegExp },
    env: Readonly<Record<string, string | undefined>>,
    environment = "one",
  ): Promise<void> {
    assert.ok(tiny);
    for (const operation of ["preview", "refresh"] as const)
      await assert.rejects(platformOf(tiny, env)[operation](environment), expected, operation);
    assert.deepEqual(tiny.backEnd(), untouched);
  }

  it("a wrong passphrase", () =>
    refused(
      { name: "WrongPassphrase", exitCode: EXIT.wrongPassphrase, message: /^one: the passphrase .* is another/ },
      { PULUMI_CONFIG_PASSPHRASE: "no" },
    ));

  it("no passphrase", () =>
    refused(
      { name: "WrongPassphrase", exitCode: EXIT.wrongPassphrase, message: /there is none; set PULUMI_CONFIG_PASSPHRASE/ },
      { PULUMI_CONFIG_PASSPHRASE: undefined },
    ));

  it("a folder that is not there", () =>
    refused(
      { name: "BackEndUnreachable", exitCode: EXIT.backEndUnreachable, message: /out of reach: .*no such file/ },
      { PULUMI_BACKEND_URL: "file:///nowhere/at/all" },
    ));

  it("a back end that nobody answers for", () =>
    refused(
      { name: "BackEndUnreachable", exitCode: EXIT.backEndUnreachable, message: /out of reach: .*connection refused/ },
      {
        PULUMI_BACKEND_URL: "s3://states?endpoint=http://127.0.0.1:1&s3ForcePathStyle=true&region=us-east-1",
        AWS_ACCESS_KEY_ID: "key",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_MAX_ATTEMPTS: "1",
      },
    ));

  it("a stack that the back end has not", () =>
    refused(
      { name: "UnknownEnvironment", exitCode: EXIT.unknownEnvironment, message: /no stack of it; make it with strata init two/ },
      {},
      "two",
    ));

  it("an environment that has no stack file", () =>
    refused(
      { name: "UnknownEnvironment", exitCode: EXIT.unknownEnvironment, message: /there is no Pulumi\.on\.yaml; did you mean one\?/ },
      {},
      "on",
    ));

  it("credentials that are expired", async () => {
    const server = createServer((_, response) => {
      response.writeHead(400, { "content-type": "application/xml" });
      response.end("<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null);
    try {
      await refused(
        { name: "CredentialsExpired", exitCode: EXIT.credentialsExpired, message: /AWS does not take the credentials: .*ExpiredToken/ },
        {
          PULUMI_BACKEND_URL: `s3://states?endpoint=http://127.0.0.1:${address.port}&s3ForcePathStyle=true&region=us-east-1`,
          AWS_ACCESS_KEY_ID: "key",
          AWS_SECRET_ACCESS_KEY: "secret",
          AWS_SESSION_TOKEN: "old",
        },
      );
    } finally {
      server.close();
    }
  });

  for (const [what, spoil] of [
    ["is cut off", (text: string) => text.slice(0, 300)],
    ["is empty", () => ""],
    [
      "names a provider that it has not",
      (text: string) =>
        text
          .replace(/"pulumi:providers:random"/, '"pulumi:providers:other"')
          .replace(/::pulumi:providers:random::default/, "::pulumi:providers:other::default"),
    ],
  ] as const)
    it(`a state that ${what}`, async () => {
      assert.ok(tiny);
      const folder = join(tiny.workspace.state, ".pulumi/stacks/tiny");
      const file = join(folder, readdirSync(folder).find((name) => name === "one.json") ?? "");
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
