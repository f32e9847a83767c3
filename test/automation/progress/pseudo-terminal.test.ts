import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Screen } from "./terminal";

const REPLAY = join(__dirname, "replay.ts");

/** That of util-linux gives a program a pseudo terminal; elsewhere a command of the same name takes other words. */
const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;

interface Shown {
  readonly output: string;
  readonly lines: string[];
}

/** Runs the replay in a pseudo terminal of its own, and looks at what is on its screen when it has ended. */
async function shown(columns: number, rows: number, env: NodeJS.ProcessEnv = {}, ...args: string[]): Promise<Shown> {
  const program = [process.execPath, "--import", "tsx", REPLAY, ...args].join(" ");
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !["NO_COLOR", "FORCE_COLOR", "CI"].includes(key)));
  const { stdout, status } = spawnSync("script", ["-qec", `stty cols ${columns} rows ${rows}; ${program}`, "/dev/null"], {
    encoding: "utf8",
    env: { ...inherited, TERM: "xterm-256color", ...env },
  });
  assert.equal(status, 0, stdout);
  const screen = new Screen(columns, rows);
  await screen.show(stdout);
  return { output: stdout, lines: await screen.lines() };
}

describe(`progress in a pseudo terminal${hasScript ? "" : ", skipped: no script command of util-linux"}`, function () {
  before(function () {
    if (!hasScript) this.skip();
  });

  it("ends with everything done, each line once, the cursor back, and the result below", async () => {
    const { output, lines } = await shown(100, 24);
    assert.deepEqual(
      lines.map((line) => line.slice(0, 24)),
      ["up prod: 100 %, 4 of 4, ", "network     ████████████", "persistence ████████████", "service     ████████████", "the result"],
      lines.join("\n"),
    );
    assert.ok(output.lastIndexOf("\u001b[?25h") > output.lastIndexOf("\u001b[?25l"));
    assert.match(output, /\u001b\[32m/);
  });

  it("keeps a failure above the bars on 60 columns, without colours where they are not wanted", async () => {
    const { output, lines } = await shown(60, 12, { NO_COLOR: "1" }, "--fail");
    assert.deepEqual(lines.slice(0, 2), ["✗ orders (rds Cluster): no such version 99.9", "✗ orders (rds Cluster): create failed"]);
    assert.match(lines[2] ?? "", /^up prod: \d+ %, 2 of 4, 1 failed, 22m 06s$/);
    assert.equal(lines.filter((line) => line.startsWith("persistence")).length, 1, lines.join("\n"));
    assert.doesNotMatch(output, /\u001b\[\d+m/);
  });

  it("is lines where the terminal can't move its cursor", async () => {
    const { output, lines } = await shown(100, 24, { TERM: "dumb" });
    assert.equal(lines[0], "up of prod");
    assert.ok(!output.includes("\u001b"));
  });
});
