import assert from "node:assert/strict";
import { type Expectation } from "../../../automation/progress/expectation";
import { modeFor, type Reporter, reporterFor, type ReporterOptions } from "../../../automation/progress/reporter";
import { type PlatformEvent } from "../../../automation/events/events";
import { events, EXPECTATION, expected, minute, PLATFORM, recordingOf, resource } from "./recording";
import { Screen } from "./terminal";

const { kafka, database, vpc } = PLATFORM;

/** A person who watches an operation, with a clock that only they move. */
class Watcher {
  readonly screen: Screen;
  private now = minute(0);
  private reporter: Reporter | undefined;
  private tick = (): void => undefined;

  constructor(
    private readonly recording: readonly PlatformEvent[],
    [columns, rows]: readonly [number, number] = [100, 24],
    private readonly options: Partial<ReporterOptions> = {},
    private readonly expectation = EXPECTATION,
  ) {
    this.screen = new Screen(columns, rows);
  }

  /** Lets everything happen that comes before a moment, and looks at the screen. */
  async at(minutes: number): Promise<string[]> {
    this.reporter ??= await reporterFor(this.expectation, {
      mode: "auto",
      json: false,
      stream: this.screen.stream,
      clock: () => this.now,
      every: (_, run) => {
        this.tick = run;
        return () => (this.tick = () => undefined);
      },
      color: false,
      ...this.options,
    });
    const before = this.now;
    this.now = minute(minutes);
    for (const event of this.recording) {
      const at = Date.parse(event.time);
      if (at <= this.now && (at > before || before === minute(0))) this.reporter.take(event);
    }
    this.tick();
    return this.screen.lines();
  }

  pause(): () => void {
    assert.ok(this.reporter);
    return this.reporter.pause();
  }

  expect(expectation: Expectation): void {
    this.reporter?.expect(expectation);
  }

  async end(): Promise<string[]> {
    this.reporter?.end();
    return this.screen.lines();
  }
}

