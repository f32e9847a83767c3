import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Readable } from "node:stream";
import { Cloud, CLOUD_VARIABLE } from "../../../automation/rehearse/cloud";
import { fromStruct, toStruct } from "../../../automation/rehearse/protocol";
import { type Properties } from "../../../plan/graph";
import { ROOT } from "../../harness";

const PLUGINS = join(ROOT, "automation/rehearse/plugins");
const URN = "urn:pulumi:dev::strata::aws:sns/topic:Topic::alarms";

type Callback<Response> = (error: Error | null, response: Response) => void;

function asked<Response>(call: (callback: Callback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
}

describe("a simulated provider as a plugin", () => {
  let folder: string;
  let plugin: ChildProcessByStdio<null, Readable, null>;
  let client: ResourceProviderClient;
  let printed = "";

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "strata-cloud-"));
    plugin = spawn(join(PLUGINS, "pulumi-resource-aws"), ["127.0.0.1:1"], {
      env: { ...process.env, [CLOUD_VARIABLE]: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    plugin.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    await once(plugin.stdout, "data");
    client = new ResourceProviderClient(`127.0.0.1:${printed.trim()}`, grpc.credentials.createInsecure());
  });

  after(() => {
    client.close();
    plugin.kill();
    rmSync(folder, { recursive: true });
  });

  function configure(config: Properties): Promise<proto.ConfigureResponse> {
    return asked((callback) => client.configure(new proto.ConfigureRequest().setArgs(toStruct(config)), callback));
  }

  it("prints its port and nothing else", () => {
    assert.match(printed, /^\d+\n$/);
  });

  it("takes plain values only, and answers previews", async () => {
    const answer = await configure({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' });
    assert.equal(answer.getSupportspreview(), true);
    assert.equal(answer.getAcceptresources(), false);
    assert.equal(answer.getAcceptsecrets(), false);
    assert.equal(answer.getAcceptoutputs(), false);
  });

  it("makes resources in the account and region it is configured with", async () => {
    await configure({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' });
    const created = await asked<proto.CreateResponse>((callback) =>
      client.create(new proto.CreateRequest().setUrn(URN).setProperties(toStruct({ displayName: "Alarms" })), callback),
    );
    assert.match(created.getId(), /^arn:aws:sns:eu-west-1:111122223333:/);
    assert.equal(new Cloud(folder).read({ type: "aws:sns/topic:Topic", id: created.getId() })?.urn, URN);
    const read = await asked<proto.ReadResponse>((callback) =>
      client.read(new proto.ReadRequest().setUrn(URN).setId(created.getId()), callback),
    );
    assert.deepEqual(fromStruct(read.getInputs()), { displayName: "Alarms" });
  });

  it("answers with an empty id for a resource that is not there", async () => {
    const read = await asked<proto.ReadResponse>((callback) => client.read(new proto.ReadRequest().setUrn(URN).setId("gone"), callback));
    assert.equal(read.getId(), "");
  });

  it("says who the caller is, and refuses a function that it does not know by name", async () => {
    await configure({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' });
    const invoke = (token: string) =>
      asked<proto.InvokeResponse>((callback) => client.invoke(new proto.InvokeRequest().setTok(token), callback));
    const caller = await invoke("aws:index/getCallerIdentity:getCallerIdentity");
    assert.equal(fromStruct(caller.getReturn())["accountId"], "111122223333");
    await assert.rejects(invoke("aws:ec2/getAmi:getAmi"), /aws:ec2\/getAmi:getAmi: the simulated cloud does not answer this/);
  });
});
