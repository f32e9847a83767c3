import assert from "node:assert/strict";
import { failureOf } from "../../automation/engine/failure";
import { type EngineRun, type EngineStack } from "../../automation/engine/stack";
import { type EngineEvent, translate } from "../../automation/engine/translate";
import { EngineKilled, Stopped } from "../../automation/errors";
import { EngineState } from "../../plan/real/state";
import { signalEngine } from "./kill";
import { NO_ENGINE, Tiny } from "./tiny";

const MINUTE = 60_000;

function assertDone({ exitCode, stdout, stderr }: EngineRun): void {
  assert.equal(exitCode, 0, stdout + stderr);
}

async function stateOf(stack: EngineStack) {
  const run = await stack.export();
  assertDone(run);
  return EngineState.parse(JSON.parse(run.stdout)).deployment;
}

function donePasswords(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resOutputsEvent: event }) => (event?.metadata.type.startsWith("random:") ? [event.metadata.urn] : []));
}

describe(`the events of the real engine${NO_ENGINE}`, function () {
  this.timeout(3 * MINUTE);
  const tiny = NO_ENGINE ? undefined : new Tiny();
  let stack: EngineStack;

  before(async function () {
    if (!tiny) return this.skip();
    stack = await tiny.open("one", { TINY_COUNT: "30" });
    assertDone(await stack.create("passphrase"));
  });

  after(() => tiny?.dispose());

  it("say of every resource that is made that it was begun and that it is done", async () => {
    const events: EngineEvent[] = [];
    assertDone(await stack.run("up", { onEvent: (event) => events.push(event) }));
    const phases = events.flatMap((event) => translate(event, false) ?? []).filter((event) => event.kind === "resource");
    const { resources } = await stateOf(stack);
    for (const phase of ["started", "done"]) {
      const told = phases.filter((event) => event.phase === phase).map(({ urn }) => urn);
      assert.deepEqual(told.sort(), resources.map(({ urn }) => urn).sort(), phase);
    }
    const summaries = events.flatMap(({ summaryEvent }) => summaryEvent ?? []);
    assert.deepEqual(
      summaries.map(({ resourceChanges }) => Object.keys(resourceChanges ?? {})),
      [["create"]],
    );
    assertDone(await stack.run("destroy"));
  });

  it("never hold a value of a resource", async () => {
    const told: unknown[] = [];
    assertDone(await stack.run("up", { onEvent: (event) => told.push(translate(event, false)) }));
    const password = (await stack.command("stack", "output", "first", "--show-secrets", "--stack", "one")).stdout.trim();
    assert.ok(password.length > 3, password);
    assert.ok(!JSON.stringify(told).includes(password));
    assertDone(await stack.run("destroy"));
  });

  it("are not lost when the engine is killed: what the state has, was told", async () => {
    const events: EngineEvent[] = [];
    let killed = false;
    const run = await stack.run("up", {
      onEvent: (event) => {
        events.push(event);
        if (killed || donePasswords(events).length < 5) return;
        killed = true;
        signalEngine("SIGKILL");
      },
    });
    const failure = failureOf({ environment: "one", run });
    assert.ok(failure instanceof EngineKilled, failure.message);
    assert.ok(!events.some(({ summaryEvent }) => summaryEvent));
    await stack.command("cancel", "--yes", "--stack", "one");
    const { resources, pending_operations: pending } = await stateOf(stack);
    const begun = new Set(events.flatMap(({ resourcePreEvent: event }) => (event ? [event.metadata.urn] : [])));
    assert.ok(resources.length > 5);
    for (const { urn } of resources) assert.ok(begun.has(urn), urn);
    for (const { resource } of pending) assert.ok(begun.has(resource.urn), resource.urn);
    assertDone(await stack.run("destroy"));
  });

  it("end in good order when somebody stops it: the state has what was done, and nothing stays locked", async () => {
    const events: EngineEvent[] = [];
    const stop = new AbortController();
    const run = await stack.run("up", {
      signal: stop.signal,
      onEvent: (event) => {
        events.push(event);
        if (donePasswords(events).length === 3) stop.abort();
      },
    });
    const failure = failureOf({ environment: "one", run, stopped: stop.signal.aborted });
    assert.ok(failure instanceof Stopped, failure.message);
    const { resources, pending_operations: pending } = await stateOf(stack);
    const begun = new Set(events.flatMap(({ resourcePreEvent: event }) => (event ? [event.metadata.urn] : [])));
    for (const { resource } of pending) assert.ok(begun.has(resource.urn), resource.urn);
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("random:")).map(({ urn }) => urn),
      donePasswords(events),
    );
    assertDone(await stack.run("destroy"));
  });
});