describe("progress on a terminal", () => {
  let watcher: Watcher | undefined;
  const watch = (...args: ConstructorParameters<typeof Watcher>): Watcher => (watcher = new Watcher(...args));
  afterEach(async () => {
    await watcher?.end();
  });

  it("shows the whole, a bar a layer, and what is slow with how long it usually takes", async () => {
    const lines = await watch(recordingOf(EXPECTATION)).at(4.1);
    assert.equal(lines.length, 6, lines.join("\n"));
    assert.equal(lines[0], "up prod: 24 %, 1 of 4, 4m 06s, about 21m left");
    assert.match(lines[1] ?? "", /^network {5}█{48} +100 % 1\/1$/);
    assert.match(lines[2] ?? "", /^persistence █{12}░{36} +26 % 0\/2$/);
    assert.match(lines[3] ?? "", /^service {5}░{48} +0 % 0\/1$/);
    assert.equal(lines[4], "  create kafka (msk Cluster) 4m 00s of about 22m");
    assert.equal(lines[5], "  create orders (rds Cluster) 4m 00s of about 8m");
  });

  it("moves on in place, and ends with everything done", async () => {
    const watching = watch(recordingOf(EXPECTATION));
    await watching.at(1);
    await watching.at(10);
    assert.equal((await watching.at(23)).length, 5);
    await watching.at(26);
    const lines = await watching.end();
    assert.equal(lines[0], "up prod: 100 %, 4 of 4, 26m 00s");
    assert.equal(lines.length, 4, lines.join("\n"));
  });

  it("says a failure at once, above the bars, and keeps it there", async () => {
    const watching = watch(
      events([
        [0, { kind: "begun", operation: "up", environment: "prod" }],
        [0, resource("started", vpc.urn)],
        [0.1, resource("done", vpc.urn)],
        [0.1, resource("started", kafka.urn)],
        [0.1, resource("started", database.urn)],
        [3, { kind: "diagnostic", severity: "error", urn: database.urn, message: "InvalidParameterValue: no such version 99.9\n" }],
        [3, resource("failed", database.urn)],
      ]),
    );
    for (const minutes of [3, 5]) {
      const lines = await watching.at(minutes);
      assert.equal(lines[0], "✗ orders (rds Cluster): InvalidParameterValue: no such version 99.9");
      assert.equal(lines[1], "✗ orders (rds Cluster): create failed");
      assert.match(lines[2] ?? "", /^up prod: \d+ %, 1 of 4, 1 failed, /);
      assert.equal(lines.filter((line) => line.startsWith("up prod")).length, 1, lines.join("\n"));
    }
  });

  it("shows the same on 60 columns, no line longer than the screen", async () => {
    const long = expected("persistence", "aws:rds/cluster:Cluster", "a-store-with-a-name-that-is-much-too-long-for-sixty-columns", 8);
    const expectation = [...EXPECTATION, long];
    const lines = await watch(recordingOf(expectation), [60, 24], {}, expectation).at(4.1);
    assert.equal(lines.length, 7, lines.join("\n"));
    for (const line of lines) assert.ok(line.length < 60, line);
    assert.match(lines[2] ?? "", /^persistence █+░+ +\d+ % 0\/3$/);
    assert.match(lines[4] ?? "", /a-store-with-a-name.+…$/);
  });

  it("is made narrower and lower without leaving broken lines behind", async () => {
    const watching = watch(recordingOf(EXPECTATION));
    await watching.at(4.1);
    watching.screen.resize(60, 12);
    const lines = await watching.at(4.2);
    assert.equal(lines.filter((line) => line.startsWith("up prod")).length, 1, lines.join("\n"));
    assert.equal(lines.length, 6, lines.join("\n"));
  });

  it("fits many layers and many slow resources into a low terminal", async () => {
    const expectation = Array.from({ length: 30 }, (_, index) =>
      expected(`layer${index}`, "aws:msk/cluster:Cluster", `kafka-${index}`, 22),
    );
    const lines = await watch(recordingOf(expectation), [80, 10], {}, expectation).at(4);
    assert.ok(lines.length < 10, lines.join("\n"));
    assert.match(lines[0] ?? "", /^up prod: /);
  });

  it("says how many more are in flight than there is room for", async () => {
    const expectation = Array.from({ length: 20 }, (_, index) => expected("persistence", "aws:msk/cluster:Cluster", `kafka-${index}`, 22));
    const lines = await watch(recordingOf(expectation), [80, 24], {}, expectation).at(4);
    assert.equal(lines.at(-1), "  and 13 more in flight");
  });

  it("writes colours only where they are wanted", async () => {
    const plain = watch(recordingOf(EXPECTATION));
    await plain.at(4);
    assert.doesNotMatch(plain.screen.written.join(""), /\u001b\[[\d;]*m/);
    await plain.end();
    const coloured = watch(recordingOf(EXPECTATION), [100, 24], { color: true });
    await coloured.at(4);
    assert.match(coloured.screen.written.join(""), /\u001b\[36m/);
  });

  it("leaves the terminal to a question, and goes on below the answer", async () => {
    const watching = watch(recordingOf(EXPECTATION));
    await watching.at(1);
    const resume = watching.pause();
    watching.screen.stream.write("Do this to prod? yes\n");
    assert.deepEqual(await watching.at(2), ["Do this to prod? yes"]);
    resume();
    const lines = await watching.at(3);
    assert.deepEqual([lines[0], lines[1]?.slice(0, 8)], ["Do this to prod? yes", "up prod:"]);
  });

  it("learns what is expected while it runs", async () => {
    const watching = watch(recordingOf(EXPECTATION), [100, 24], {}, []);
    assert.match((await watching.at(4.1))[0] ?? "", /^up prod: 25 %, 1 of 4, 4m 06s$/);
    watching.expect(EXPECTATION);
    assert.equal((await watching.at(4.2))[0], "up prod: 25 %, 1 of 4, 4m 12s, about 21m left");
  });

  it("shows no control characters of a message", async () => {
    const lines = await watch(
      events([
        [0, { kind: "begun", operation: "up", environment: "prod" }],
        [0.1, { kind: "diagnostic", severity: "error", message: "bad\u001b[2J thing\u0008" }],
      ]),
    ).at(1);
    assert.equal(lines[0], "✗ bad thing\uFFFD");
  });
});

describe("which way progress is told", () => {
  const tty = { isTTY: true } as unknown as NodeJS.WriteStream;
  const pipe = { isTTY: false } as unknown as NodeJS.WriteStream;
  const rows: readonly (readonly [string, Partial<ReporterOptions>, string, string])[] = [
    ["a terminal has bars", { stream: tty }, "xterm", "bars"],
    ["a terminal has bars also when the result is JSON", { stream: tty, json: true }, "xterm", "bars"],
    ["a terminal that can't move its cursor has lines", { stream: tty }, "dumb", "lines"],
    ["a log has lines", { stream: pipe }, "xterm", "lines"],
    ["a program that wants JSON has events", { stream: pipe, json: true }, "xterm", "events"],
    ["what is asked for is what is done", { stream: pipe, json: true, mode: "lines" }, "xterm", "lines"],
    ["bars in a log are lines", { stream: pipe, mode: "bars" }, "xterm", "lines"],
    ["nothing is nothing", { stream: tty, mode: "none" }, "xterm", "none"],
  ];
  for (const [says, options, term, mode] of rows)
    it(says, () => assert.equal(modeFor({ mode: "auto", json: false, ...options }, term), mode));

  it("writes each event as one line of JSON, none left out", async () => {
    const screen = new Screen(200, 24);
    const recording = recordingOf(EXPECTATION);
    const reporter = await reporterFor(EXPECTATION, { mode: "events", json: true, stream: screen.stream });
    recording.forEach(reporter.take);
    reporter.end();
    await screen.lines();
    assert.deepEqual(
      screen.written.map((line) => JSON.parse(line) as unknown),
      recording,
    );
  });
});

describe("progress of a large environment", () => {
  const network = Array.from({ length: 1600 }, (_, index) =>
    expected("network", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", `r${index}`, 0.05, [PLATFORM.vpc.urn]),
  );
  const expectation = [...EXPECTATION, ...network];
  const recording = recordingOf(expectation);

  it("draws as often as the clock ticks, however many events there are", async () => {
    const watching = new Watcher(recording, [100, 24], {}, expectation);
    await watching.at(0.05);
    const drawn = watching.screen.written.length;
    await watching.at(1);
    assert.ok(recording.length > (4 * 1600) / 2);
    assert.ok(watching.screen.written.length - drawn <= 3, String(watching.screen.written.length - drawn));
    assert.match((await watching.at(1.1))[0] ?? "", /1,601 of 1,604/);
    await watching.end();
  });
});
