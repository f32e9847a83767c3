import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlreadyExistsError, Cloud } from "../../../automation/rehearse/cloud";
import { Lifecycle } from "../../../automation/rehearse/lifecycle";
import { autonameOf } from "../../../facts/kubernetes-autonaming";
import { UNKNOWN } from "../../../plan/graph";

const LOCATION = { region: "eu-west-1", accountId: "111122223333", defaultTags: { "pulumi:stack": "dev" } };
const TOPIC = "urn:pulumi:dev::strata::strata:visibility:AlarmTopic$aws:sns/topic:Topic::alarms";
const NAMESPACE = "urn:pulumi:dev::strata::kubernetes:core/v1:Namespace::svc-a";
const CONFIG_MAP = "urn:pulumi:dev::strata::kubernetes:core/v1:ConfigMap::files";
const POLICY = "urn:pulumi:dev::strata::aws:s3/bucketPolicy:BucketPolicy::logs";

describe("the life of a simulated resource", () => {
  let folder: string;
  let cloud: Cloud;
  let lifecycle: Lifecycle;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-cloud-"));
    cloud = new Cloud(folder);
    lifecycle = new Lifecycle(cloud, LOCATION);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("begins with an ARN of its account and region, and what was asked for", () => {
    const { id, outputs } = lifecycle.create(TOPIC, { displayName: "Alarms" });
    assert.match(id, /^arn:aws:sns:eu-west-1:111122223333:alarms-[0-9a-f]{7}$/);
    assert.equal(outputs["displayName"], "Alarms");
    assert.deepEqual(cloud.list(), [{ type: "aws:sns/topic:Topic", id, urn: TOPIC, inputs: { displayName: "Alarms" }, outputs }]);
  });

  it("has the tags of its provider beside its own, if it takes any", () => {
    assert.deepEqual(lifecycle.create(TOPIC, { tags: { owner: "sre" } }).outputs["tagsAll"], { "pulumi:stack": "dev", owner: "sre" });
    assert.equal("tagsAll" in lifecycle.create(POLICY, { bucket: "logs" }).outputs, false);
  });

  it("is named before it exists, the same at every try, and keeps its name", () => {
    const checked = lifecycle.check(TOPIC, { displayName: "Alarms" });
    assert.match(String(checked["name"]), /^alarms-[0-9a-f]{7}$/);
    assert.deepEqual(checked["__defaults"], ["name"]);
    assert.deepEqual(lifecycle.check(TOPIC, { displayName: "Alarms" }), checked);
    assert.equal(lifecycle.create(TOPIC, checked).outputs["name"], checked["name"]);
    assert.deepEqual(lifecycle.check(TOPIC, { displayName: "Pages" }, checked), { ...checked, displayName: "Pages" });
    assert.deepEqual(lifecycle.check(TOPIC, { name: "pages" }, checked), { name: "pages" });
  });

  it("is named anew beside one that has its name already", () => {
    const first = lifecycle.check(TOPIC, {});
    lifecycle.create(TOPIC, first);
    const second = lifecycle.check(TOPIC, {});
    assert.notEqual(second["name"], first["name"]);
    assert.equal(lifecycle.create(TOPIC, second).outputs["name"], second["name"]);
  });

  it("has, as an object of Kubernetes without a name, one that is made up and noted before it exists, and another for its replacement", () => {
    const asked = { data: { a: "1" }, metadata: { namespace: "shop" } };
    const checked = lifecycle.check(CONFIG_MAP, asked);
    const name = autonameOf(checked) ?? "";
    assert.match(name, /^files-[0-9a-f]{8}$/);
    assert.deepEqual(lifecycle.check(CONFIG_MAP, asked), checked);
    assert.deepEqual(lifecycle.check(CONFIG_MAP, { ...asked, data: { a: "2" } }, checked), { ...checked, data: { a: "2" } });
    assert.deepEqual(lifecycle.check(CONFIG_MAP, { metadata: { name: "own" } }, checked), { metadata: { name: "own" } });
    assert.equal(lifecycle.create(CONFIG_MAP, checked).id, `shop/${name}`);
    // A killed update had made it: under the name that was recorded it is applied over, and there is still one.
    assert.equal(lifecycle.create(CONFIG_MAP, checked).id, `shop/${name}`);
    assert.equal(cloud.list().length, 1);
    const second = lifecycle.check(CONFIG_MAP, asked);
    assert.notEqual(autonameOf(second), name);
    lifecycle.create(CONFIG_MAP, second);
    assert.equal(cloud.list().length, 2);
  });

  it("is made in the region that the resource names itself", () => {
    assert.match(lifecycle.create(TOPIC, { region: "us-east-1" }).id, /^arn:aws:sns:us-east-1:/);
  });

  it("is seen by another process that shares the folder", () => {
    const { id, outputs } = lifecycle.create(TOPIC, {});
    assert.deepEqual(new Lifecycle(new Cloud(folder), LOCATION).read(TOPIC, { id, inputs: {}, outputs: {} })?.outputs, outputs);
  });

  it("is known in a preview but for what only its creation tells, and is not made by it", () => {
    assert.deepEqual(lifecycle.previewCreate(TOPIC, { displayName: "Alarms" }), {
      displayName: "Alarms",
      name: UNKNOWN,
      arn: UNKNOWN,
      tagsAll: UNKNOWN,
    });
    assert.deepEqual(cloud.list(), []);
  });

  it("changes with an update, and keeps its id and what does not follow from the change", () => {
    const { id, outputs } = lifecycle.create(TOPIC, { displayName: "Alarms" });
    const updated = lifecycle.update(TOPIC, id, { displayName: "Pages" });
    assert.deepEqual(updated, { ...outputs, displayName: "Pages" });
    assert.deepEqual(cloud.read({ type: "aws:sns/topic:Topic", id })?.inputs, { displayName: "Pages" });
  });

  it("loses in a preview of an update only what the change moves", () => {
    const { id, outputs } = lifecycle.create(TOPIC, { displayName: "Alarms" });
    const preview = (news: Record<string, string>) => lifecycle.previewUpdate(TOPIC, id, outputs, news, { displayName: "Alarms" });
    assert.deepEqual(preview({ displayName: "Pages" }), { ...outputs, displayName: "Pages" });
    assert.equal(preview({ name: "pages" })["arn"], UNKNOWN);
    assert.equal("displayName" in preview({}), false);
  });

  it("cannot be updated once it is gone", () => {
    const { id } = lifecycle.create(TOPIC, {});
    lifecycle.delete(TOPIC, id);
    assert.throws(() => lifecycle.update(TOPIC, id, {}), /does not exist any more/);
  });

  it("ends with its deletion, which may come twice", () => {
    const { id } = lifecycle.create(TOPIC, {});
    lifecycle.delete(TOPIC, id);
    lifecycle.delete(TOPIC, id);
    assert.equal(lifecycle.read(TOPIC, { id, inputs: {}, outputs: {} }), undefined);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("ends with the cluster that keeps it, if it is a Kubernetes object", () => {
    const endpoints = ["one", "two"].map((name) => {
      const urn = `urn:pulumi:dev::strata::aws:eks/cluster:Cluster::${name}`;
      const { id, outputs } = lifecycle.create(urn, {});
      return { urn, id, server: String(outputs["endpoint"]) };
    });
    for (const { server } of endpoints) new Lifecycle(cloud, { ...LOCATION, server }).create(NAMESPACE, { metadata: { name: "svc-a" } });
    const [first, second] = endpoints;
    assert.ok(first && second);
    lifecycle.delete(first.urn, first.id);
    assert.deepEqual(
      cloud
        .list()
        .map(({ urn, server }) => [urn, server])
        .sort(),
      [
        [NAMESPACE, second.server],
        [second.urn, undefined],
      ].sort(),
    );
    assert.equal(
      new Lifecycle(cloud, { ...LOCATION, server: first.server }).read(NAMESPACE, { id: "svc-a", inputs: {}, outputs: {} }),
      undefined,
    );
  });

  it("leaves nothing in the cloud if it exists only in the state, such as a password or an invocation", () => {
    for (const type of ["random:index/randomPassword:RandomPassword", "aws:lambda/invocation:Invocation"]) {
      const [one, two] = ["one", "two"].map((name) => `urn:pulumi:dev::strata::${type}::${name}`);
      assert.ok(one && two);
      const { id, outputs } = lifecycle.create(one, { length: 32 });
      lifecycle.create(two, { length: 32 });
      assert.equal(lifecycle.update(one, id, { length: 40 })["length"], 40);
      assert.deepEqual(lifecycle.read(one, { id, inputs: { length: 32 }, outputs })?.outputs, outputs);
      lifecycle.delete(one, id);
    }
    assert.deepEqual(cloud.list(), []);
  });

  it("gives a second one beside the first an id of its own, as a replacement or a forgotten creation has", () => {
    const first = lifecycle.create(TOPIC, {});
    const second = lifecycle.create(TOPIC, {});
    assert.notEqual(first.id, second.id);
    assert.equal(cloud.list().length, 2);
    assert.equal(lifecycle.update(TOPIC, second.id, { displayName: "x" })["arn"], second.id);
  });

  it("has another revision under its name when a task definition is replaced, and the old one goes without the new", () => {
    const urn = "urn:pulumi:dev::strata::aws:ecs/taskDefinition:TaskDefinition::orders";
    const first = lifecycle.create(urn, { family: "dev-orders", cpu: "256" });
    const second = lifecycle.create(urn, { family: "dev-orders", cpu: "512" });
    assert.equal(second.id, first.id);
    assert.match(String(first.outputs["arn"]), /task-definition\/dev-orders:1$/);
    assert.match(String(second.outputs["arn"]), /task-definition\/dev-orders:2$/);
    lifecycle.delete(urn, first.id, first.outputs);
    assert.equal(lifecycle.read(urn, { id: second.id, inputs: {}, outputs: {} })?.outputs["cpu"], "512");
    lifecycle.delete(urn, second.id, second.outputs);
    assert.deepEqual(cloud.list(), []);
  });

  it("refuses two resources of one type with one id, and names who was first", () => {
    const inputs = { bucket: "logs", policy: "{}" };
    lifecycle.create(POLICY, inputs);
    assert.throws(
      () => lifecycle.create(POLICY.replace(/logs$/, "other"), inputs),
      (error) => error instanceof AlreadyExistsError && error.message.includes(`made by ${POLICY}`),
    );
    assert.throws(() => lifecycle.create(POLICY, inputs), AlreadyExistsError);
    assert.equal(cloud.list().length, 1);
    assert.equal(readdirSync(folder).length, 1);
  });

  it("is put over what a killed update left of it, where the provider applies, and not over what is another's", () => {
    const inputs = { metadata: { name: "svc-a" } };
    const { id } = lifecycle.create(NAMESPACE, inputs);
    assert.equal(lifecycle.create(NAMESPACE, { metadata: { name: "svc-a", labels: { owner: "a" } } }).id, id);
    assert.deepEqual(
      cloud.list().map(({ inputs: { metadata } }) => metadata),
      [{ name: "svc-a", labels: { owner: "a" } }],
    );
    assert.throws(() => lifecycle.create(NAMESPACE.replace(/svc-a$/, "other"), inputs), AlreadyExistsError);
  });
});
