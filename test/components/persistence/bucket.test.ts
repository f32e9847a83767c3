import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { ServiceBucket, type ServiceBucketArgs } from "../../../components/persistence/bucket";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { rendered, toResource } from "../service/permissions";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234";
const consumer = { name: "thumbnails", securityGroupId: pulumi.output("sg-1") };

function made(change: Partial<ServiceBucketArgs> = {}): Promise<PlannedResource[]> {
  return recordProgram(
    (options) =>
      new ServiceBucket("b", { context: TEST_CONTEXT, bucketName: "pictures", keyArn: KEY, noncurrentDays: 30, ...change }, options),
  );
}

describe("a bucket", () => {
  it("is versioned, encrypted with the customer key, closed to the public, and tells EventBridge", async () => {
    const resources = await made();
    assert.deepEqual(only(resources, "aws:s3/bucketVersioning:BucketVersioning").inputs["versioningConfiguration"], { status: "Enabled" });
    assert.deepEqual(
      only(resources, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").inputs["rules"],
      [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY }, bucketKeyEnabled: true }],
    );
    const { inputs } = only(resources, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    for (const key of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"])
      assert.equal(inputs[key], true);
    assert.equal(only(resources, "aws:s3/bucketNotification:BucketNotification").inputs["eventbridge"], true);
  });

  it("refuses plain HTTP and other encryption, and takes uploads that say nothing of it, as IAM evaluates its policy", async () => {
    const resources = await made();
    const policy = rendered(only(resources, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"]);
    const ask = toResource(policy, "arn:aws:iam::111122223333:user/admin");
    const resource = `${String(only(resources, "aws:s3/bucket:Bucket").outputs["arn"])}/a.jpg`;
    const put = (context: Record<string, string>) => ask({ action: "s3:PutObject", resource, context });
    assert.equal(await put({ "aws:SecureTransport": "true" }), "Allowed");
    assert.equal(await put({ "aws:SecureTransport": "true", "s3:x-amz-server-side-encryption": "aws:kms" }), "Allowed");
    assert.equal(await put({ "aws:SecureTransport": "true", "s3:x-amz-server-side-encryption": "AES256" }), "ExplicitlyDenied");
    assert.equal(await put({ "aws:SecureTransport": "false" }), "ExplicitlyDenied");
  });

  it("is kept with its objects where data must last", async () => {
    const lasting = await made({ context: { ...TEST_CONTEXT, durable: true } });
    const { protect, retainOnDelete, inputs } = only(lasting, "aws:s3/bucket:Bucket");
    assert.deepEqual([protect, retainOnDelete, inputs["forceDestroy"]], [true, true, false]);
    assert.equal(only(await made(), "aws:s3/bucket:Bucket").inputs["forceDestroy"], true);
  });

  it("deletes old versions, and objects only when told to", async () => {
    const rules = async (change: Partial<ServiceBucketArgs>) =>
      only(await made(change), "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"];
    const rule = {
      id: "expire",
      status: "Enabled",
      filter: {},
      noncurrentVersionExpiration: { noncurrentDays: 30 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    };
    assert.deepEqual(await rules({}), [rule]);
    assert.deepEqual(await rules({ expireDays: 90 }), [{ ...rule, expiration: { days: 90 } }]);
  });

  it("writes an access log only where there is a place for it", async () => {
    const type = "aws:s3/bucketLogging:BucketLogging";
    assert.equal((await made()).filter((resource) => resource.type === type).length, 0);
    assert.equal(only(await made({ accessLogs: { bucket: "logs", prefix: "b/" } }), type).inputs["targetBucket"], "logs");
  });

  it("can be bent where it may differ", async () => {
    const resources = await made({ transform: { bucket: { bucketPrefix: "x-" }, lifecycle: { rules: [] }, policy: { policy: "{}" } } });
    assert.equal(only(resources, "aws:s3/bucket:Bucket").inputs["bucketPrefix"], "x-");
    assert.equal(only(resources, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"], "{}");
    assert.deepEqual(only(resources, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"], []);
  });

  it("that is there already gives the same access, and its notifications stay its owner's", async () => {
    const resources = await recordProgram(() => {
      const adopted = ServiceBucket.adopt({ bucketName: "pictures", id: "old-pictures", keyArn: KEY, region: "us-east-1" });
      const { variables, statements } = adopted.bind(consumer, "read");
      assert.deepEqual(variables, { PICTURES_BUCKET: "old-pictures" });
      assert.deepEqual(
        statements.map(({ Action }) => Action),
        ["s3:ListBucket", ["s3:GetObject", "s3:GetObjectVersion"], "kms:Decrypt"],
      );
      assert.throws(() => adopted.bind(consumer, "publish"), /thumbnails cannot publish bucket pictures; give read or write/);
    });
    assert.equal(resources.filter(({ type }) => type.startsWith("aws:s3/")).length, 0);
  });
});
