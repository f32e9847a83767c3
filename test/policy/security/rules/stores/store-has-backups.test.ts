import assert from "node:assert/strict";
import { storeHasBackups as rule } from "../../../../../policy/security/rules/stores/store-has-backups";
import { type Json, UNKNOWN } from "../../../../../policy/lib/resource";
import { id, type Inputs, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

function on(type: string, inputs: Inputs, config: Inputs = {}): string {
  return verdictOn(rule, new TestStack().add(type, "store", inputs), undefined, { [rule.id]: config });
}

describe("every durable store has backups", () => {
  const cases: readonly (readonly [type: string, property: string])[] = [
    ["aws:rds/cluster:Cluster", "backupRetentionPeriod"],
    ["aws:rds/instance:Instance", "backupRetentionPeriod"],
    ["aws:docdb/cluster:Cluster", "backupRetentionPeriod"],
    ["aws:neptune/cluster:Cluster", "backupRetentionPeriod"],
    ["aws:redshift/cluster:Cluster", "automatedSnapshotRetentionPeriod"],
    ["aws:memorydb/cluster:Cluster", "snapshotRetentionLimit"],
  ];
  for (const [type, property] of cases)
    it(`${type} passes with a week of them, fails with less or none, and is not evaluated while the number is not known`, () => {
      assert.equal(on(type, { [property]: 7 }), "pass");
      assert.match(on(type, { [property]: 6 }), new RegExp(`^fail: .* kept 6 of at least 7 days, by ${property}$`));
      assert.match(on(type, { [property]: 0 }), new RegExp(`^fail: .* ${property} is 0$`));
      assert.match(on(type, {}), /^fail/);
      assert.equal(on(type, { [property]: UNKNOWN }), `not evaluated: ${property} is not known yet`);
      assert.equal(on(type, { [property]: 1 }, { minimumDays: 1 }), "pass");
    });

  it("passes a table with point-in-time recovery, which is 35 days unless said, and fails one without", () => {
    const type = "aws:dynamodb/table:Table";
    assert.equal(on(type, { pointInTimeRecovery: { enabled: true } }), "pass");
    assert.match(on(type, { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 1 } }), /^fail: .* 1 of at least 7/);
    assert.match(on(type, {}), /^fail: .* point-in-time recovery is off$/);
    assert.match(on(type, { pointInTimeRecovery: UNKNOWN }), /^not evaluated/);
  });

  it("asks nothing of buses, of replicas, nor of caches unless told to", () => {
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    assert.equal(on("aws:msk/cluster:Cluster", {}), "nothing");
    assert.equal(on("aws:rds/instance:Instance", { replicateSourceDb: "orders" }), "nothing");
    assert.equal(on(cache, {}), "nothing");
    assert.match(on(cache, {}, { caches: true }), /^fail/);
  });

  it("asks of a stack that does not say whether it is durable what its settings say, and nothing where it is not", () => {
    assert.equal(on("aws:rds/instance:Instance", {}, { durable: false }), "nothing");
    for (const [durable, expected] of [
      [false, "nothing"],
      [true, "fail: store is not backed up: backupRetentionPeriod is 0"],
      [UNKNOWN, "not evaluated: whether its environment is durable is not known yet"],
    ] as const) {
      const stack = new TestStack();
      const platform = stack.add("strata:stacks:Platform", "x", { durable });
      const store = stack.add("aws:rds/instance:Instance", "store", {}, platform);
      assert.equal(verdictOn(rule, store, stack.resources), expected);
    }
  });
});

describe("every durable store has backups: files and objects", () => {
  function with_(type: string, part: string, path: string, inputs: Inputs | undefined): string {
    const stack = new TestStack();
    const store = stack.add(type, "store");
    if (inputs !== undefined) stack.add(part, "store", { [path]: id(store), ...inputs });
    return verdictOn(rule, store, stack.resources);
  }
  const bucket = (inputs?: Inputs): string => with_("aws:s3/bucket:Bucket", "aws:s3/bucketVersioning:BucketVersioning", "bucket", inputs);
  const files = (inputs?: Inputs): string =>
    with_("aws:efs/fileSystem:FileSystem", "aws:efs/backupPolicy:BackupPolicy", "fileSystemId", inputs);

  it("passes a bucket with versions and fails one without", () => {
    assert.equal(bucket({ versioningConfiguration: { status: "Enabled" } }), "pass");
    assert.match(bucket({ versioningConfiguration: { status: "Suspended" } }), /^fail: .* it keeps no versions$/);
    assert.match(bucket(), /^fail/);
    assert.match(bucket({ versioningConfiguration: UNKNOWN }), /^not evaluated/);
  });

  it("leaves out a bucket that AWS delivers logs to", () => {
    const stack = new TestStack();
    const logs = stack.add("aws:s3/bucket:Bucket", "logs");
    const statement = { Effect: "Allow", Principal: { Service: "delivery.logs.amazonaws.com" }, Action: "s3:PutObject" };
    stack.add("aws:s3/bucketPolicy:BucketPolicy", "logs", { bucket: id(logs), policy: JSON.stringify({ Statement: statement }) });
    assert.equal(verdictOn(rule, logs, stack.resources), "pass");
  });

  it("leaves out a bucket that says why its objects need none", () => {
    assert.equal(on("aws:s3/bucket:Bucket", { tags: { "strata:because": "every object can be made again" } }), "pass");
    assert.match(on("aws:s3/bucket:Bucket", { tags: UNKNOWN }), /^not evaluated: whether it gives a reason/);
  });

  it("passes a file system with a backup policy and fails one without", () => {
    assert.equal(files({ backupPolicy: { status: "ENABLED" } }), "pass");
    assert.match(files({ backupPolicy: { status: "DISABLED" } }), /^fail/);
    assert.match(files(), /^fail/);
    assert.match(files({ backupPolicy: UNKNOWN }), /^not evaluated/);
  });
});

