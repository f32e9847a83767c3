import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const LOADER = resolve(__dirname, "../../loader/kept-modules");
/** For as long, what was written is held to be still written. */
const SETTLED_MS = 200;

/** Loads the project's main module through what is kept, and says what it exports and whether anything had to be loaded otherwise. */
const RUNNER = `
const { KeptModules } = require(${JSON.stringify(LOADER)});
let transformed = false;
const kept = new KeptModules({ root: __dirname, folder: process.argv[2], transform: () => (transformed = true) });
kept.install();
Promise.resolve(require("./main.js")).then((value) => {
  kept.keep();
  process.stdout.write(JSON.stringify({ value, transformed }));
});
`;

interface Loaded {
  readonly value: unknown;
  readonly transformed: boolean;
}

describe("modules kept between runs", () => {
  let root: string;
  let images: string;

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }

  /** A project whose files have lain there for a while. */
  async function project(files: Readonly<Record<string, string>>): Promise<void> {
    write({ "package.json": "{}", "node_modules/.package-lock.json": "{}", "run.js": RUNNER, ...files });
    await sleep(SETTLED_MS);
  }

  function run(): Loaded {
    return JSON.parse(execFileSync(process.execPath, [join(root, "run.js"), images], { encoding: "utf8" })) as Loaded;
  }

  beforeEach(() => {
    // By its real name, as Node calls it.
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "strata-kept-")));
    root = join(folder, "project");
    images = join(folder, "images");
    mkdirSync(images);
  });
  afterEach(() => rmSync(dirname(root), { recursive: true }));

  it("are loaded without a look at how files are transformed, and export the same", async () => {
    await project({
      "main.js": `module.exports = [require("./a"), require("tool"), require("./data.json"), require("node:path").basename(__filename)];`,
      "a/index.js": `exports.name = "ä – ${"x".repeat(100)}"; exports.folder = __dirname; exports.id = module.id; exports.self = this === exports;`,
      "data.json": `{"one":1}`,
      "node_modules/tool/package.json": `{"main":"lib/tool.js"}`,
      "node_modules/tool/lib/tool.js": `module.exports = { resolved: require.resolve("./tool"), main: require.main === process.mainModule };`,
    });
    const [first, second] = [run(), run()];
    assert.deepEqual([first.transformed, second.transformed], [true, false]);
    assert.deepEqual(second.value, first.value);
  });

  it("are loaded anew when their file is another, even of the same size and time", async () => {
    const long = new Date("2020-01-01");
    await project({ "main.js": `module.exports = require("./a");`, "a.js": `module.exports = 1;` });
    utimesSync(join(root, "a.js"), long, long);
    await sleep(SETTLED_MS);
    assert.equal(run().value, 1);
    write({ "a.js": `module.exports = 2;` });
    utimesSync(join(root, "a.js"), long, long);
    assert.equal(run().value, 2);
  });

  it("are not kept when they were written just before, since the next change may leave no trace", async () => {
    await project({ "main.js": `module.exports = require("./a");`, "a.js": `module.exports = 1;` });
    run();
    write({ "a.js": `require("node:fs").writeFileSync(__filename, "module.exports = 3;"); module.exports = 2;` });
    assert.deepEqual([run().value, run().value], [2, 3]);
  });

  it("give way to a file that is new and comes first", async () => {
    await project({ "main.js": `module.exports = require("./a");`, "a/index.js": `module.exports = "folder";` });
    assert.equal(run().value, "folder");
    write({ "a.js": `module.exports = "file";` });
    assert.equal(run().value, "file");
  });

  it("give way to a package that is new and nearer", async () => {
    await project({
      "main.js": `module.exports = require("tool");`,
      "node_modules/tool/index.js": `module.exports = require("dep");`,
      "node_modules/dep/index.js": `module.exports = "far";`,
    });
    assert.equal(run().value, "far");
    write({ "node_modules/tool/node_modules/dep/index.js": `module.exports = "near";` });
    assert.equal(run().value, "near");
  });

  it("follow a package that has another main file now", async () => {
    await project({
      "main.js": `module.exports = require("tool");`,
      "node_modules/tool/package.json": `{"main":"one.js"}`,
      "node_modules/tool/one.js": `module.exports = 1;`,
      "node_modules/tool/two.js": `module.exports = 2;`,
    });
    assert.equal(run().value, 1);
    write({ "node_modules/tool/package.json": `{"main":"two.js"}` });
    assert.equal(run().value, 2);
  });

  it("remember that a package is not there, until it is", async () => {
    await project({
      "main.js": `try { module.exports = require("tool"); } catch (error) { module.exports = [error.code, error.message.split("\\n")[0]]; }`,
    });
    const missing = ["MODULE_NOT_FOUND", "Cannot find module 'tool'"];
    assert.deepEqual(run(), { value: missing, transformed: true });
    assert.deepEqual(run(), { value: missing, transformed: false });
    write({ "node_modules/tool/index.js": `module.exports = "there";` });
    assert.equal(run().value, "there");
  });

  it("import at run time what they imported", async () => {
    await project({
      "main.js": `module.exports = import("./late.mjs").then((late) => late.default);`,
      "late.mjs": `export default "late";`,
    });
    assert.deepEqual(run().value, "late");
    assert.deepEqual(run(), { value: "late", transformed: false });
  });

  it("name the same place when they fail", async () => {
    await project({
      "main.js": `try { require("./a")(); } catch (error) { module.exports = error.stack.split("\\n").slice(0, 3); }`,
      "a.js": `module.exports = () => { throw new Error("on line one"); };`,
    });
    const { value } = run();
    assert.match(String((value as string[])[1]), /a\.js:1:32/);
    assert.deepEqual(run().value, value);
  });

  it("are loaded anew when the image is damaged, and kept again", async () => {
    await project({ "main.js": `module.exports = require("./a");`, "a.js": `module.exports = 1;` });
    run();
    const [name = ""] = readdirSync(images);
    writeFileSync(join(images, name), readFileSync(join(images, name)).subarray(0, -1));
    assert.deepEqual(
      [run(), run()],
      [
        { value: 1, transformed: true },
        { value: 1, transformed: false },
      ],
    );
  });

  it("are kept by many processes at once", async () => {
    await project({ "main.js": `module.exports = require("./a");`, "a.js": `module.exports = 1;` });
    const outputs = await Promise.all(
      Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, [join(root, "run.js"), images], { encoding: "utf8" })),
    );
    assert.deepEqual(
      outputs.map(({ stdout }) => (JSON.parse(stdout) as Loaded).value),
      [1, 1, 1, 1],
    );
    assert.deepEqual(run(), { value: 1, transformed: false });
  });

  it("are left alone when nothing is new", async () => {
    await project({ "main.js": `module.exports = 1;` });
    run();
    const [name = ""] = readdirSync(images);
    const before = statSync(join(images, name)).ino;
    run();
    assert.deepEqual([readdirSync(images), statSync(join(images, name)).ino], [[name], before]);
  });
});
