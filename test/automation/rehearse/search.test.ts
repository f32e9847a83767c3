import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cloud } from "../../../automation/rehearse/cloud";
import { changeProperty, createUnmanaged, deleteBehindBack } from "../../../automation/rehearse/drift";
import { Lifecycle } from "../../../automation/rehearse/lifecycle";
import { searchCloud } from "../../../automation/rehearse/search";

const LOCATION = { region: "us-east-1", accountId: "111122223333", defaultTags: { "pulumi:stack": "dev" } };
const TOPIC = "aws:sns/topic:Topic";
const URN = `urn:pulumi:dev::strata::${TOPIC}::alarms`;

describe("a search of the simulated cloud", () => {
  let folder: string;
  let cloud: Cloud;
  let id: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-search-"));
    cloud = new Cloud(folder);
    ({ id } = new Lifecycle(cloud, LOCATION).create(URN, { name: "alarms", tags: { owner: "sre" } }, 5));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("tells what AWS would: type, id, name, tags and properties, and no URN", () => {
    const [found] = searchCloud(folder);
    assert.deepEqual(found && { type: found.type, id: found.id, name: found.name, tags: found.tags }, {
      type: TOPIC,
      id,
      name: "alarms",
      tags: { "pulumi:stack": "dev", owner: "sre" },
    });
    assert.ok(!JSON.stringify(found).includes("urn:pulumi"));
  });

  it("finds by type, name and tags, all of them together", () => {
    assert.equal(searchCloud(folder, { type: TOPIC, name: "alarms", tags: { "pulumi:stack": "dev" } }).length, 1);
    assert.deepEqual(searchCloud(folder, { type: "aws:sqs/queue:Queue" }), []);
    assert.deepEqual(searchCloud(folder, { name: "other" }), []);
    assert.deepEqual(searchCloud(folder, { tags: { "pulumi:stack": "prod" } }), []);
  });

  it("does not find what is too new, nor what is gone by itself", () => {
    assert.equal(searchCloud(folder, {}, { now: 5.4, lagSeconds: 30 }).length, 0);
    assert.equal(searchCloud(folder, {}, { now: 5.6, lagSeconds: 30 }).length, 1);
    const there = cloud.read({ type: TOPIC, id });
    assert.ok(there);
    cloud.write({ ...there, gone: 8 });
    assert.equal(searchCloud(folder, {}, { now: 7 }).length, 1);
    assert.equal(searchCloud(folder, {}, { now: 9 }).length, 0);
  });

  it("sees what somebody did by hand", () => {
    const lifecycle = new Lifecycle(cloud, LOCATION);
    const known = { id, inputs: {}, outputs: {} };
    changeProperty(cloud, { type: TOPIC, id }, "displayName", "Changed");
    assert.equal(searchCloud(folder)[0]?.properties["displayName"], "Changed");
    assert.equal(lifecycle.read(URN, known)?.inputs["displayName"], "Changed");
    createUnmanaged(cloud, TOPIC, "by-hand", { name: "by-hand", tags: { "pulumi:stack": "dev" } });
    assert.equal(searchCloud(folder, { tags: { "pulumi:stack": "dev" } }).length, 2);
    deleteBehindBack(cloud, { type: TOPIC, id });
    assert.equal(lifecycle.read(URN, known), undefined);
    assert.throws(() => deleteBehindBack(cloud, { type: TOPIC, id }), /is not in the simulated cloud/);
  });
});
