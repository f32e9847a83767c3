import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { WouldReplaceState } from "../../automation/errors";
import { type EventOf, type PlatformEvent } from "../../automation/events/events";
import { findEngine } from "../../automation/rehearse/engine";
import { initialize } from "../../automation/setup/init";
import { nameOf, typeOf } from "../../plan/urn";
import { NotesPlatform } from "./notes-platform";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;
const TABLE = "aws:dynamodb/table:Table";
const BUCKET = "aws:s3/bucket:Bucket";

/** A service with a table, whose key can change, and perhaps a bucket. */
function describeService(notes: NotesPlatform, key: string, hasBucket: boolean): void {
  const text = `name: notes
summary: Keeps notes
run: { handler: handler.ts, runtime: nodejs22.x }
demand: { average: 1/min, peak: 1/s, shape: spiky, duration: 50ms, memory: 128MiB, start: 200ms }
needs:
  - { table: notes, access: write, partitionKey: { name: ${key} } }
${hasBucket ? "  - { bucket: drawings, access: write }\n" : ""}`;
  writeFileSync(join(notes.workspace.project, "services/notes/service.yaml"), text);
}

describe(`the guard of a small platform on the real engine${skipped}`, function () {
  this.timeout(20 * MINUTE);
  let notes: NotesPlatform;
  let contents: string[];
  let events: EventOf<"guard">[];

  const inCloud = (): string[] =>
    notes.cloud
      .list()
      .map((resource) => JSON.stringify(resource))
      .sort();

  /** What stops an update; fails when nothing does. */
  async function refused(allowReplace: readonly string[] = []): Promise<WouldReplaceState> {
    events = [];
    const onEvent = (event: PlatformEvent): void => void (event.kind === "guard" && events.push(event));
    const error: unknown = await notes.platform.up("dev", { allowReplace, onEvent }).then(
      () => assert.fail("nothing stopped it"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof WouldReplaceState, String(error));
    return error;
  }

  before(async function () {
    if (skipped) return this.skip();
    notes = new NotesPlatform();
    describeService(notes, "id", true);
    await initialize(notes.platform, "dev", { secretsProvider: "passphrase" });
    await notes.platform.up("dev");
    contents = inCloud();
    describeService(notes, "title", false);
  });

  after(() => notes?.dispose());

  it("stops an update that gives a table another key and takes a bucket away, with nothing done", async () => {
    const { message } = await refused();
    const stopping = events.filter(({ stops }) => stops).map(({ finding, urn = "" }) => `${finding} ${typeOf(urn)} ${nameOf(urn)}`);
    assert.ok(
      stopping.some((line) => line.startsWith(`replaces ${TABLE} notes`)),
      stopping.join("\n"),
    );
    assert.ok(
      stopping.some((line) => line.startsWith(`deletes ${BUCKET} drawings`)),
      stopping.join("\n"),
    );
    assert.ok(!events.some(({ urn = "" }) => typeOf(urn).startsWith("strata:")), "components hold nothing");
    for (const { urn = "", stops } of events) if (stops) assert.ok(message.includes(`--allow-replace '${urn}'`), urn);
    assert.ok(message.includes('hashKey: "id" → "title"'), message);
    assert.deepEqual(inCloud(), contents);
  });

  it("stops it still when all but one are named, and names that one", async () => {
    const [last = "", ...others] = events.flatMap(({ urn }) => urn ?? []);
    const { findings } = await refused(others);
    assert.deepEqual(
      findings.map(({ urn }) => urn),
      [last],
    );
    assert.deepEqual(inCloud(), contents);
  });
});
