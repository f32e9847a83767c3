import assert from "node:assert/strict";
import { storeIsEncrypted as rule } from "../../../../../policy/security/rules/stores/store-is-encrypted";
import type { PackConfig } from "../../../../../policy/lib/levels";
import { type Json, UNKNOWN } from "../../../../../policy/lib/resource";
import { arn, id, type Inputs, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/0";
const ANY_KEY: PackConfig = { [rule.id]: { customerKey: false } };
const BUCKET_KEYS = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

function on(type: string, inputs: Inputs, config?: PackConfig): string {
  return verdictOn(rule, new TestStack().add(type, "store", inputs), undefined, config);
}

/** A path of an input with a value at its end. */
function at(path: string, value: Json): { [key: string]: Json } {
  return path.split(".").reduceRight<Json>((inner, step) => ({ [step]: inner }), value) as { [key: string]: Json };
}

/** Each type with its switch, absent where AWS always encrypts, and its key. */
const STORES: readonly (readonly [type: string, on: string | undefined, key: string])[] = [
  ["aws:rds/cluster:Cluster", "storageEncrypted", "kmsKeyId"],
  ["aws:rds/instance:Instance", "storageEncrypted", "kmsKeyId"],
  ["aws:docdb/cluster:Cluster", "storageEncrypted", "kmsKeyId"],
  ["aws:neptune/cluster:Cluster", "storageEncrypted", "kmsKeyArn"],
  ["aws:dynamodb/table:Table", undefined, "serverSideEncryption.kmsKeyArn"],
  ["aws:elasticache/replicationGroup:ReplicationGroup", "atRestEncryptionEnabled", "kmsKeyId"],
  ["aws:elasticache/serverlessCache:ServerlessCache", undefined, "kmsKeyId"],
  ["aws:memorydb/cluster:Cluster", undefined, "kmsKeyArn"],
  ["aws:msk/cluster:Cluster", undefined, "encryptionInfo.encryptionAtRestKmsKeyArn"],
  ["aws:mq/broker:Broker", undefined, "encryptionOptions.kmsKeyId"],
  ["aws:redshift/cluster:Cluster", "encrypted", "kmsKeyId"],
  ["aws:redshiftserverless/namespace:Namespace", undefined, "kmsKeyId"],
  ["aws:opensearch/domain:Domain", "encryptAtRest.enabled", "encryptAtRest.kmsKeyId"],
  ["aws:efs/fileSystem:FileSystem", "encrypted", "kmsKeyId"],
];

describe("every store is encrypted", () => {
  for (const [type, flag, key] of STORES) {
    const both = (value: Json, keyValue: Json): Inputs => {
      const [root = "", leaf] = key.split(".");
      const own = flag === undefined ? {} : at(flag, value);
      return leaf === undefined ? { ...own, [root]: keyValue } : { ...own, [root]: { ...(own[root] as object), [leaf]: keyValue } };
    };
    it(`${type} passes with a customer key, and fails without one or with one of AWS`, () => {
      assert.equal(on(type, both(true, KEY)), "pass");
      assert.match(on(type, both(true, null)), /^fail: store is not encrypted as it must be: its key is one of AWS/);
      assert.match(on(type, both(true, "alias/aws/rds")), /^fail/);
      assert.equal(on(type, both(true, null), ANY_KEY), "pass");
    });

    it(`${type} is not evaluated while its key or its switch is not known`, () => {
      assert.equal(on(type, both(true, UNKNOWN)), "not evaluated: whether its key is a customer key is not known yet");
      if (flag !== undefined) assert.equal(on(type, both(UNKNOWN, KEY)), `not evaluated: ${flag} is not known yet`);
    });

    if (flag !== undefined)
      it(`${type} fails when it is switched off`, () => {
        assert.match(on(type, both(false, KEY)), /^fail: .* it is not encrypted at rest$/);
        assert.match(on(type, {}), /^fail/);
      });
  }

  it("takes a key that the stack makes, also before it exists", () => {
    const stack = new TestStack(false);
    const key = stack.add("aws:kms/key:Key", "persistence");
    const store = stack.add("aws:rds/cluster:Cluster", "orders", { storageEncrypted: true, kmsKeyId: arn(key) });
    assert.equal(verdictOn(rule, store, stack.resources), "pass");
  });

  it("fails a cache that is no replication group, which can't be encrypted, and asks nothing of a replica or a member", () => {
    assert.match(on("aws:elasticache/cluster:Cluster", { engine: "memcached" }), /^fail: .* not encrypted at rest$/);
    assert.equal(on("aws:elasticache/cluster:Cluster", { replicationGroupId: "sessions" }), "nothing");
    assert.equal(on("aws:rds/instance:Instance", { replicateSourceDb: "orders" }), "nothing");
  });

  it("passes Valkey that says nothing but its key, and can't tell of what is restored from elsewhere", () => {
    assert.equal(on("aws:elasticache/replicationGroup:ReplicationGroup", { engine: "valkey", kmsKeyId: KEY }), "pass");
    assert.match(on("aws:rds/cluster:Cluster", { snapshotIdentifier: "before" }), /^not evaluated: it is encrypted as what/);
  });

  it("passes serverless Kafka and queues, which take SQS's own key, and fails a queue without any", () => {
    assert.equal(on("aws:msk/serverlessCluster:ServerlessCluster", {}), "pass");
    assert.equal(on("aws:sqs/queue:Queue", {}), "pass");
    assert.equal(on("aws:sqs/queue:Queue", { sqsManagedSseEnabled: false, kmsMasterKeyId: KEY }), "pass");
    assert.match(on("aws:sqs/queue:Queue", { sqsManagedSseEnabled: false }), /^fail/);
    assert.match(on("aws:sqs/queue:Queue", { sqsManagedSseEnabled: UNKNOWN }), /^not evaluated/);
  });
});

describe("every bucket is encrypted with a customer key", () => {
  function bucket(rules: Json | undefined, writer?: Json, known = true): string {
    const stack = new TestStack(known);
    const made = stack.add("aws:s3/bucket:Bucket", "media");
    if (rules !== undefined) stack.add(BUCKET_KEYS, "media", { bucket: id(made), rules });
    if (writer !== undefined) stack.add("aws:s3/bucketPolicy:BucketPolicy", "media", { bucket: id(made), policy: writer });
    return verdictOn(rule, made, stack.resources);
  }
  const byDefault = (sseAlgorithm: Json, kmsMasterKeyId: Json = null): Json => [
    { applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId } },
  ];
  const admits = (service: string): string =>
    JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "s3:PutObject", Resource: "*" }] });

  for (const known of [true, false])
    it(`passes with one by default and fails without, ids ${known ? "known" : "not known yet"}`, () => {
      assert.equal(bucket(byDefault("aws:kms", KEY), undefined, known), "pass");
      assert.match(bucket(byDefault("aws:kms"), undefined, known), /^fail/);
      assert.match(bucket(byDefault("AES256"), undefined, known), /^fail: .* not with a customer key$/);
      assert.match(bucket(undefined, undefined, known), /^fail/);
    });

  it("reads the encryption that a bucket holds itself", () => {
    const rule_ = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY } };
    assert.equal(on("aws:s3/bucket:Bucket", { serverSideEncryptionConfiguration: { rule: rule_ } }), "pass");
  });

  it("leaves out a bucket that AWS delivers logs to, and no other", () => {
    assert.equal(bucket(byDefault("AES256"), admits("logdelivery.elasticloadbalancing.amazonaws.com")), "pass");
    assert.match(bucket(byDefault("AES256"), admits("lambda.amazonaws.com")), /^fail/);
  });

  it("is not evaluated while its encryption, or who writes to it, is not known", () => {
    assert.equal(bucket(UNKNOWN), "not evaluated: its default encryption is not known yet");
    assert.match(bucket(byDefault(UNKNOWN)), /^not evaluated/);
    assert.match(bucket(byDefault("aws:kms", UNKNOWN)), /^not evaluated/);
    assert.equal(bucket(byDefault("AES256"), UNKNOWN), "not evaluated: whether it only holds logs is not known yet");
  });
});
