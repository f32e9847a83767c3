import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packagePolicies } from "../../automation/package-policies";
import { PACKS } from "../../policy/packs";
import { ROOT } from "../harness";
import { Analyzer } from "../policy/analyzer";
import { TestStack } from "../policy/stack";

describe("packs as packages of their own", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-packages-"));
    packagePolicies(folder);
    // As `npm install` in a pack does, for all of them.
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("hold all that the engine and a reader need, and name nothing of this project's folders", () => {
    for (const { name, rules } of PACKS) {
      const pack = join(folder, name.replace("strata-", ""));
      assert.deepEqual(readdirSync(pack).sort(), ["LICENSE", "PulumiPolicy.yaml", "README.md", "index.js", "package.json"]);
      const { dependencies } = JSON.parse(readFileSync(join(pack, "package.json"), "utf8")) as { dependencies: Record<string, string> };
      assert.deepEqual(Object.keys(dependencies), ["@pulumi/policy", "@pulumi/pulumi"]);
      assert.doesNotMatch(readFileSync(join(pack, "index.js"), "utf8"), /require\("(?!node:|@pulumi\/)/);
      for (const { id } of rules) assert.ok(readFileSync(join(pack, "README.md"), "utf8").includes(`\`${id}\``), id);
    }
  });

  it("run in the engine's own runner, with exceptions beside them", async () => {
    const exception = { rule: "workload-has-no-public-address", name: "web", reason: "a test", owner: "platform" };
    writeFileSync(join(folder, "exceptions.json"), JSON.stringify({ exceptions: [{ ...exception, expires: "2020-01-01" }] }));
    const analyzer = await Analyzer.start(join(folder, "security"));
    const stack = new TestStack();
    stack.add("aws:ec2/instance:Instance", "web", { associatePublicIpAddress: true });
    const found = await analyzer.analyze(stack.resources).finally(() => analyzer.stop());
    assert.ok(found.some(({ rule, urn }) => rule === exception.rule && urn.endsWith("::web")));
    assert.ok(found.some(({ message }) => message.includes("expired on 2020-01-01")));
  });
});
