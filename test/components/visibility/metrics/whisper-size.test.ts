import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { readRetention } from "../../../../components/visibility/metrics/retention";
import {
  loadFaults,
  pointsPerSecond,
  shardGib,
  seriesPerShard,
  whisperBytes,
} from "../../../../components/visibility/metrics/whisper-size";

const { archives: THREE } = readRetention("key", "10s:1d,60s:7d,10m:90d");
const LOAD = { hosts: 500, metricsPerHost: 850, growth: 1, shards: 4 } as const;

// Debian installs Whisper for its own Python.
const PYTHON = "/usr/bin/python3";

/** Makes a file of each retention with Whisper itself, and says how big it is. */
const WHISPER = `
import json, os, sys, tempfile, whisper
folder = tempfile.mkdtemp()
sizes = []
for index, archives in enumerate(json.load(sys.stdin)):
    path = os.path.join(folder, str(index))
    whisper.create(path, [tuple(archive) for archive in archives], sparse=True)
    sizes.append(os.path.getsize(path))
    os.remove(path)
os.rmdir(folder)
print(json.dumps(sizes))
`;

describe("The size of metrics", () => {
  it("is 16 bytes a series, 12 an archive and 12 a point", () => assert.equal(whisperBytes(THREE), 380_212));

  it("is what Whisper itself takes, for any archives", function () {
    if (spawnSync(PYTHON, ["-c", "import whisper"]).status !== 0) {
      console.warn(`      skipped: ${PYTHON} has no module whisper; install Debian's package graphite-carbon`);
      this.skip();
    }
    const count = fc.integer({ min: 1, max: 100_000 });
    const many = fc.sample(
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 10 }), fc.integer({ min: 10, max: 5_000 }), count),
      50,
    );
    const retentions = many.map(([fine, ratio, points, more]) => [
      { secondsPerPoint: fine, points },
      { secondsPerPoint: fine * ratio, points: points + more },
    ]);
    const input = JSON.stringify(retentions.map((archives) => archives.map(({ secondsPerPoint, points }) => [secondsPerPoint, points])));
    const { stdout, stderr, status } = spawnSync(PYTHON, ["-c", WHISPER], { input, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), retentions.map(whisperBytes));
  });

  it("of 500 hosts with 850 metrics each is 162 GB in files and 42,500 points a second", () => {
    assert.equal(Math.round((LOAD.hosts * LOAD.metricsPerHost * whisperBytes(THREE)) / 1e9), 162);
    assert.equal(pointsPerSecond(THREE, { ...LOAD, shards: 1 }), 42_500);
  });

  it("leaves a fifth of every volume free when all that is expected has come", () =>
    fc.assert(
      fc.property(
        fc.record({
          hosts: fc.integer({ min: 1, max: 10_000 }),
          metricsPerHost: fc.integer({ min: 1, max: 2_000 }),
          growth: fc.constantFrom(1, 1.5, 2, 4),
          shards: fc.integer({ min: 1, max: 16 }),
        }),
        (load) => {
          const used = seriesPerShard(load) * whisperBytes(THREE);
          assert.ok(used <= 0.8 * shardGib(THREE, load) * 2 ** 30);
          assert.ok(seriesPerShard(load) * load.shards >= load.hosts * load.metricsPerHost * load.growth);
        },
      ),
    ));

  it("that a shard cannot take is refused with the number of shards that could", () => {
    const [fault] = loadFaults("key", THREE, LOAD);
    assert.equal(fault?.key, "key.shards");
    const shards = Number(/at least (\d+)/.exec(fault?.right ?? "")?.[1]);
    assert.deepEqual(loadFaults("key", THREE, { ...LOAD, shards }), []);
    assert.notDeepEqual(loadFaults("key", THREE, { ...LOAD, shards: shards - 1 }), []);
  });

  it("that grows beyond a volume is refused", () => {
    const { archives } = readRetention("key", "60s:5y");
    const faults = loadFaults("key", archives, { hosts: 1_000, metricsPerHost: 850, growth: 10, shards: 3 });
    assert.deepEqual(
      faults.map(({ key, what }) => [key, what]),
      [["key.retention", "grows beyond a gp3 volume, which holds 65536 GiB"]],
    );
  });
});
