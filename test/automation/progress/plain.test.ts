import assert from "node:assert/strict";
import { type Expectation } from "../../../automation/progress/expectation";
import { reporterFor } from "../../../automation/progress/reporter";
import { type PlatformEvent } from "../../../automation/events/events";
import { events, EXPECTATION, expected, minute, PLATFORM, recordingOf, resource } from "./recording";
import { Screen } from "./terminal";

const SECOND = 1 / 60;

/** What a log has after a recording, with a look at the clock every second. */
async function logOf(recording: readonly PlatformEvent[], minutes: number, expectation: Expectation = EXPECTATION): Promise<string[]> {
  const screen = new Screen(200, 500);
  let now = minute(0);
  let tick = (): void => undefined;
  const reporter = await reporterFor(expectation, {
    mode: "lines",
    json: false,
    stream: screen.stream,
    clock: () => now,
    every: (_, run) => {
      tick = run;
      return () => undefined;
    },
  });
  const waiting = [...recording];
  for (let at = 0; at <= minutes; at += SECOND) {
    now = minute(at);
    while (waiting[0] && Date.parse(waiting[0].time) <= now) reporter.take(waiting.shift()!);
    tick();
  }
  waiting.forEach(reporter.take);
  reporter.end();
  return screen.lines();
}

describe("progress in a log", () => {
  it("is the start and end of what takes long, a heartbeat a minute, and how it ended", async () => {
    const lines = await logOf(recordingOf(EXPECTATION), 26);
    assert.deepEqual(lines.slice(0, 4), [
      "up of prod",
      "create kafka (msk Cluster) started, about 22m",
      "create orders (rds Cluster) started, about 8m",
      "6 %, 1 of 4, 1m 06s, about 24m left; in flight: kafka 1m 00s of about 22m, orders 1m 00s of about 8m",
    ]);
    assert.ok(lines.includes("create orders (rds Cluster) done after 8m 00s"));
    assert.ok(lines.includes("create kafka (msk Cluster) done after 22m 00s"));
    assert.equal(lines.at(-1), "succeeded: 100 %, 4 of 4, 25m 06s");
    assert.ok(lines.length < 35, lines.join("\n"));
  });

  it("has no line for any of a thousand resources that take a moment", async () => {
    const expectation = Array.from({ length: 1000 }, (_, index) =>
      expected("network", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", `r${index}`, 0.05),
    );
    const lines = await logOf(recordingOf(expectation), 1, expectation);
    assert.ok(lines.length <= 3, lines.join("\n"));
  });

  it("says failures and warnings at once, each once", async () => {
    const { database } = PLATFORM;
    const warning = { kind: "diagnostic", severity: "warning", message: "engine 13.4 is deprecated", urn: database.urn } as const;
    const lines = await logOf(
      events([
        [0, { kind: "begun", operation: "up", environment: "prod" }],
        [0, warning],
        [0.1, warning],
        [0.2, { kind: "diagnostic", severity: "info", message: "starting" }],
        [0.3, { kind: "recovery", action: "adopted", urn: database.urn, message: "adopted cluster-1" }],
        [0.35, { kind: "guard", finding: "outage", message: "a load balancer would be replaced", stops: false }],
        [0.36, { kind: "guard", finding: "replaces", message: "is the result", stops: true }],
        [0.4, resource("failed", database.urn)],
      ]),
      0.5,
    );
    assert.deepEqual(lines, [
      "up of prod",
      "! orders (rds Cluster): engine 13.4 is deprecated",
      "• orders (rds Cluster): adopted cluster-1",
      "• a load balancer would be replaced",
      "✗ orders (rds Cluster): create failed",
    ]);
  });

  it("is silent on request", async () => {
    const screen = new Screen(80, 24);
    const reporter = await reporterFor(EXPECTATION, { mode: "none", json: false, stream: screen.stream });
    recordingOf(EXPECTATION).forEach(reporter.take);
    reporter.end();
    assert.deepEqual(screen.written, []);
  });
});
