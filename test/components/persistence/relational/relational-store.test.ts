import assert from "node:assert/strict";
import { faultLine } from "../../../../components/faults";
import { Network } from "../../../../components/network/network";
import { LayerKey } from "../../../../components/persistence/layer-key";
import {
  createRelationalStore,
  type RelationalChoice,
  type RelationalSettings,
  relationalStoreFaults,
} from "../../../../components/persistence/relational/relational-store";
import { RELATIONAL_KINDS } from "../../../../components/service/needs";
import { isSimulated } from "../../../../plan/simulate/outputs";
import { type PlannedResource } from "../../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../../harness";

type Kind = (typeof RELATIONAL_KINDS)[number];

const KEY = "Pulumi.prod.yaml: strata:persistence.databases.crm";
const LICENSED: Partial<Record<Kind, RelationalChoice>> = { oracle: { licence: "license-included" } };

function settings(durable: boolean): RelationalSettings {
  return {
    durable,
    capacity: { minimum: durable ? 2 : 0, maximum: 8, pauseAfter: 600_000 },
    readers: durable ? 1 : 0,
    backupDays: durable ? 14 : 1,
    zones: 2,
  };
}

/** Records every kind of store, each with a service. */
function catalogue(durable: boolean): Promise<PlannedResource[]> {
  const context = { ...TEST_CONTEXT, durable };
  return recordProgram((options) => {
    const network = new Network(
      "network",
      {
        ...{ cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], region: "us-east-1", nat: "single", flowLogDays: 7 },
        ...{ gatewayEndpoints: [], interfaceEndpoints: [], durable },
      },
      options,
    );
    const keyArn = new LayerKey("persistence", { context, description: "Data", services: [] }, options).arn;
    const operations = { logDays: 7, logKeyArn: keyArn, alarmTopicArn: "arn:aws:sns:us-east-1:111122223333:alarms" };
    for (const kind of RELATIONAL_KINDS)
      createRelationalStore(
        `${kind}-data-db`,
        {
          context,
          network,
          keyArn,
          operations,
          kind,
          storeName: `${kind}-data`,
          settings: settings(durable),
          choice: LICENSED[kind] ?? {},
        },
        options,
      ).bind({ name: "orders", securityGroupId: network.vpcId }, "write");
  });
}

describe("a relational store as an environment wants it", () => {
  for (const durable of [false, true])
    it(`fits by default, for every engine, in ${durable ? "a durable environment" : "development"}`, async () => {
      for (const kind of RELATIONAL_KINDS)
        assert.deepEqual(relationalStoreFaults(KEY, kind, "crm", ["partners"], settings(durable), LICENSED[kind] ?? {}), []);
      const resources = await catalogue(durable);
      const servers = resources.filter(({ type }) => type === "aws:rds/cluster:Cluster" || type === "aws:rds/instance:Instance");
      assert.equal(servers.length, RELATIONAL_KINDS.length);
      const unknown = resources.filter(({ type, custom }) => custom && !isSimulated(type)).map(({ type }) => type);
      assert.deepEqual(unknown, [], "the plan knows what AWS answers for each");
    });

  it("is refused before anything is made, with the place that is wrong", () => {
    const lines = (kind: Kind, choice: RelationalChoice) =>
      relationalStoreFaults(KEY, kind, "crm", ["partners"], settings(true), choice).map(faultLine);
    assert.deepEqual(lines("oracle", {}), [`${KEY}.licence: is missing for oracle; give one of license-included, bring-your-own-license`]);
    assert.match(lines("postgres", { multiAz: false })[0] ?? "", /databases\.crm\.multiAz: leaves one instance/);
    assert.match(lines("aurora-mysql", { readers: 0 })[0] ?? "", /databases\.crm\.readers: leaves one instance/);
    assert.match(lines("mysql", { storage: 100, maximumStorage: 50 })[0] ?? "", /databases\.crm\.maximumStorage/);
  });

  it("may differ from the defaults in what the environment says", async () => {
    const context = { ...TEST_CONTEXT };
    const resources = await recordProgram((options) => {
      const network = new Network(
        "network",
        {
          ...{ cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], region: "us-east-1", nat: "single", flowLogDays: 7 },
          ...{ gatewayEndpoints: [], interfaceEndpoints: [], durable: false },
        },
        options,
      );
      const keyArn = new LayerKey("persistence", { context, description: "Data", services: [] }, options).arn;
      const operations = { logDays: 7, logKeyArn: keyArn, alarmTopicArn: "arn:aws:sns:us-east-1:111122223333:alarms" };
      const choice = { instanceClass: "db.r7g.xlarge", storage: 50, maximumStorage: 60, version: "8.4.9", restoreFrom: "monday" };
      createRelationalStore(
        "crm-db",
        { context, network, keyArn, operations, kind: "mysql", storeName: "crm", settings: settings(false), choice },
        options,
      );
    });
    const { inputs } = only(resources, "aws:rds/instance:Instance");
    assert.deepEqual(
      ["instanceClass", "allocatedStorage", "maxAllocatedStorage", "engineVersion", "snapshotIdentifier"].map((name) => inputs[name]),
      ["db.r7g.xlarge", 50, 60, "8.4.9", "monday"],
    );
  });
});
