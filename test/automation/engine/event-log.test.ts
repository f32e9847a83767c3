import assert from "node:assert/strict";
import { appendFileSync, existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { EventLog } from "../../../automation/engine/event-log";

describe("the log of events", () => {
  it("hands on every line in order, those of the last moment too, and leaves no file", async () => {
    const heard: string[] = [];
    let file = "";
    const result = await EventLog.during(
      (line) => heard.push(line),
      async (path) => {
        file = path;
        appendFileSync(path, "one\ntwo\nthr");
        await pause(150);
        appendFileSync(path, "ee\n");
        return "done";
      },
    );
    assert.equal(result, "done");
    assert.deepEqual(heard, ["one", "two", "three"]);
    assert.ok(!existsSync(file));
  });

  it("hands on what was written before the work failed, but for a line that was not finished", async () => {
    const heard: string[] = [];
    const failing = EventLog.during(
      (line) => heard.push(line),
      (path) => {
        appendFileSync(path, "one\nhal");
        return Promise.reject(new Error("killed"));
      },
    );
    await assert.rejects(failing, /^Error: killed$/);
    assert.deepEqual(heard, ["one"]);
  });

  it("keeps letters whole that are cut in two by a read", async () => {
    const heard: string[] = [];
    const long = "ü".repeat(70_000);
    await EventLog.during(
      (line) => heard.push(line),
      (path) => {
        appendFileSync(path, `${long}\n`);
        return Promise.resolve();
      },
    );
    assert.deepEqual(heard, [long]);
  });

  it("lets the work end before it tells of a listener that failed", async () => {
    let ended = false;
    const failing = EventLog.during(
      () => {
        throw new Error("the listener");
      },
      async (path) => {
        appendFileSync(path, "one\n");
        await pause(250);
        ended = true;
      },
    );
    await assert.rejects(failing, /the listener/);
    assert.ok(ended);
  });
});
