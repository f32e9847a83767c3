import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import fc from "fast-check";
import assert from "node:assert/strict";
import { filtersOverlap, uploadPattern } from "../../../../components/compute/triggers/upload-pattern";
import { withMoto } from "../../../services/moto";

describe("filters of uploads", () => {
  it("overlap exactly when a key exists that both let through", () => {
    const part = fc.stringMatching(/^[ab/]{0,3}$/);
    const filter = fc.record({ prefix: part, suffix: part }, { requiredKeys: [] });
    type Filter = { readonly prefix?: string; readonly suffix?: string };
    const lets = ({ prefix = "", suffix = "" }: Filter, key: string) => key.startsWith(prefix) && key.endsWith(suffix);
    fc.assert(
      fc.property(filter, filter, (one, other) => {
        // A key that starts with the longer prefix and ends with the longer suffix is let through by both, if any key is.
        const longer = (a = "", b = "") => (a.length > b.length ? a : b);
        const witness = `${longer(one.prefix, other.prefix)}-${longer(one.suffix, other.suffix)}`;
        assert.equal(filtersOverlap(one, other), lets(one, witness) && lets(other, witness));
      }),
    );
  });

  it("take stars and backslashes of a key for what they are", () => {
    assert.deepEqual(uploadPattern("b", { prefix: "a*\\", suffix: ".jpg" }).detail, {
      bucket: { name: ["b"] },
      object: { key: [{ wildcard: "a\\*\\\\*.jpg" }] },
    });
  });
});

describe("the pattern of uploads, on emulated S3 and EventBridge", () => {
  const moto = withMoto();

  it("lets through only new objects of its bucket with both the prefix and the suffix", async () => {
    const s3 = new S3Client({ ...moto().client, forcePathStyle: true });
    const events = new EventBridgeClient(moto().client);
    const sqs = new SQSClient(moto().client);
    for (const Bucket of ["uploads", "others"]) {
      await s3.send(new CreateBucketCommand({ Bucket }));
      const NotificationConfiguration = { EventBridgeConfiguration: {} };
      await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    }
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "seen" }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const filter = { prefix: "pictures/", suffix: ".jpg" };
    await events.send(new PutRuleCommand({ Name: "uploads", EventPattern: JSON.stringify(uploadPattern("uploads", filter)) }));
    await events.send(new PutTargetsCommand({ Rule: "uploads", Targets: [{ Id: "seen", Arn: Attributes?.["QueueArn"] }] }));

    for (const [Bucket, Key] of [
      ["uploads", "pictures/yes.jpg"],
      ["uploads", "pictures/deep/er.jpg"],
      ["uploads", "pictures/no.png"],
      ["uploads", "texts/no.jpg"],
      ["others", "pictures/no.jpg"],
    ] as const)
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));

    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    const keys = (Messages ?? []).map(({ Body }) => (JSON.parse(Body ?? "") as { detail: { object: { key: string } } }).detail.object.key);
    assert.deepEqual(keys.sort(), ["pictures/deep/er.jpg", "pictures/yes.jpg"]);
  });
});
