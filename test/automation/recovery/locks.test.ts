import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { LockedByAnother } from "../../../automation/errors";
import { type Lock, ownerState, processState } from "../../../automation/recovery/lock-owner";
import { FileLocks, type LockStore, S3Locks } from "../../../automation/recovery/lock-store";
import { releaseDead } from "../../../automation/recovery/locks";
import { type RecoveryStep } from "../../../automation/recovery/state";
import { withMoto } from "../../services/moto";

const STACK = { project: "strata", stack: "dev" };
const FOLDER = ".pulumi/locks/organization/strata/dev";

function lock(more: Partial<Lock> = {}): Lock {
  return { id: "a-lock", pid: process.pid, username: "ana", hostname: hostname(), timestamp: new Date().toISOString(), ...more };
}

/** The number of a process that was there, and is gone. */
function deadPid(): number {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return pid;
}

describe("the owner of a lock", () => {
  it("works while its process runs", () => {
    assert.equal(ownerState(lock()), "working");
  });

  it("is gone when its process is", () => {
    assert.equal(ownerState(lock({ pid: deadPid() })), "gone");
  });

  it("is gone when its number is that of a process that started later", () => {
    const started = processState(process.pid)?.started;
    assert.ok(started !== undefined);
    assert.equal(ownerState(lock({ timestamp: new Date(started - 60_000).toISOString() })), "gone");
  });

  it("is gone when nothing is left of it but its exit code", () => {
    assert.equal(
      ownerState(lock(), () => ({ zombie: true, started: 0 })),
      "gone",
    );
  });

  it("works when the system does not say since when its process runs", () => {
    assert.equal(
      ownerState(lock(), () => ({ zombie: false })),
      "working",
    );
  });

  it("is not known on another machine, nor where every machine has the same name", () => {
    assert.equal(ownerState(lock({ hostname: "another", pid: deadPid() })), "unknown");
    assert.equal(ownerState(lock({ hostname: "localhost", pid: deadPid() }), processState, "localhost"), "unknown");
  });

  it("works when it belongs to another user", () => {
    assert.equal(processState(1)?.zombie, false);
  });
});

/** What holds of the locks of every back end of files. */
function behaves(store: () => LockStore, put: (lock: Lock) => Promise<void>): void {
  let steps: RecoveryStep[];
  beforeEach(() => (steps = []));
  const release = (breakLock?: string): Promise<void> =>
    releaseDead("dev", store(), (step) => steps.push(step), { ...(breakLock !== undefined && { breakLock }) });

  it("has none where nobody ever worked", async () => {
    assert.deepEqual(await store().list(), []);
    await release();
    assert.deepEqual(steps, []);
  });

  it("releases that of a dead owner, and says so", async () => {
    await put(lock({ id: "dead", pid: deadPid() }));
    await release();
    assert.deepEqual(await store().list(), []);
    assert.deepEqual(
      steps.map(({ action }) => action),
      ["lock-released"],
    );
  });

  it("leaves that of a living owner, and says who and since when", async () => {
    await put(lock({ id: "living", timestamp: "2026-11-26T10:00:00Z", pid: 1, hostname: "elsewhere" }));
    await put(lock({ id: "dead", pid: deadPid() }));
    await assert.rejects(release(), (error) => {
      assert.ok(error instanceof LockedByAnother);
      assert.deepEqual(error.holders, [{ who: "ana@elsewhere (pid 1)", since: "2026-11-26T10:00:00Z", lock: "living" }]);
      assert.match(error.message, /ana@elsewhere \(pid 1\) since 2026-11-26T10:00:00Z/);
      return true;
    });
    assert.deepEqual(
      (await store().list()).map(({ id }) => id),
      ["living"],
    );
  });

  it("takes one by force only by its id", async () => {
    await assert.rejects(release("another"), /--break-lock another: dev has no such lock; there is living/);
    await release("living");
    assert.deepEqual(await store().list(), []);
  });
}

describe("locks in a folder", () => {
  const state = mkdtempSync(join(tmpdir(), "strata-locks-"));
  after(() => rmSync(state, { recursive: true }));
  behaves(
    () => new FileLocks(state, STACK),
    (one) => {
      mkdirSync(join(state, FOLDER), { recursive: true });
      writeFileSync(join(state, FOLDER, `${one.id}.json`), JSON.stringify(one));
      return Promise.resolve();
    },
  );

  it("mends what a killed write left beside a state, and touches no state", async () => {
    const folder = join(state, ".pulumi/stacks/strata");
    mkdirSync(folder, { recursive: true });
    const files = { "dev.json": "{}", "dev.json.attrs": "", "dev.json.bak.attrs": "{}", "prod.json.attrs": "" };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const steps: RecoveryStep[] = [];
    await releaseDead("dev", new FileLocks(state, STACK), (step) => steps.push(step));
    assert.deepEqual(readdirSync(folder).sort(), ["dev.json", "dev.json.bak.attrs", "prod.json.attrs"]);
    assert.deepEqual(
      steps.map(({ action }) => action),
      ["mended"],
    );
  });

  it("takes away a lock that a full disk left half written, which the engine would take for one for good", async () => {
    const steps: RecoveryStep[] = [];
    const folder = join(state, FOLDER);
    for (const name of ["a.json.18ebad30193e05bd.tmp", "a.json.attrs", "notes.txt"]) writeFileSync(join(folder, name), "");
    await releaseDead("dev", new FileLocks(state, STACK), (step) => steps.push(step));
    assert.deepEqual(readdirSync(folder), ["notes.txt"]);
    assert.deepEqual(
      steps.map(({ action }) => action),
      ["mended", "mended"],
    );
  });

  it("leaves everything else there", () => {
    writeFileSync(join(state, FOLDER, "notes.txt"), "");
    assert.deepEqual(readdirSync(join(state, FOLDER)), ["notes.txt"]);
  });
});

describe("locks in S3", () => {
  const moto = withMoto();
  let client: S3Client;
  before(async () => {
    client = new S3Client({ ...moto().client, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: "states" }));
  });
  behaves(
    () => new S3Locks(client, { bucket: "states", prefix: "/platform/" }, STACK),
    async (one) => {
      const key = `platform/${FOLDER}/${one.id}.json`;
      await client.send(new PutObjectCommand({ Bucket: "states", Key: key, Body: JSON.stringify(one) }));
    },
  );
});

describe("a process", () => {
  it("is seen from its start to its end", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"]);
    await once(child, "spawn");
    assert.equal(processState(child.pid ?? 0)?.zombie, false);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(processState(child.pid ?? 0), undefined);
  });
});
