import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { AwsClient } from "aws4fetch";
import assert from "node:assert/strict";
import { LockedByAnother } from "../../automation/errors";
import { type PlatformEvent } from "../../automation/events/events";
import { findEngine } from "../../automation/rehearse/engine";
import { initialize } from "../../automation/setup/init";
import { type Moto, withMoto } from "../services/moto";
import { signalEngine } from "./kill";
import { NotesPlatform } from "./notes-platform";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;
const BUCKET = "states";
const FOLDER = "team/.pulumi";
const STATE = `${FOLDER}/stacks/strata/dev.json`;
const LOCKS = `${FOLDER}/locks/organization/strata/dev/`;

/** Makes a key with an alias. */
async function makeKey({ url, client: { credentials, region } }: Moto, alias: string): Promise<void> {
  const kms = new AwsClient({ ...credentials, region, service: "kms" });
  const ask = async (action: string, body: object): Promise<string> => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `TrentService.${action}` };
    const response = await kms.fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await response.text();
    assert.ok(response.ok, text);
    return text;
  };
  const { KeyMetadata: made } = JSON.parse(await ask("CreateKey", {})) as { readonly KeyMetadata: { readonly KeyId: string } };
  await ask("CreateAlias", { AliasName: alias, TargetKeyId: made.KeyId });
}

describe(`a back end in S3 with a key of KMS on the real engine${skipped}`, function () {
  this.timeout(10 * MINUTE);
  before(function () {
    if (skipped) this.skip();
  });
  const moto = withMoto();
  let s3: S3Client;
  let small: NotesPlatform;

  before(async () => {
    s3 = new S3Client({ ...moto().client, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    // Credentials are the engine's alone: this process has none of its own.
    small = new NotesPlatform({
      PULUMI_BACKEND_URL: undefined,
      PULUMI_CONFIG_PASSPHRASE: undefined,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
    });
    await makeKey(moto(), "alias/strata");
    const query = `region=us-east-1&endpoint=${encodeURIComponent(moto().url)}`;
    const { done } = await initialize(small.platform, "dev", {
      backend: `s3://${BUCKET}/team?${query}&s3ForcePathStyle=true`,
      secretsProvider: `awskms://alias/strata?${query}`,
    });
    assert.equal(done.at(-1), "Pulumi.dev.yaml: secretsprovider, encryptedkey written");
  });

  after(() => small?.dispose());

  async function keys(): Promise<string[]> {
    const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    return objects.map(({ Key: key = "" }) => key);
  }

  const locks = async (): Promise<string[]> => (await keys()).filter((key) => key.startsWith(LOCKS));

  it("holds the state, whose secrets the key encrypts", async () => {
    await small.platform.up("dev");
    assert.ok((await keys()).includes(STATE), (await keys()).join("\n"));
    const object = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: STATE }));
    const text = (await object.Body?.transformToString()) ?? "";
    for (const { urn } of small.cloud.list()) assert.ok(text.includes(JSON.stringify(urn)), urn);
    assert.equal(
      (JSON.parse(text) as { checkpoint: { latest: { secrets_providers: { type: string } } } }).checkpoint.latest.secrets_providers.type,
      "cloud",
    );
    assert.deepEqual((await small.platform.outputs("dev"))["region"], { value: "us-east-1", secret: false });
    assert.equal((await small.platform.history("dev")).length, 1);
  });

  it("locks with an object of the stack, tells the second who is at work, and has none left when the first is through", async () => {
    let second: Promise<unknown> | undefined;
    const refresh = small.platform.refresh("dev", {
      onEvent: ({ kind }) => {
        if (second || kind !== "resource") return;
        // Held until the second has its answer, so that it is still at work then.
        signalEngine("SIGSTOP");
        second = small.platform
          .refresh("dev")
          .then(
            () => "was let in",
            (error: unknown) => error,
          )
          .finally(() => signalEngine("SIGCONT"));
      },
    });
    await refresh;
    const error = await second;
    assert.ok(error instanceof LockedByAnother, String(error));
    assert.match(error.message, /\(pid \d+\)/);
    assert.deepEqual(await locks(), []);
  });

  it("is freed of the lock of an engine that was killed by the next operation, which goes on", async () => {
    let killed = false;
    const refresh = small.platform.refresh("dev", {
      onEvent: ({ kind }) => {
        if (killed || kind !== "resource") return;
        killed = true;
        signalEngine("SIGKILL");
      },
    });
    await assert.rejects(refresh, { name: "EngineKilled" });
    assert.equal((await locks()).length, 1);
    const events: PlatformEvent[] = [];
    await small.platform.up("dev", { onEvent: (event) => events.push(event) });
    assert.match(JSON.stringify(events), /released the lock of [^"]*its owner is gone/);
    assert.deepEqual(await locks(), []);
  });

  it("keeps the empty stack after a destroy", async () => {
    await small.platform.destroy("dev");
    const environments = await small.platform.environments();
    assert.deepEqual(
      environments.flatMap(({ name, resources }) => (name === "dev" ? [resources] : [])),
      [0],
    );
  });
});
