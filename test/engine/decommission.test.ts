import assert from "node:assert/strict";
import { EXIT } from "../../automation/exit";
import { type PlatformEvent } from "../../automation/events/events";
import { findEngine } from "../../automation/rehearse/engine";
import { readOperations } from "../../automation/rehearse/operations";
import { initialize } from "../../automation/setup/init";
import { NotesPlatform } from "./notes-platform";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;
const TABLE = "aws:dynamodb/table:Table";
const REFUSED = { name: "WouldReplaceState", exitCode: EXIT.wouldReplaceState };

describe(`taking a durable environment down on the real engine${skipped}`, function () {
  this.timeout(15 * MINUTE);
  let small: NotesPlatform;

  function table() {
    return small.cloud.list().find(({ type }) => type === TABLE);
  }

  before(async function () {
    if (skipped) return this.skip();
    small = new NotesPlatform();
    small.addEnvironment("live", (config) => {
      config["strata:environment"] = { ...config["strata:environment"], durable: true };
      config["strata:compute"] = { minimumCopies: 2, maximumCopies: 4 };
      config["strata:ingress"] = { domain: "notes.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
      config["strata:persistence"] = { backupDays: 7, auroraReaders: 1, backup: { copyTo: "us-west-2", keepDays: 30, copyDays: 30 } };
    });
    await initialize(small.platform, "live", { secretsProvider: "passphrase" });
    await small.platform.up("live");
  });

  after(() => small?.dispose());

  it("is refused as long as it is not decommissioned, also with its name said", async () => {
    const contents = small.cloud.list();
    for (const words of [{}, { destroyDurable: "live" }])
      await assert.rejects(small.platform.destroy("live", words), { ...REFUSED, message: /decommission it \(docs\/decommission\.md\)/ });
    assert.deepEqual(small.cloud.list(), contents);
    assert.equal(table()?.outputs["deletionProtectionEnabled"], true);
  });

  it("is refused when only the stack file says that it is decommissioned: an update lifts the protection", async () => {
    small.editEnvironment("live", (config) => {
      config["strata:environment"] = { ...config["strata:environment"], decommissioning: true };
    });
    await assert.rejects(small.platform.destroy("live", { destroyDurable: "live" }), {
      ...REFUSED,
      message: /strata up live, which lifts/,
    });
    assert.ok(table());
  });

  it("lifts the protection by updates in place alone, and says what it does", async () => {
    const before = small.cloud.list().map(({ type, id }) => `${type} ${id}`);
    const asked = readOperations(small.workspace.cloud).length;
    const events: PlatformEvent[] = [];
    await small.platform.up("live", { onEvent: (event) => events.push(event) });
    const actions = readOperations(small.workspace.cloud).slice(asked);
    assert.ok(actions.length > 0);
    assert.deepEqual(
      actions.filter(({ action }) => action !== "update").map(({ action, urn }) => `${action} ${urn}`),
      [],
    );
    assert.deepEqual(
      small.cloud.list().map(({ type, id }) => `${type} ${id}`),
      before,
    );
    assert.equal(table()?.outputs["deletionProtectionEnabled"], false);
    assert.ok(events.some((event) => event.kind === "diagnostic" && /live is being decommissioned/.test(event.message)));
  });

  it("wants the name said, lists what keeps data, and leaves keys, vaults and buckets", async () => {
    await assert.rejects(small.platform.destroy("live"), { ...REFUSED, message: /--destroy-durable live/ });
    assert.ok(table());
    await small.platform.destroy("live", { destroyDurable: "live" });
    assert.equal(table(), undefined);
    const types = new Set(small.cloud.list().map(({ type }) => type));
    for (const type of ["aws:kms/key:Key", "aws:backup/vault:Vault", "aws:s3/bucket:Bucket"]) assert.ok(types.has(type), type);
    const wrong = [...types].filter(
      (type) => !/^aws:(kms\/key|backup\/vault|backup\/vaultPolicy|s3\/bucket\w*|ecs\/accountSettingDefault):/.test(type),
    );
    assert.deepEqual(wrong, []);
  });
});
