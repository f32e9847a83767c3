import assert from "node:assert/strict";
import { failureOf } from "../../../automation/engine/failure";
import { LockedByAnother, UpdateFailed } from "../../../automation/errors";

function failure(stderr: string, more: Partial<Parameters<typeof failureOf>[0]> = {}) {
  return failureOf({ environment: "dev", run: { exitCode: 255, stdout: "", stderr }, ...more });
}

/** What pulumi 3.260 was seen to say (2026-11-26), and what that is. */
const SAID: Readonly<Record<string, string>> = {
  "error: getting stack configuration: get stack secrets manager: incorrect passphrase": "WrongPassphrase",
  "error: getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables":
    "WrongPassphrase",
  "error: no stack named 'dev' found": "UnknownEnvironment",
  'error: unable to open state directory "file:///nowhere": stat /nowhere: no such file or directory': "BackEndUnreachable",
  'error: performing HTTP request: Get "http://127.0.0.1:1/api/user": dial tcp 127.0.0.1:1: connect: connection refused':
    "BackEndUnreachable",
  "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions": "CredentialsExpired",
  "error: failed to load checkpoint: place 1: unexpected end of JSON input": "StateCorrupted",
  "error: The Pulumi CLI encountered a snapshot integrity error. This is a bug!": "StateCorrupted",
  "error: write /states/.pulumi/stacks/strata/dev.json: no space left on device": "DiskFull",
  "error: something that nobody has seen": "UpdateFailed",
};

describe("what the engine says of its failure", () => {
  for (const [text, name] of Object.entries(SAID))
    it(`"${text.slice(0, 90)}" is ${name}`, () => {
      const error = failure(text);
      assert.equal(error.name, name);
      assert.ok(!error.message.includes("error:"), error.message);
    });

  it("names who holds the lock, and since when", () => {
    const lock = "file:///states/.pulumi/locks/organization/strata/dev/1c3b.json: created by ana@ci-7 (pid 4711) at 2026-11-26T10:00:00Z";
    const error = failure(`error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end\n  ${lock}\n`);
    assert.ok(error instanceof LockedByAnother);
    assert.deepEqual(error.holders, [
      { who: "ana@ci-7 (pid 4711)", since: "2026-11-26T10:00:00Z", lock: "file:///states/.pulumi/locks/organization/strata/dev/1c3b.json" },
    ]);
    assert.match(error.message, /^dev: is being changed by ana@ci-7 \(pid 4711\) since 2026-11-26T10:00:00Z/);
  });

  it("does not take what a provider says of a resource for the back end's, but expired credentials wherever they are", () => {
    const failed = [{ urn: "urn:pulumi:dev::strata::kubernetes:core/v1:Namespace::a", op: "create", message: "connection refused" }];
    const error = failure("error: update failed", { errors: ["dial tcp 10.0.0.1:443: connect: connection refused"], failed });
    assert.ok(error instanceof UpdateFailed);
    assert.deepEqual(error.failed, failed);
    const expired = failure("error: update failed", {
      errors: ["api error ExpiredToken: The security token included in the request is expired"],
    });
    assert.equal(expired.name, "CredentialsExpired");
  });

  it("tells an engine that was killed from one that was stopped", () => {
    const killed = { exitCode: null, signal: "SIGKILL", stdout: "", stderr: "" };
    assert.equal(failureOf({ environment: "dev", run: killed }).name, "EngineKilled");
    assert.equal(failureOf({ environment: "dev", run: { ...killed, signal: "SIGINT" }, stopped: true }).name, "Stopped");
    assert.equal(failure("error: update cancelled").name, "Stopped");
  });
});