describe("every durable store has backups: AWS Backup", () => {
  const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";
  const ARN = "arn:aws:redshift-serverless:us-east-1:1:namespace/1";

  function selected(selection: Inputs, tags: Json = { backup: "daily" }, known = true, type = NAMESPACE): string {
    const stack = new TestStack(known);
    const provider = stack.add("pulumi:providers:aws", "aws", { defaultTags: JSON.stringify({ tags: { environment: "prod" } }) });
    const store = stack.addManaged(provider, type, "analytics", { tags });
    const own = known ? { ...store, outputs: { ...store.outputs, arn: ARN } } : store;
    stack.resources[stack.resources.length - 1] = own;
    stack.add("aws:backup/selection:Selection", "daily", selection);
    return verdictOn(rule, own, stack.resources);
  }
  const equals = (key: string, value: string): Inputs => ({ conditions: [{ stringEquals: [{ key: `aws:ResourceTag/${key}`, value }] }] });

  it("passes what a selection names by its ARN or a pattern of it, also before the ARN is known", () => {
    assert.equal(selected({ resources: ["arn:aws:redshift-serverless:*:*:namespace/*"] }), "pass");
    assert.equal(selected({ resources: ["arn:aws:redshift-serverless:*:*:namespace/*"] }, {}, false), "pass");
    assert.equal(selected({ resources: [ARN] }), "pass");
    assert.match(selected({ resources: ["arn:aws:rds:*:*:db:*"] }), /^fail: .* recovery points are gone after 24 hours/);
    assert.match(selected({ resources: ["*"], notResources: [ARN] }), /^fail/);
  });

  it("passes what its conditions fit: all of them, by its own tags and those of its provider", () => {
    assert.equal(selected({ resources: ["*"], ...equals("backup", "daily") }), "pass");
    assert.equal(selected({ resources: ["*"], ...equals("environment", "prod") }), "pass");
    assert.match(selected({ resources: ["*"], ...equals("backup", "weekly") }), /^fail/);
    assert.match(selected({ resources: ["*"], ...equals("backup", "daily") }, {}), /^fail/);
    assert.match(
      selected({ resources: ["*"], conditions: [{ stringNotEquals: [{ key: "aws:ResourceTag/backup", value: "daily" }] }] }),
      /^fail/,
    );
    assert.equal(selected({ resources: ["*"], conditions: [{ stringLikes: [{ key: "aws:ResourceTag/backup", value: "da*" }] }] }), "pass");
  });

  it("passes what any of its selection tags fits", () => {
    const tag = (value: string): Json => [
      { type: "STRINGEQUALS", key: "backup", value: "never" },
      { type: "STRINGEQUALS", key: "backup", value },
    ];
    assert.equal(selected({ selectionTags: tag("daily") }), "pass");
    assert.match(selected({ selectionTags: tag("weekly") }), /^fail/);
  });

  it("is not evaluated while the selection, the tags or the ARN are not known", () => {
    assert.equal(selected({ resources: UNKNOWN }), "not evaluated: whether AWS Backup selects it is not known yet");
    assert.match(selected({ resources: ["*"], conditions: UNKNOWN }), /^not evaluated/);
    assert.match(selected({ resources: ["*"], ...equals("backup", "daily") }, UNKNOWN), /^not evaluated/);
    assert.match(selected({ resources: [ARN] }, {}, false), /^not evaluated/);
  });

  it("passes a warehouse that takes snapshots of its own", () => {
    const stack = new TestStack();
    const namespace = stack.add(NAMESPACE, "analytics");
    stack.add("aws:redshiftserverless/snapshot:Snapshot", "analytics", { namespaceName: id(namespace) });
    assert.equal(verdictOn(rule, namespace, stack.resources), "pass");
  });
});
