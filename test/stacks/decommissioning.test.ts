import assert from "node:assert/strict";
import { ConfigError, faultLine } from "../../components/faults";
import { replacingChanges } from "../../facts/replacements";
import { planMarkdown } from "../../plan/markdown";
import { makePlan, type Plan } from "../../plan/plan";
import { planText } from "../../plan/text";
import { retireAll, readLedger, writeLedger } from "../../stacks/config/store-ledger";
import { Workspace } from "../harness";

const MINUTE = 60_000;
type Resource = Plan["document"]["resources"][number];

/** What AWS calls its own protection from deletion. */
const PROTECTIONS: Readonly<Record<string, string>> = {
  "aws:cognito/userPool:UserPool": "deletionProtection",
  "aws:dynamodb/table:Table": "deletionProtectionEnabled",
  "aws:eks/cluster:Cluster": "deletionProtection",
  "aws:lb/loadBalancer:LoadBalancer": "enableDeletionProtection",
  "aws:rds/cluster:Cluster": "deletionProtection",
  "aws:rds/instance:Instance": "deletionProtection",
  "eks:index:Cluster": "deletionProtection",
};

/** What outlives an environment, and why. */
const OUTLIVING: Readonly<Record<string, string>> = {
  "aws:kms/key:Key": "snapshots and backups are encrypted with it",
  "aws:backup/vault:Vault": "what it keeps leaves it by age alone",
  "aws:backup/vaultPolicy:VaultPolicy": "it is why",
  "aws:rds/optionGroup:OptionGroup": "a last snapshot needs it",
  "aws:s3/bucket:Bucket": "it has no last snapshot",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "files expire as before",
  "aws:s3/bucketPolicy:BucketPolicy": "it guards the bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "it guards the bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "it guards the bucket",
  "aws:s3/bucketVersioning:BucketVersioning": "older versions are there as before",
  "aws:s3/bucketObjectv2:BucketObjectv2": "earlier versions of a program are read when it is rolled back",
  "aws:ecs/accountSettingDefault:AccountSettingDefault": "it is one setting of the whole account",
};

function retireStores({ root }: Workspace): void {
  const { value: ledger } = readLedger(root, "prod");
  assert.ok(ledger);
  const { value } = retireAll(ledger, [], "its data is in the warehouse of the group");
  assert.ok(value);
  writeLedger(root, "prod", value);
}

describe("a durable environment that is decommissioned", function () {
  this.timeout(2 * MINUTE);
  let usual: Plan;
  let after: Plan;
  let pairs: (readonly [Resource, Resource])[];

  before(async () => {
    const workspace = new Workspace();
    try {
      usual = await makePlan(workspace.root, "prod");
      workspace.section("prod", "environment", (values) => (values["decommissioning"] = true));
      retireStores(workspace);
      after = await makePlan(workspace.root, "prod");
    } finally {
      workspace.dispose();
    }
    const later = new Map(after.document.resources.map((resource) => [resource.urn, resource]));
    pairs = usual.document.resources.flatMap((resource) => {
      const same = later.get(resource.urn);
      return same ? [[resource, same] as const] : [];
    });
  });

  it("is made of the same resources as before, none more and none less", () => {
    assert.deepEqual(
      after.document.resources.map(({ urn }) => urn),
      usual.document.resources.map(({ urn }) => urn),
    );
  });

  it("differs from before in nothing but AWS's protection from deletion, which is off everywhere", () => {
    const changed = new Set<string>();
    for (const [was, is] of pairs.filter(([{ type }]) => type !== "strata:stacks:Platform"))
      for (const key of new Set([...Object.keys(was.inputs), ...Object.keys(is.inputs)]))
        if (JSON.stringify(was.inputs[key]) !== JSON.stringify(is.inputs[key])) changed.add(`${was.type} ${key}`);
    assert.deepEqual(
      [...changed].sort(),
      Object.entries(PROTECTIONS)
        .map(([type, property]) => `${type} ${property}`)
        .sort(),
    );
    for (const { type, name, inputs } of after.document.resources) {
      const property = PROTECTIONS[type];
      if (property !== undefined)
        assert.ok([false, "INACTIVE"].includes(inputs[property] as never), `${name}: ${String(inputs[property])}`);
    }
  });

  it("is updated in place: by the tables of replacements, nothing is replaced", () => {
    const replaced = pairs.flatMap(([was, is]) =>
      replacingChanges(was.type, was.inputs as never, is.inputs as never).map(({ path }) => `${was.urn}: ${path}`),
    );
    assert.deepEqual(replaced, []);
  });

  it("has nothing that the engine protects", () => {
    assert.ok(usual.document.resources.some(({ protect }) => protect));
    assert.deepEqual(
      after.document.resources.filter(({ protect }) => protect).map(({ urn }) => urn),
      [],
    );
  });

  it("leaves in AWS what snapshots and backups need and what has no last snapshot, and nothing else", () => {
    const types = new Set(after.document.resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ type }) => type));
    assert.deepEqual([...types].sort(), Object.keys(OUTLIVING).sort());
  });

  it("still takes a last snapshot of every database", () => {
    const databases = after.document.resources.filter(({ type }) =>
      ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"].includes(type),
    );
    assert.ok(databases.length > 0);
    for (const { name, inputs } of databases) assert.equal(inputs["skipFinalSnapshot"], false, name);
  });

  it("breaks no policy by that", () => {
    assert.deepEqual(after.document.policy.violations, usual.document.policy.violations);
    assert.deepEqual(after.document.policy.broken, []);
  });

  it("says so in its plan, for programs, people and comments", () => {
    assert.equal(usual.document.decommissioning, undefined);
    assert.equal(after.document.decommissioning, true);
    const options = { width: 120, seconds: 1 };
    assert.match(planText(after, options), /prod is being decommissioned: nothing of it is protected from deletion/);
    assert.doesNotMatch(planText(usual, options), /decommissioned/);
    assert.match(planMarkdown(after.document), /\[!WARNING\]\n> \*\*prod is being decommissioned/);
  });
});

describe("decommissioning an environment", () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function refusal(environment: string): Promise<string> {
    const error: unknown = await makePlan(workspace.root, environment).then(
      () => assert.fail("it was planned"),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ConfigError);
    return error.faults.map(faultLine).join("\n");
  }

  it("is refused as long as the ledger names stores, with the words that retire them", async () => {
    workspace.section("prod", "environment", (values) => (values["decommissioning"] = true));
    assert.match(
      await refusal("prod"),
      /^Pulumi\.prod\.yaml: strata:environment\.decommissioning: is true, but stores\.prod\.yaml has stores that hold data, got \["activemq.*; retire them first: strata stores retire prod --all --because "…"$/,
    );
  });

  it("is refused of one that is not durable, which has nothing to lift", async () => {
    workspace.section("dev", "environment", (values) => (values["decommissioning"] = true));
    assert.match(
      await refusal("dev"),
      /^Pulumi\.dev\.yaml: strata:environment\.decommissioning: is given for an environment that is not durable, got true; leave it out/,
    );
  });

  it("that is taken back is refused, too: its stores were retired", async () => {
    retireStores(workspace);
    assert.match(await refusal("prod"), /stores\.prod\.yaml: retired\.table\/sessions: is needed again, though it was retired/);
  });
});
