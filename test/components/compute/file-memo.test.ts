import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileMemo } from "../../../components/compute/file-memo";

describe("what is kept of files", () => {
  let folder: string;
  let path: string;
  let reads: number;
  let memo: FileMemo<string>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-memo-"));
    path = join(folder, "file");
    reads = 0;
    memo = new FileMemo((file) => {
      reads += 1;
      return readFileSync(file, "utf8");
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is read again where the file was changed just now, as its times may not tell the next change", () => {
    writeFileSync(path, "one");
    assert.deepEqual([memo.get(path), memo.get(path), reads], ["one", "one", 2]);
  });

  it("follows a change that leaves size and time of the content as they were", () => {
    const long = new Date("2020-01-01");
    writeFileSync(path, "one");
    utimesSync(path, long, long);
    assert.equal(memo.get(path), "one");
    writeFileSync(path, "two");
    utimesSync(path, long, long);
    assert.equal(memo.get(path), "two");
  });

  it("is nothing where there is no file, and what it holds when it comes back", () => {
    assert.equal(memo.get(path), undefined);
    writeFileSync(path, "one");
    assert.equal(memo.get(path), "one");
    rmSync(path);
    assert.equal(memo.get(path), undefined);
  });

  it("is not read again while the file stays as it is", () => {
    // A file of the installation, which nobody changes meanwhile.
    const settled = require.resolve("esbuild/package.json");
    assert.deepEqual([memo.get(settled), reads], [readFileSync(settled, "utf8"), 1]);
    memo.get(settled);
    assert.equal(reads, 1);
  });
});
