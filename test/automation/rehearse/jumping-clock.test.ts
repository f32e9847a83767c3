import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JumpingClock, JumpingClockServer } from "../../../automation/rehearse/jumping-clock";
import { isQuiet } from "../../../automation/rehearse/quiet";

/** Long enough for a look at the engine, many times. */
const A_WHILE_MS = 60;

describe("time that jumps", () => {
  let folder: string;
  let quiet: boolean;
  let server: JumpingClockServer;
  let clocks: JumpingClock[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "strata-clock-"));
    quiet = false;
    server = new JumpingClockServer(() => quiet);
    await server.listen(join(folder, "clock.sock"));
    clocks = [1, 2].map(() => new JumpingClock(join(folder, "clock.sock")));
  });

  afterEach(async () => {
    for (const clock of clocks) clock.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** Notes the ends of waits in the order in which they come. */
  function waits(...minutes: readonly number[]): { readonly over: Promise<unknown>; readonly ended: number[] } {
    const ended: number[] = [];
    const each = minutes.map((minute, index) =>
      (clocks[index % clocks.length] as JumpingClock).until(minute).then(() => ended.push(minute)),
    );
    return { over: Promise.all(each), ended };
  }

  it("stands while anything works, whatever somebody waits for", async () => {
    const { ended, over } = waits(1);
    await sleep(A_WHILE_MS);
    assert.deepEqual(ended, []);
    assert.equal(server.now(), 0);
    quiet = true;
    await over;
    assert.equal(server.now(), 1);
  });

  it("goes from end to end, in order, over all processes", async () => {
    quiet = true;
    const { ended, over } = waits(30, 2, 10, 2);
    await over;
    assert.deepEqual(ended, [2, 2, 10, 30]);
    assert.equal(await clocks[0]?.now(), 30);
  });

  it("does not wait for a process that was killed", async () => {
    const { over } = waits(5);
    over.catch(() => undefined);
    await sleep(A_WHILE_MS);
    clocks[0]?.close();
    await assert.rejects(over, /the clock of the rehearsal has ended/);
    quiet = true;
    await clocks[1]?.until(7);
    assert.equal(server.now(), 7);
  });

  it("does not pass without a wait", async () => {
    quiet = true;
    await sleep(A_WHILE_MS);
    assert.equal(await clocks[0]?.now(), 0);
  });
});

describe(`a quiet engine${existsSync("/proc/self/task") ? "" : ", skipped: this system has no /proc"}`, function () {
  before(function () {
    if (!existsSync("/proc/self/task")) this.skip();
  });

  async function withChild(script: string, check: () => Promise<void>): Promise<void> {
    const child = spawn(process.execPath, ["-e", `process.stdout.write("up");${script}`], { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    try {
      await check();
    } finally {
      child.kill("SIGKILL");
    }
  }

  it("is one whose processes all wait", async () => {
    await withChild("setTimeout(() => {}, 1e6)", async () => {
      for (let tries = 0; tries < 200 && !(await isQuiet(process.pid)); tries++) await sleep(10);
      assert.ok(await isQuiet(process.pid));
    });
  });

  it("is none that works, however little of the processor it gets", async () => {
    await withChild("for (;;);", async () => {
      assert.equal(await isQuiet(process.pid), false);
    });
  });
});
