import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../components/faults";
import { Platform } from "../../automation/platform";
import { rehearsalEnvironment } from "../../automation/rehearse/engine";
import { initialize } from "../../automation/setup/init";
import { NO_ENGINE, Tiny } from "./tiny";

const MINUTE = 60_000;

describe(`strata init on the real engine${NO_ENGINE}`, function () {
  this.timeout(3 * MINUTE);
  const tiny = NO_ENGINE ? undefined : new Tiny();
  let platform: Platform;
  let read: (file: string) => string;

  before(function () {
    if (!tiny) return this.skip();
    const { workspace } = tiny;
    read = (file) => readFileSync(join(workspace.project, file), "utf8");
    writeFileSync(join(workspace.project, "Pulumi.one.yaml"), "# Who answers for it.\nconfig:\n  tiny:owner: ana # since May\n");
    writeFileSync(join(workspace.project, "Pulumi.yaml"), `# The smallest of all.\n${read("Pulumi.yaml")}`);
    const env = { ...rehearsalEnvironment(workspace), PULUMI_BACKEND_URL: undefined };
    platform = new Platform({ root: workspace.project, home: workspace.home, env });
  });

  after(() => tiny?.dispose());

  it("makes the back end and the stack, and writes what they need into the files, whose comments stay", async () => {
    const { done } = await initialize(platform, "one", { backend: "file://states", secretsProvider: "passphrase" });
    assert.deepEqual(done.slice(1), [
      "Pulumi.yaml: backend.url is file://states",
      "one: has a stack now",
      "Pulumi.one.yaml: encryptionsalt written",
    ]);
    assert.ok(existsSync(join(platform.root, "states/.pulumi")));
    assert.match(read("Pulumi.yaml"), /^# The smallest of all\.\nname: tiny\n[^]*\nbackend:\n {2}url: file:\/\/states\n$/);
    assert.match(read("Pulumi.one.yaml"), /^# Who answers for it\.\nconfig:\n {2}tiny:owner: ana # since May\nencryptionsalt: v1:\S+\n$/);
  });

  it("does nothing the second time", async () => {
    const before = [read("Pulumi.yaml"), read("Pulumi.one.yaml")];
    assert.deepEqual((await initialize(platform, "one", { backend: "file://states" })).done, []);
    assert.deepEqual([read("Pulumi.yaml"), read("Pulumi.one.yaml")], before);
  });

  it("refuses another back end, and one that is none, and changes nothing", async () => {
    const before = read("Pulumi.yaml");
    for (const [backend, message] of [
      ["s3://elsewhere", /Pulumi\.yaml: backend\.url: is another back end already, got "file:\/\/states"; leave --backend out/],
      ["states", /--backend: is no URL of a back end, got "states"; such as file:/],
    ] as const)
      await assert.rejects(initialize(platform, "one", { backend }), (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, message);
        return true;
      });
    assert.equal(read("Pulumi.yaml"), before);
  });
});
