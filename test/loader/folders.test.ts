import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Folders } from "../../loader/folders";

describe("folders in which modules are looked for", () => {
  const at = (path: string) => join("/srv/platform", path);
  const folders = new Folders("/srv/platform");

  it("are the project's own or a package's, and nothing else", () => {
    const kinds = (path: string) => [folders.isOwn(path), folders.isOfPackage(path)];
    assert.deepEqual(kinds(at("policy/lib")), [true, false]);
    assert.deepEqual(kinds(at("")), [true, false]);
    assert.deepEqual(kinds(at("node_modules/zod/v4")), [false, true]);
    assert.deepEqual(kinds("/srv/elsewhere/node_modules/zod"), [false, true]);
    assert.deepEqual(kinds("/srv/platform-of-others/policy"), [false, false]);
  });

  it("are own also where the project is itself a package", () => {
    const installed = new Folders("/srv/shop/node_modules/strata-platform");
    assert.equal(installed.isOwn("/srv/shop/node_modules/strata-platform/plan"), true);
    assert.equal(installed.isOwn("/srv/shop/node_modules/strata-platform/node_modules/zod"), false);
    assert.equal(installed.isOfPackage("/srv/shop/node_modules/zod"), true);
  });

  it("go up to the project's, or to the outermost node_modules", () => {
    assert.deepEqual(folders.upwards(at("policy/lib")), [at("policy/lib"), at("policy"), "/srv/platform"]);
    assert.deepEqual(folders.upwards("/srv/platform"), ["/srv/platform"]);
    const nested = at("node_modules/@pulumi/eks/node_modules/semver");
    assert.deepEqual(folders.upwards(nested), [
      nested,
      at("node_modules/@pulumi/eks/node_modules"),
      at("node_modules/@pulumi/eks"),
      at("node_modules/@pulumi"),
      at("node_modules"),
    ]);
    assert.deepEqual(folders.upwards(at("node_modules")), [at("node_modules")]);
    assert.deepEqual(folders.upwards("/srv/elsewhere/lib"), ["/srv/elsewhere/lib"]);
  });

  describe("compared with the last time", () => {
    let root: string;

    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), "strata-folders-"));
      mkdirSync(join(root, "policy", "lib"), { recursive: true });
      mkdirSync(join(root, "plan"));
      writeFileSync(join(root, "policy", "lib", "rule.ts"), "");
    });
    afterEach(() => rmSync(root, { recursive: true }));

    function changedAfter(change: () => void): string[] {
      const all = ["", "policy", "policy/lib", "plan"].map((path) => join(root, path));
      const before = new Folders(root);
      all.forEach((folder) => before.stateOf(folder));
      change();
      const after = new Folders(root);
      after.compare(before.states());
      return all.filter((folder) => after.isChanged(folder)).map((folder) => folder.slice(root.length + 1));
    }

    it("are the same while no name is new or gone, however often a file is replaced", () => {
      assert.deepEqual(
        changedAfter(() => writeFileSync(join(root, "policy", "lib", "rule.ts"), "export {};")),
        [],
      );
    });

    it("are changed with all below them when a name is new", () => {
      assert.deepEqual(
        changedAfter(() => writeFileSync(join(root, "policy", "rule.ts"), "")),
        ["policy", "policy/lib"],
      );
    });

    it("are changed when they are gone", () => {
      assert.deepEqual(
        changedAfter(() => rmSync(join(root, "plan"), { recursive: true })),
        ["", "plan"],
      );
    });

    it("are the same below the project's own, where everybody leaves files", () => {
      assert.deepEqual(
        changedAfter(() => writeFileSync(join(root, "plan.json"), "")),
        [""],
      );
    });
  });
});
