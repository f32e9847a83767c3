import fc from "fast-check";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startScript } from "../../../../components/visibility/grafana/start-script";

describe("the script that starts Grafana", () => {
  const folder = mkdtempSync(join(tmpdir(), "strata-start-"));
  const secret = join(folder, "secret");
  const value = join(folder, "value");
  const start = join(folder, "start");
  const started = join(folder, "started");
  after(() => rmSync(folder, { recursive: true }));

  /** Runs it, with a real shell, on a secret. */
  function run(content: string, key: string): { readonly status: number | null; readonly stderr: string } {
    for (const file of [value, started]) rmSync(file, { force: true });
    writeFileSync(secret, content);
    writeFileSync(start, `#!/bin/sh\ntouch ${started}\n`);
    chmodSync(start, 0o755);
    const script = join(folder, "script");
    writeFileSync(script, startScript([{ from: secret, key, to: value }], start));
    const { status, stderr } = spawnSync("/bin/sh", [script], { encoding: "utf8" });
    return { status, stderr };
  }

  it("writes a part of a secret to a file that only its user can read, without a line break, and then starts", () => {
    const { status } = run(JSON.stringify({ username: "grafana_a", password: "s3cret", host: "db" }), "password");
    assert.equal(status, 0);
    assert.equal(readFileSync(value, "utf8"), "s3cret");
    assert.equal(statSync(value).mode & 0o077, 0);
    assert.ok(existsSync(started));
  });

  it("reads any value without quotes and backslashes, wherever it stands in the secret", () => {
    const plain = fc.stringMatching(/^[A-Za-z0-9!#$%&()*+,./:;<=>?@[\]^_{|}~ -]{1,60}$/);
    fc.assert(
      fc.property(plain, plain, (password, other) => {
        const { status } = run(JSON.stringify({ other, password, last: other }), "password");
        assert.equal(status, 0);
        assert.equal(readFileSync(value, "utf8"), password);
      }),
      { numRuns: 30 },
    );
  });

  it("does not start when the part is missing, empty, or would be cut short", () => {
    for (const content of ["{}", '{"password":""}', JSON.stringify({ password: 'a"b' }), JSON.stringify({ password: "a\\b" })]) {
      const { status, stderr } = run(content, "password");
      assert.notEqual(status, 0, content);
      assert.match(stderr, /no plain text under password/);
      assert.ok(!existsSync(started), content);
    }
  });

  it("takes no path that a shell would read as something else", () => {
    assert.throws(() => startScript([{ from: "/a; rm -rf /", key: "k", to: "/b" }], "/run.sh"), /gives a meaning/);
  });
});
