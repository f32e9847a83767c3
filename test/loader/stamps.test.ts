import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { namesIn, settledStamp, stampOf } from "../../loader/stamps";

describe("stamps of files", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-stamps-"));
    file = join(folder, "file");
    writeFileSync(file, "one");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("tell a change that leaves size and time of the content as they were", () => {
    const long = new Date("2020-01-01");
    utimesSync(file, long, long);
    const before = stampOf(file);
    // Until the clock that files are stamped by has gone on.
    for (const begun = statSync(file).ctimeMs; statSync(file).ctimeMs === begun;) {
      writeFileSync(file, "two");
      utimesSync(file, long, long);
    }
    assert.notEqual(stampOf(file), before);
  });

  it("are settled once the file has had them for longer than the clock takes from tick to tick", () => {
    assert.equal(settledStamp(file, statSync(file).ctimeMs), undefined);
    assert.equal(settledStamp(file, statSync(file).ctimeMs + 5_000), stampOf(file));
  });

  it("are none where there is no file", () => {
    rmSync(file);
    assert.deepEqual([stampOf(file), settledStamp(file, Date.now() + 5_000)], [undefined, undefined]);
  });

  it("of a folder's names stay when a file is replaced, and tell a new one", () => {
    const before = namesIn(folder);
    writeFileSync(file, "two");
    assert.equal(namesIn(folder), before);
    mkdirSync(join(folder, "more"));
    assert.notEqual(namesIn(folder), before);
    assert.equal(namesIn(file), undefined);
  });
});
