import assert from "node:assert/strict";
import { findEngine } from "../../automation/rehearse/engine";
import { EXIT } from "../../automation/exit";
import { type PlatformEvent, PlatformEvent as EventSchema } from "../../automation/events/events";
import { UpdateFailed, WouldReplaceState } from "../../automation/errors";
import { initialize } from "../../automation/setup/init";
import { type OperationOptions } from "../../automation/platform";
import { NotesPlatform } from "./notes-platform";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;
/** A provider that a component of another package works with, and the program did not ask for. */
const MADE_ITSELF = /::pulumi:providers:[^:]+::default/;
const TABLE = "aws:dynamodb/table:Table";

/** Collects the events of an operation, each as its schema has it. */
function listening(): { readonly events: PlatformEvent[]; readonly options: OperationOptions } {
  const events: PlatformEvent[] = [];
  return { events, options: { onEvent: (event) => events.push(EventSchema.parse(event)) } };
}

/** URNs that an operation told of in a phase, as far as it counts them: it does not count the providers that it makes itself. */
function counted(events: readonly PlatformEvent[], phase: string): string[] {
  return events
    .flatMap((event) => (event.kind === "resource" && event.phase === phase && !MADE_ITSELF.test(event.urn) ? [event.urn] : []))
    .sort();
}

function assertWhole(events: readonly PlatformEvent[], operation: string, outcome: string): void {
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    events.map((_, index) => index),
  );
  const [first, last] = [events[0], events.at(-1)];
  assert.ok(first?.kind === "begun" && first.operation === operation, JSON.stringify(first));
  assert.ok(last?.kind === "ended" && last.outcome === outcome, JSON.stringify(last));
}

