import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { BundleCache } from "../../../components/compute/bundle-cache";

/** For as long, what was written is held to be still written. */
const SETTLED_MS = 200;

describe("bundles kept between runs", () => {
  let folder: string;
  let root: string;
  let made: number;

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  /** How often the bundle of `lib/a.js` was made after this. */
  function find(options = "minify"): number {
    const cache = new BundleCache(root, options, z.string(), join(folder, "bundles"));
    const bundle = cache.findOrMake("lib/a.js", () => {
      made += 1;
      return { bundle: "bundled", inputs: ["lib/a.js", "node_modules/dep/index.js"] };
    });
    assert.equal(bundle, "bundled");
    return made;
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "strata-bundles-"));
    root = join(folder, "project");
    made = 0;
    write("lib/a.js", "one");
    write("node_modules/dep/index.js", "one");
    write("node_modules/dep/package.json", "{}");
    await sleep(SETTLED_MS);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are not made again while nothing changes", () => {
    assert.deepEqual([find(), find()], [1, 1]);
  });

  it("are made again with other options", () => {
    assert.deepEqual([find(), find("readable")], [1, 2]);
  });

  for (const [what, path] of [
    ["a file that went in", "lib/a.js"],
    ["a file of a package that went in", "node_modules/dep/index.js"],
    ["what a package says of its files", "node_modules/dep/package.json"],
  ] as const)
    it(`are made again when ${what} changes`, () => {
      find();
      write(path, "two");
      assert.equal(find(), 2);
    });

  it("are made again when a file is added that may be meant instead", () => {
    find();
    write("lib/a.ts", "");
    assert.equal(find(), 2);
  });

  it("are made again when a package is added that is nearer", () => {
    find();
    write("lib/node_modules/dep/index.js", "");
    assert.equal(find(), 2);
  });

  it("are not kept when a file was written while they were made", () => {
    write("lib/a.js", "two");
    assert.deepEqual([find(), find()], [1, 2]);
  });

  describe("and used by nobody for", () => {
    const DAY_MS = 86_400_000;
    function age(days: number): void {
      const then = new Date(Date.now() - days * DAY_MS);
      for (const name of readdirSync(join(folder, "bundles"))) utimesSync(join(folder, "bundles", name), then, then);
    }

    it("a month are removed when another is kept", () => {
      find();
      age(31);
      find("readable");
      assert.equal(readdirSync(join(folder, "bundles")).length, 1);
    });

    it("less stay, and so does one that was used since", () => {
      find();
      age(29);
      find("readable");
      age(31);
      assert.equal(find(), 2);
      find("other");
      const kept = readdirSync(join(folder, "bundles"));
      assert.equal(kept.length, 2);
      assert.ok(kept.every((name) => Date.now() - statSync(join(folder, "bundles", name)).mtimeMs < DAY_MS));
    });
  });

  it("are made again when what is kept is damaged", () => {
    find();
    const [name = ""] = readdirSync(join(folder, "bundles"));
    writeFileSync(join(folder, "bundles", name), `{"inputs":`);
    assert.equal(find(), 2);
  });
});
