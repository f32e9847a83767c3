import assert from "node:assert/strict";
import { ConfigError } from "../../../components/faults";
import { type Json, SECRET, UNKNOWN } from "../../../plan/graph";
import { readPreview } from "../../../plan/real/preview";
import { type RealResource, type RealStack } from "../../../plan/real/resource";
import { readState } from "../../../plan/real/state";
import { recorded } from "./recorded";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const URN = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::uploads";

const bucket = { urn: URN, type: "aws:s3/bucket:Bucket", custom: true, id: "uploads-1", inputs: {}, outputs: {} };

function state(resources: readonly object[], rest: object = {}): string {
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources, ...rest } });
}

function preview(steps: readonly object[], rest: object = {}): string {
  return JSON.stringify({ steps, ...rest });
}

function find({ resources }: RealStack, type: string): RealResource {
  const found = resources.find((resource) => resource.type === type);
  assert.ok(found, type);
  return found;
}

function inputs(value: Json): Json | undefined {
  return readState(state([{ ...bucket, inputs: { value } }]), "state.json").resources[0]?.inputs["value"];
}

function refuses(act: () => unknown, pattern: RegExp): void {
  assert.throws(act, (error: unknown) => error instanceof ConfigError && pattern.test(error.message));
}

describe("the state of a real stack", () => {
  it("is read whole: names, parents, providers, dependencies, inputs, outputs with ids", () => {
    const real = readState(recorded("state"), "state.json");
    assert.deepEqual([real.project, real.stack, real.resources.length, real.notes], ["shop", "dev", 42, []]);
    const service = find(real, "aws:ecs/service:Service");
    assert.equal(service.name, "web");
    assert.equal(service.parent, "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
    assert.match(service.provider ?? "", /^urn:pulumi:dev::shop::pulumi:providers:aws::default_7_48_0::/);
    assert.deepEqual(service.propertyDependencies["cluster"], ["urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::shop"]);
    assert.ok(!("desiredCount" in service.propertyDependencies));
    assert.equal(service.outputs?.["id"], service.outputs?.["arn"]);
    assert.equal(service.inputs["desiredCount"], 1);
  });

  it("gives no secret away, encrypted or not", () => {
    const { inputs: asked, outputs = {} } = find(readState(recorded("state"), "state.json"), "aws:rds/instance:Instance");
    assert.deepEqual([asked["password"], outputs["password"]], [SECRET, SECRET]);
    assert.equal(inputs({ [SIGNATURE]: SECRET_SIGNATURE, plaintext: '"hunter2"' }), SECRET);
    assert.deepEqual(inputs([{ deep: { [SIGNATURE]: SECRET_SIGNATURE, ciphertext: "v1:abc" } }]), [{ deep: SECRET }]);
    assert.equal(inputs({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "hunter2", secret: true }), SECRET);
  });

  it("reads files, references, outputs and what JSON can't hold as the plan does", () => {
    const text = inputs({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "hello", hash: "1" });
    assert.deepEqual(text, { bytes: 5, sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" });
    assert.deepEqual(inputs({ [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "./function", hash: "1" }), { path: "./function" });
    assert.equal(inputs({ [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: URN, id: "uploads-1", packageVersion: "" }), "uploads-1");
    assert.equal(inputs({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "open" }), "open");
    assert.equal(inputs({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" }), UNKNOWN);
    assert.equal(inputs({ [SIGNATURE]: "803fd3297a5875dc03ca845dda5d2a98", value: "/w==" }), UNKNOWN);
    assert.equal(inputs({ [SIGNATURE]: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c", value: "7ff8000000000000" }), UNKNOWN);
  });

  it("leaves out what waits to be deleted, what is deleted already, and what others manage", () => {
    const others = [{ delete: true }, { external: true }, { pendingReplacement: true }].map((mark) => ({ ...bucket, ...mark }));
    const { resources } = readState(state([...others, bucket]), "state.json");
    assert.deepEqual(
      resources.map(({ urn }) => urn),
      [URN],
    );
  });

  it("names the line of the program, and never a file outside of the project", () => {
    const at = (position: string, ...trace: string[]) =>
      readState(
        state([{ ...bucket, sourcePosition: position, stackTrace: [{}, ...trace.map((sourcePosition) => ({ sourcePosition }))] }]),
        "x",
      ).resources[0]?.source;
    assert.deepEqual(at("project:///src/index.ts#12,3"), { file: "src/index.ts", line: 12 });
    assert.deepEqual(at("project:///node_modules/@pulumi/x.js#1,1", "project:///index.ts#7,1"), { file: "index.ts", line: 7 });
    assert.equal(at("project:///../../elsewhere/index.ts#1,1", "project:///a/node_modules/b.js#1,1"), undefined);
  });

  it("says when an update was killed, because resources may exist that it does not show", () => {
    const pending = { pending_operations: [{ type: "creating", resource: { urn: URN } }] };
    assert.match(readState(state([bucket], pending), "x").notes.join(""), /1 resources? may exist/);
  });

  it("is read in version 4 too, whose features change nothing that is read", () => {
    const { deployment } = JSON.parse(state([bucket])) as { deployment: object };
    assert.equal(readState(JSON.stringify({ version: 4, features: ["hooks"], deployment }), "x").resources.length, 1);
  });

  it("is read with the byte order mark that PowerShell writes", () => {
    assert.equal(readState(`\uFEFF${state([bucket])}`, "x").resources.length, 1);
  });

  for (const [what, text, pattern] of [
    ["an empty file", " \n", /^x: is empty; give what pulumi stack export prints$/],
    ["something else than JSON", "hello", /^x: is not JSON: .*; give what pulumi stack export prints$/],
    ["a list", "[]", /is no state of a stack/],
    ["another document", '{"a":1}', /is no state of a stack/],
    ["null", "null", /is no state of a stack/],
    ["a version of the future", '{"version":5,"deployment":{}}', /is a state of version 5; versions 3 and 4 are read/],
    ["a version of the past", '{"version":1,"deployment":{}}', /is a state of version 1; export it with a newer pulumi/],
    ["a stack without resources", '{"version":3,"deployment":{"manifest":{}}}', /has no resources/],
    ["a preview", '{"steps":[]}', /is a preview; give it with --preview/],
    ["a checkpoint", '{"version":3,"checkpoint":{}}', /is a checkpoint of a back end/],
    ["resources that are none", '{"version":3,"deployment":{"resources":[{"urn":"x"}]}}', /x: deployment\.resources\.0\.urn: is wrong/],
  ] as const)
    it(`refuses ${what}`, () => refuses(() => readState(text, "x"), pattern));

  it("names the first faults of a broken state, and how many more there are", () => {
    refuses(() => readState(state(Array.from({ length: 9 }, () => ({ urn: URN }))), "x"), /has 4 more faults of this kind/);
  });
});

describe("the preview of a real stack", () => {
  it("of a new stack has its resources without ids, with unknowns and secrets marked", () => {
    const real = readPreview(recorded("preview"), "preview.json");
    assert.deepEqual([real.project, real.stack, real.resources.length], ["shop", "dev", 39]);
    const { inputs: asked, outputs } = find(real, "aws:rds/instance:Instance");
    assert.deepEqual([asked["password"], asked["dbSubnetGroupName"], asked["engine"]], [SECRET, UNKNOWN, "postgres"]);
    assert.deepEqual(outputs, {});
  });

  it("of a stack that stays as it is has the ids of its state", () => {
    const before = readState(recorded("state"), "state.json");
    const after = readPreview(recorded("previewSame"), "preview.json");
    for (const resource of after.resources) {
      const same = before.resources.find(({ urn }) => urn === resource.urn);
      assert.deepEqual(resource.inputs, same?.inputs, resource.urn);
      assert.deepEqual(resource.outputs?.["id"], same?.outputs?.["id"], resource.urn);
    }
    assert.equal(after.resources.length, 39);
  });

  it("takes what will be there: no deletions, of a replacement the new one, of an update the new inputs with the old id", () => {
    const old = { ...bucket, inputs: { acl: "private" }, outputs: { acl: "private", arn: "arn:old" } };
    const changed = { ...bucket, id: undefined, inputs: { acl: "public-read" }, outputs: undefined };
    const only = (...steps: object[]) =>
      readPreview(preview([...steps, { op: "create", urn: `${URN}2`, newState: { ...bucket, urn: `${URN}2` } }]), "x");
    const first = (...steps: object[]) => only(...steps).resources.find(({ urn }) => urn === URN);
    const step = (op: string) => ({ op, urn: URN, oldState: old, newState: changed });
    assert.deepEqual(first(step("update"))?.outputs, { id: "uploads-1", acl: "public-read", arn: "arn:old" });
    assert.deepEqual(first(step("replace"))?.outputs, {});
    assert.equal(first({ op: "delete", urn: URN, oldState: old }), undefined);
    const replaced = [step("create-replacement"), step("replace"), { op: "delete-replaced", urn: URN, oldState: old }];
    assert.deepEqual(first(...replaced)?.inputs, { acl: "public-read" });
    assert.equal(only(...replaced).resources.length, 2);
    assert.equal(first({ op: "read", urn: URN, newState: { ...bucket, external: true } }), undefined);
  });

  it("refuses one that leaves out what stays the same: rules about the whole would come to nonsense", () => {
    const text = preview([{ op: "create", urn: URN, newState: bucket }], { changeSummary: { create: 1, same: 38 } });
    refuses(
      () => readPreview(text, "x"),
      /^x: leaves out 38 resources that stay the same; give what pulumi preview --json --show-sames prints$/,
    );
  });

  it("refuses one that failed, with the engine's own words", () => {
    const text = preview([{ op: "create", urn: URN, newState: bucket }], {
      diagnostics: [{ message: "error: no such zone\nmore", severity: "error" }],
    });
    refuses(() => readPreview(text, "x"), /is of a preview that failed: error: no such zone; judge one that went through/);
  });

  for (const [what, text, pattern] of [
    ["an empty file", "", /^x: is empty; give what pulumi preview --json --show-sames prints$/],
    ["a state", state([bucket]), /is the state of a stack; give it with --state/],
    ["another document", "{}", /is no preview/],
    ["nothing but deletions", preview([{ op: "delete", urn: URN, oldState: bucket }]), /will have no resources/],
    ["steps that are none", '{"steps":[1]}', /x: steps\.0: is wrong/],
  ] as const)
    it(`refuses ${what}`, () => refuses(() => readPreview(text, "x"), pattern));
});
