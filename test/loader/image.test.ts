import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Image, markUsed, readImage, writeImage } from "../../loader/image";

const IMAGE: Image = {
  stamps: { "/p/node_modules/zod": "1 2 3 4" },
  folders: { "/p": { stamp: "5", names: "6" } },
  modules: new Map([
    ["/p/a.ts", { stamp: "7", plain: false, wide: true, code: Buffer.from("“a”", "utf16le"), cache: Buffer.from([1, 2, 3]) }],
    ["/p/b.ts", { stamp: "8", plain: true, wide: false, code: Buffer.from("b"), cache: Buffer.alloc(0) }],
  ]),
  found: { "/p": { "./a": "/p/a.ts", bufferutil: null } },
};

describe("an image of modules", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-image-"));
    file = join(folder, "deep", "one.image");
    writeImage(file, IMAGE);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is read as it was written, and leaves no draft behind", () => {
    assert.deepEqual(readImage(file), IMAGE);
    assert.deepEqual(readdirSync(join(folder, "deep")), ["one.image"]);
  });

  it("is none when it is not there, cut off anywhere, or damaged anywhere", () => {
    const whole = readFileSync(file);
    assert.equal(readImage(join(folder, "other.image")), undefined);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length));
      assert.equal(readImage(file), undefined, `cut off after ${length} bytes`);
    }
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      writeFileSync(file, damaged);
      assert.equal(readImage(file), undefined, `byte ${at} is another`);
    }
  });

  it("goes when four others were used since", () => {
    const path = (name: string) => join(folder, "deep", `${name}.image`);
    ["a", "b", "c"].forEach((name, index) => {
      writeImage(path(name), IMAGE);
      utimesSync(path(name), index, index);
    });
    markUsed(path("a"));
    writeImage(path("d"), IMAGE);
    assert.deepEqual(readdirSync(join(folder, "deep")).sort(), ["a.image", "c.image", "d.image", "one.image"]);
  });

  it("is left out where nothing can be written", () => {
    const below = join(file, "no-folder.image");
    writeImage(below, IMAGE);
    assert.equal(readImage(below), undefined);
  });
});
