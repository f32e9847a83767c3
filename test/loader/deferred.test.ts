import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const LOADER = JSON.stringify(resolve(__dirname, "../../loader/deferred"));

/** What a new process prints, with modules deferred. */
function inProcess(code: string): unknown {
  const script = `
    const { deferModules } = require(${LOADER});
    deferModules();
    const loaded = (part) => Object.keys(require.cache).some((path) => path.includes(part));
    (async () => { ${code} })().then((value) => process.stdout.write(JSON.stringify(value)));`;
  return JSON.parse(execFileSync(process.execPath, ["--eval", script], { encoding: "utf8", cwd: __dirname })) as unknown;
}

describe("what packages load and a plan never uses", () => {
  it("is not loaded with them", () => {
    const parts = ["typescript/lib", "@npmcli/arborist", "pulumi/automation/stack", "awsx/classic"];
    assert.deepEqual(inProcess(`require("@pulumi/pulumi"); require("@pulumi/awsx"); return ${JSON.stringify(parts)}.map(loaded);`), [
      false,
      false,
      false,
      false,
    ]);
  });

  it("is loaded when a program drives an engine", () => {
    const keys = inProcess(`
      const { automation } = require("@pulumi/pulumi");
      const real = require("@pulumi/pulumi/automation");
      return [typeof automation.LocalWorkspace.create, automation.LocalWorkspace === real.LocalWorkspace, "Stack" in automation,
        Object.keys(automation).join() === Object.keys(real).join()];`);
    assert.deepEqual(keys, ["function", true, true, true]);
  });

  it("is loaded when a program serialises a function", () => {
    const found = inProcess(`
      const { runtime } = require("@pulumi/pulumi");
      const { text } = await runtime.serializeFunction(() => "serialised");
      return [text.includes("serialised"), loaded("typescript/lib")];`);
    assert.deepEqual(found, [true, true]);
  });

  it("is loaded when a program uses awsx as it was", () => {
    assert.equal(inProcess(`return typeof require("@pulumi/awsx").classic.ec2.Vpc;`), "function");
  });
});