describe(`the library on the real engine${skipped}`, function () {
  this.timeout(10 * MINUTE);
  let small: NotesPlatform;

  before(async function () {
    if (skipped) return this.skip();
    small = new NotesPlatform();
    await initialize(small.platform, "dev", { secretsProvider: "passphrase" });
  });

  after(() => small?.dispose());

  it("sets an environment up once, and has nothing to do the second time", async () => {
    assert.deepEqual((await initialize(small.platform, "dev", {})).done, []);
  });

  it("previews what it will make, and makes nothing", async () => {
    const { events, options } = listening();
    const { changes, steps } = await small.platform.preview("dev", options);
    assert.deepEqual(Object.keys(changes), ["create"]);
    assert.ok(steps.some(({ type, op }) => type === TABLE && op === "create"));
    assert.deepEqual(small.cloud.list(), []);
    assertWhole(events, "preview", "succeeded");
    assert.equal(counted(events, "planned").length, changes["create"]);
  });

  it("asks before it changes anything, and takes no for an answer", async () => {
    const { events, options } = listening();
    const refused = small.platform.up("dev", { ...options, confirm: ({ changes }) => Promise.resolve((changes["create"] ?? 0) === 0) });
    await assert.rejects(refused, { name: "NotConfirmed", exitCode: EXIT.notConfirmed });
    assert.deepEqual(small.cloud.list(), []);
    assertWhole(events, "up", "failed");
  });

  it("makes what it previewed, and tells of each resource that it was begun and is done", async () => {
    const { events, options } = listening();
    const { changes } = await small.platform.up("dev", options);
    assertWhole(events, "up", "succeeded");
    assert.equal(counted(events, "done").length, changes["create"]);
    assert.deepEqual(counted(events, "done"), counted(events, "started"));
    assert.ok(small.cloud.list().some(({ type }) => type === TABLE));
  });

  it("reads what there is: outputs, history, environments", async () => {
    const outputs = await small.platform.outputs("dev");
    assert.deepEqual(outputs["region"], { value: "us-east-1", secret: false });
    const [latest] = await small.platform.history("dev");
    assert.ok(latest?.operation === "update" && latest.result === "succeeded", JSON.stringify(latest));
    const environments = await small.platform.environments();
    assert.deepEqual(
      environments.map(({ name, stackFile, stack }) => ({ name, stackFile, stack })),
      [
        { name: "dev", stackFile: true, stack: true },
        { name: "prod", stackFile: true, stack: false },
      ],
    );
    assert.ok((environments[0]?.resources ?? 0) > 50);
  });

  it("finds no drift where nobody changed anything", async () => {
    assert.deepEqual((await small.platform.drift("dev")).drifts, []);
  });

  it("finds what was changed and what is gone, writes it into the state, and puts it right", async () => {
    const groups = small.cloud.list().filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    const topic = small.cloud.list().find(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    const [group] = groups;
    assert.ok(group && topic);
    small.cloud.write({ ...group, outputs: { ...group.outputs, retentionInDays: 3_653 } });
    small.cloud.delete(topic);
    const { drifts } = await small.platform.drift("dev");
    assert.deepEqual(
      drifts.map(({ urn, what }) => ({ urn, what })).sort((left, right) => left.what.localeCompare(right.what)),
      [
        { urn: group.urn, what: "changed" },
        { urn: topic.urn, what: "gone" },
      ],
    );
    const changed = drifts.find(({ what }) => what === "changed")?.properties;
    assert.deepEqual(
      changed?.map(({ property, cloud }) => ({ property, cloud })),
      [{ property: "retentionInDays", cloud: 3_653 }],
    );
    await small.platform.refresh("dev");
    assert.deepEqual((await small.platform.drift("dev")).drifts, []);
    await small.platform.up("dev");
    assert.ok(small.cloud.list().some(({ urn }) => urn === topic.urn));
  });

  it("adopts a resource that exists, protected until the program asks for it", async () => {
    const topic = {
      type: "aws:sns/topic:Topic",
      id: "arn:aws:sns:us-east-1:111122223333:theirs",
      urn: "theirs",
      inputs: {},
      outputs: { name: "theirs" },
    };
    small.cloud.create(topic);
    await small.platform.import("dev", { type: topic.type, name: "theirs", id: topic.id });
    const urn = `urn:pulumi:dev::strata::${topic.type}::theirs`;
    await assert.rejects(small.platform.preview("dev"), (error: unknown) => {
      assert.ok(error instanceof UpdateFailed && error.message.includes(`pulumi state unprotect '${urn}'`), String(error));
      return true;
    });
    await (await small.platform.stack("dev")).command("state", "unprotect", urn, "--yes", "--stack", "dev");
    const { steps } = await small.platform.preview("dev");
    assert.ok(steps.some(({ op, name }) => op === "delete" && name === "theirs"));
  });

  it("stops when data would be lost, names it, and goes on when somebody names it, too", async () => {
    const [before, ...others] = small.cloud.list().filter(({ type }) => type === TABLE);
    assert.ok(before && others.length === 0 && before.outputs["hashKey"] === "id", JSON.stringify(before));
    const contents = small.cloud.list();
    small.rename("id", "key");
    const { findings } = await small.platform.preview("dev");
    assert.deepEqual(
      findings.filter(({ stops }) => stops).map((finding) => [finding.kind, "urn" in finding && finding.urn]),
      [["replaces", before.urn]],
    );
    const { events, options } = listening();
    await assert.rejects(small.platform.up("dev", options), (error: unknown) => {
      assert.ok(error instanceof WouldReplaceState && error.exitCode === EXIT.wouldReplaceState, String(error));
      assert.ok(error.message.includes(before.urn) && error.message.includes("hashKey"), error.message);
      return true;
    });
    assertWhole(events, "up", "failed");
    assert.deepEqual(small.cloud.list(), contents);
    assert.equal(counted(events, "started").length, 0);
    await small.platform.up("dev", { allowReplace: [before.urn] });
    const tables = small.cloud.list().filter(({ type }) => type === TABLE);
    assert.deepEqual(
      tables.map(({ outputs }) => outputs["hashKey"]),
      ["key"],
    );
    assert.notEqual(tables[0]?.id, before.id);
    assert.equal(small.cloud.read(before), undefined);
  });

  it("keeps the stack as long as it has resources, destroys everything, and takes the empty stack out of the back end", async () => {
    await assert.rejects(small.platform.removeStack("dev"), { name: "UpdateFailed" });
    await small.platform.destroy("dev");
    assert.deepEqual(small.cloud.list(), []);
    await small.platform.removeStack("dev");
    const [dev] = await small.platform.environments();
    assert.deepEqual([dev?.name, dev?.stackFile, dev?.stack], ["dev", true, false]);
  });
});
