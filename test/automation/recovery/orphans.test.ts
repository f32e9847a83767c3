import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adoptOrphan, couldBecome, findOrphans, type Orphan, orphanOf } from "../../../automation/recovery/orphans";
import { SimulatedSearch } from "../../../automation/recovery/simulated-search";
import { type State, type StateResource } from "../../../automation/recovery/state";
import { Cloud, type CloudResource } from "../../../automation/rehearse/cloud";
import { type PlannedResource } from "../../../plan/graph";

const STACK = "urn:pulumi:dev::strata::pulumi:pulumi:Stack::strata-dev";
const PROVIDER = "urn:pulumi:dev::strata::pulumi:providers:aws::aws";
const TAGS = { "pulumi:project": "strata", "pulumi:stack": "dev" };
const QUEUE = "aws:sqs/queue:Queue";

function urn(name: string, stack = "dev"): string {
  return `urn:pulumi:${stack}::strata::${QUEUE}::${name}`;
}

function thing(id: string, more: Partial<CloudResource> = {}): CloudResource {
  return { type: QUEUE, id, urn: urn(id), inputs: {}, outputs: { name: id, tagsAll: TAGS }, ...more };
}

function state(...resources: StateResource[]): State {
  const roots: StateResource[] = [
    { urn: STACK, type: "pulumi:pulumi:Stack" },
    { urn: PROVIDER, type: "pulumi:providers:aws", custom: true, id: "p-1" },
  ];
  return { version: 3, deployment: { resources: [...roots, ...resources] } };
}

function planned(name: string, more: Partial<PlannedResource> = {}): PlannedResource {
  return {
    urn: urn(name),
    type: QUEUE,
    name,
    parent: STACK,
    custom: true,
    remote: false,
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    provider: `${PROVIDER}::planned`,
    inputs: { delaySeconds: 5, password: "[secret]" },
    outputs: {},
    ...more,
  };
}

describe("orphans", () => {
  const folder = mkdtempSync(join(tmpdir(), "strata-orphans-"));
  const cloud = new Cloud(join(folder, "cloud"));
  const search = new SimulatedSearch(cloud.folder);
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    for (const one of cloud.list()) cloud.delete(one);
  });

  const orphans = async (given: State): Promise<readonly Orphan[]> => findOrphans(given, search, { project: "strata", stack: "dev" });

  it("are what carries the stack's tags and is in no state", async () => {
    cloud.create(thing("known"));
    cloud.create(thing("lost"));
    cloud.create(thing("theirs", { outputs: { tagsAll: { ...TAGS, "pulumi:stack": "prod" } } }));
    const found = await orphans(state({ urn: urn("known"), type: QUEUE, custom: true, id: "known" }));
    assert.deepEqual(
      found.map(({ id }) => id),
      ["lost"],
    );
  });

  it("are not what a service of AWS made by itself", async () => {
    cloud.create(thing("task", { outputs: { tagsAll: { ...TAGS, "aws:ecs:clusterName": "containers" } } }));
    assert.deepEqual(await orphans(state()), []);
  });

  it("say whether they may hold data", async () => {
    cloud.create(thing("web", { type: "aws:ec2/securityGroup:SecurityGroup" }));
    cloud.create(thing("db", { type: "aws:rds/cluster:Cluster" }));
    const found = await orphans(state());
    assert.deepEqual(Object.fromEntries(found.map(({ id, stateful }) => [id, stateful])), { web: false, db: true });
  });

  describe("named by a person", () => {
    const queue: Orphan = { id: "arn:aws:sqs:us-east-1:1:jobs", what: "sqs", type: QUEUE, tags: {}, stateful: false };
    const database: Orphan = { id: "arn:aws:rds:us-east-1:1:cluster:db", what: "rds:cluster", tags: {}, stateful: true };

    it("are known by their id, or by the end of it", () => {
      assert.equal(orphanOf([queue, database], queue.id, true), queue);
      assert.equal(orphanOf([queue, database], "jobs", true), queue);
      assert.equal(orphanOf([queue, database], "db", false), database);
    });

    it("are deleted only by the whole id where they may hold data", () => {
      assert.throws(() => orphanOf([queue, database], "db", true), /may hold data; to delete it, say its whole id: arn:aws:rds/);
      assert.equal(orphanOf([queue, database], database.id, true), database);
    });

    it("are refused when there is none, or more than one", () => {
      assert.throws(() => orphanOf([queue], "none", true), /is no orphan of this environment/);
      assert.throws(() => orphanOf([queue, { ...queue, id: "arn:aws:sns:us-east-1:1:jobs" }], "jobs", true), /there is more than one/);
    });
  });

  it("become what the plan has of their type and name, and the state has not", () => {
    const orphan: Orphan = { id: "arn:aws:sqs:us-east-1:1:jobs-1234567", what: "sqs", type: QUEUE, tags: {}, stateful: false };
    const all = [planned("jobs"), planned("mails"), planned("known")];
    const there = state({ urn: urn("known"), type: QUEUE });
    assert.deepEqual(couldBecome(orphan, all, there), [all[0]]);
    assert.deepEqual(couldBecome({ ...orphan, id: "arn:aws:sqs:us-east-1:1:x" }, all, there), [all[0], all[1]]);
  });

  describe("that are adopted", () => {
    const orphan: Orphan = { id: "jobs-1", what: QUEUE, type: QUEUE, tags: TAGS, stateful: false };

    async function adopting(before: State, one: PlannedResource): Promise<State> {
      const written: State[] = [];
      const stack = {
        export: (): Promise<unknown> => Promise.resolve(before),
        import: (next: State): Promise<void> => Promise.resolve(void written.push(next)),
      };
      await adoptOrphan({ stack, cloud: search, keepIn: join(folder, "kept") }, orphan, one, () => undefined);
      assert.ok(written[0]);
      return written[0];
    }

    it("are in the state under the plan's URN and the state's provider, without secrets, to be read before anything else", async () => {
      const after = await adopting(state(), planned("jobs"));
      const adopted = after.deployment.resources?.find(({ id }) => id === "jobs-1");
      assert.ok(adopted);
      assert.deepEqual(
        [adopted.urn, adopted.provider, adopted.refreshBeforeUpdate, adopted.inputs],
        [urn("jobs"), `${PROVIDER}::p-1`, true, { delaySeconds: 5 }],
      );
    });

    it("wait until what they depend on is there", async () => {
      await assert.rejects(
        adopting(state(), planned("jobs", { dependencies: [urn("dead")] })),
        /needs what the state does not have: .*::dead/,
      );
    });

    it("wait until what a killed update left is settled", async () => {
      const before = state();
      before.deployment.pending_operations = [{ type: "creating", resource: { urn: urn("jobs"), type: QUEUE } }];
      await assert.rejects(adopting(before, planned("jobs")), /an update was interrupted; run strata up first/);
    });
  });
});
