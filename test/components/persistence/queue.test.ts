import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { queueVisibility } from "../../../components/compute/triggers/queue-trigger";
import { ServiceQueue } from "../../../components/persistence/queue";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT as context } from "../../harness";
import { rendered, toResource } from "../service/permissions";

const QUEUE = "aws:sqs/queue:Queue";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234";
const consumer = { name: "worker", securityGroupId: pulumi.output("sg-1") };

describe("a queue", () => {
  let resources: readonly PlannedResource[];
  before(async () => {
    resources = await recordProgram((options) => {
      const queue = new ServiceQueue("q", { context, queueName: "jobs", keyArn: KEY, visibilitySeconds: 60 }, options);
      assert.throws(() => queue.bind(consumer, "read"), /worker cannot read queue jobs; give publish or consume/);
      assert.deepEqual(Object.keys(queue.bind(consumer, "consume").variables), ["JOBS_QUEUE_URL"]);
      assert.deepEqual(
        queue.bind(consumer, "publish").statements.map(({ Action }) => Action),
        [
          ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
          ["kms:GenerateDataKey", "kms:Decrypt"],
        ],
      );
    });
  });

  it("is encrypted with the customer key, and moves what fails five times to dead letters that are its own", () => {
    for (const name of ["q", "q-dead"]) assert.equal(only(resources, QUEUE, name).inputs["kmsMasterKeyId"], KEY);
    assert.deepEqual(JSON.parse(String(only(resources, QUEUE, "q").inputs["redrivePolicy"])), {
      deadLetterTargetArn: only(resources, QUEUE, "q-dead").outputs["arn"],
      maxReceiveCount: 5,
    });
    assert.deepEqual(JSON.parse(String(only(resources, "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy").inputs["redriveAllowPolicy"])), {
      redrivePermission: "byQueue",
      sourceQueueArns: [only(resources, QUEUE, "q").outputs["arn"]],
    });
  });

  it("refuses plain HTTP, as IAM evaluates its policy", async () => {
    const ask = toResource(
      rendered(only(resources, "aws:sqs/queuePolicy:QueuePolicy", "q").inputs["policy"]),
      "arn:aws:iam::111122223333:user/a",
    );
    const send = (secure: string) =>
      ask({
        action: "sqs:SendMessage",
        resource: String(only(resources, QUEUE, "q").outputs["arn"]),
        context: { "aws:SecureTransport": secure },
      });
    assert.equal(await send("true"), "Allowed");
    assert.equal(await send("false"), "ExplicitlyDenied");
  });

  it("hides a message for six times the longest timeout of those who consume it", () => {
    assert.equal(queueVisibility([10, 30]), 180);
    assert.equal(queueVisibility([]), 6);
  });
});
