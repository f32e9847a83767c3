import { setTimeout as wait } from "node:timers/promises";
import { reporterFor } from "../../../automation/progress/reporter";
import { events, EXPECTATION, PLATFORM, recordingOf, resource } from "./recording";

/** Enough for the eye of a test to see several frames. */
const MS_AN_EVENT = 150;

/** A program that shows a recording on its own standard error, as the command does: one that goes well, or one in which the database fails. */
async function replay(fails: boolean): Promise<void> {
  const { kafka, database, vpc } = PLATFORM;
  const failing = events([
    [0, { kind: "begun", operation: "up", environment: "prod" }],
    [0, resource("started", vpc.urn)],
    [0.1, resource("done", vpc.urn)],
    [0.1, resource("started", kafka.urn)],
    [0.1, resource("started", database.urn)],
    [3, { kind: "diagnostic", severity: "error", urn: database.urn, message: "no such version 99.9" }],
    [3, resource("failed", database.urn)],
    [22.1, resource("done", kafka.urn)],
  ]);
  let now = 0;
  const reporter = await reporterFor(EXPECTATION, { mode: "auto", json: false, clock: () => now });
  for (const event of fails ? failing : recordingOf(EXPECTATION)) {
    now = Date.parse(event.time);
    reporter.take(event);
    await wait(MS_AN_EVENT);
  }
  reporter.end();
  process.stdout.write("the result\n");
}

void replay(process.argv.includes("--fail"));
