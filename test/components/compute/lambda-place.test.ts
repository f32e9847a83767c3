import assert from "node:assert/strict";
import { type PlannedResource, type Properties } from "../../../plan/graph";
import { only } from "../../harness";
import { rendered, toResource } from "../service/permissions";
import { BROKER_ARN, CLUSTER_ARN, likeThumbnails, ofCatalogue, recordFunctions } from "./functions";

const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const PERMISSION = "aws:lambda/permission:Permission";

function inputs(resources: readonly PlannedResource[], type: string, name?: string): Properties {
  return only(resources, type, name).inputs;
}

function outputs(resources: readonly PlannedResource[], type: string, name?: string): Properties {
  return only(resources, type, name).outputs;
}

describe("a service on Lambda", () => {
  let resources: readonly PlannedResource[];
  before(async () => {
    resources = await recordFunctions([ofCatalogue("thumbnails")]);
  });

  it("runs its bundle on Graviton, traced, with its own role, log group, key, dead letters and concurrency", () => {
    const made = inputs(resources, FUNCTION);
    assert.deepEqual(made["architectures"], ["arm64"]);
    assert.equal(made["runtime"], "nodejs22.x");
    assert.equal(made["handler"], "index.handler");
    assert.equal(made["memorySize"], 1024);
    assert.equal(made["timeout"], 10);
    assert.equal(made["reservedConcurrentExecutions"], 20);
    assert.equal(made["publish"], true);
    assert.deepEqual(made["tracingConfig"], { mode: "Active" });
    assert.equal(made["role"], outputs(resources, "aws:iam/role:Role", "thumbnails")["arn"]);
    assert.equal(made["kmsKeyArn"], outputs(resources, "aws:kms/key:Key", "persistence")["arn"]);
    assert.deepEqual(made["deadLetterConfig"], { targetArn: outputs(resources, "aws:sqs/queue:Queue", "thumbnails-dead")["arn"] ?? "" });
    assert.deepEqual(made["loggingConfig"], {
      logFormat: "JSON",
      logGroup: outputs(resources, "aws:cloudwatch/logGroup:LogGroup", "thumbnails")["name"],
      applicationLogLevel: "INFO",
      systemLogLevel: "INFO",
    });
    assert.deepEqual(made["environment"], {
      variables: {
        UPLOADS_BUCKET: outputs(resources, "aws:s3/bucket:Bucket", "uploads-bucket")["bucket"],
        THUMBNAILS_BUCKET: outputs(resources, "aws:s3/bucket:Bucket", "thumbnails-bucket")["bucket"],
      },
    });
  });

  it("has no part in X-Ray, nor leave to send there, where no traces are collected", async () => {
    const untraced = await recordFunctions([ofCatalogue("thumbnails")], { traced: false });
    assert.deepEqual(inputs(untraced, FUNCTION)["tracingConfig"], { mode: "PassThrough" });
    assert.doesNotMatch(String(inputs(untraced, "aws:iam/rolePolicy:RolePolicy", "thumbnails-function")["policy"]), /xray/);
    assert.match(String(inputs(resources, "aws:iam/rolePolicy:RolePolicy", "thumbnails-function")["policy"]), /xray:PutTraceSegments/);
  });

  it("has no snapshot to start from, because Node.js has none", () => {
    assert.equal(inputs(resources, FUNCTION)["snapStart"], undefined);
  });

  it("stays outside the VPC for buckets, and goes inside for a database or another service", async () => {
    assert.equal(inputs(resources, FUNCTION)["vpcConfig"], undefined);
    const inside = await recordFunctions([likeThumbnails("inner", { needs: [{ cache: "carts", access: "read" }] })]);
    const made = inputs(inside, FUNCTION);
    assert.equal(made["replaceSecurityGroupsOnDestroy"], true);
    assert.deepEqual((made["vpcConfig"] as Properties)["securityGroupIds"], [
      outputs(inside, "aws:ec2/securityGroup:SecurityGroup", "inner")["id"],
    ]);
  });

  it("shows the size of its package", () => {
    const { packageBytes } = outputs(resources, "strata:compute:LambdaFunction");
    assert.ok(typeof packageBytes === "number" && packageBytes > 100_000 && packageBytes < 2_000_000, String(packageBytes));
  });

  it("is not made before its role may do what it needs", () => {
    const { dependencies } = only(resources, FUNCTION);
    for (const name of ["thumbnails", "thumbnails-function"])
      assert.ok(dependencies.includes(only(resources, "aws:iam/rolePolicy:RolePolicy", name).urn), name);
  });

  it("gives all calls to its newest version, unless a rollout keeps most on the last", async () => {
    const alias = "aws:lambda/alias:Alias";
    assert.equal(inputs(resources, alias)["functionVersion"], "1");
    assert.equal(inputs(resources, alias)["routingConfig"], undefined);
    const trying = await recordFunctions([ofCatalogue("thumbnails")], { rollout: { stableVersion: "7", share: 0.1 } });
    assert.equal(inputs(trying, alias)["functionVersion"], "7");
    assert.deepEqual(inputs(trying, alias)["routingConfig"], { additionalVersionWeights: { "1": 0.1 } });
    only(trying, "aws:cloudwatch/metricAlarm:MetricAlarm", "thumbnails-trial-errors");
    for (const rollout of [
      { stableVersion: "7", share: 0 },
      { stableVersion: "1", share: 0.5 },
    ]) {
      const still = await recordFunctions([ofCatalogue("thumbnails")], { rollout });
      assert.deepEqual(inputs(still, alias)["routingConfig"], { additionalVersionWeights: {} });
    }
  });
});

describe("an upload that starts a service", () => {
  it("goes by one notification a bucket, however many services listen", async () => {
    const other = likeThumbnails("indexer", {
      triggers: [{ upload: "uploads", prefix: "texts/" }],
      needs: [{ bucket: "uploads", access: "read" }],
    });
    const resources = await recordFunctions([ofCatalogue("thumbnails"), other]);
    const notifications = resources.filter(({ type }) => type === "aws:s3/bucketNotification:BucketNotification");
    assert.deepEqual(
      notifications.map(({ name, inputs: { eventbridge, lambdaFunctions } }) => [name, eventbridge, lambdaFunctions]).sort(),
      [
        ["thumbnails-bucket", true, undefined],
        ["uploads-bucket", true, undefined],
      ],
    );
    const rules = resources.filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule");
    assert.deepEqual(rules.map(({ name }) => name).sort(), ["indexer-uploads", "thumbnails-uploads"]);
  });

  it("is let in for its rule only, is retried, and ends with the dead letters", async () => {
    const resources = await recordFunctions([ofCatalogue("thumbnails")]);
    const rule = only(resources, "aws:cloudwatch/eventRule:EventRule");
    assert.deepEqual(JSON.parse(String(rule.inputs["eventPattern"])), {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: {
        bucket: { name: [outputs(resources, "aws:s3/bucket:Bucket", "uploads-bucket")["bucket"]] },
        object: { key: [{ wildcard: "pictures/*.jpg" }] },
      },
    });
    const target = only(resources, "aws:cloudwatch/eventTarget:EventTarget");
    const dead = outputs(resources, "aws:sqs/queue:Queue", "thumbnails-dead")["arn"];
    assert.equal(target.inputs["arn"], outputs(resources, "aws:lambda/alias:Alias")["arn"]);
    assert.deepEqual(target.inputs["deadLetterConfig"], { arn: dead ?? "" });
    assert.deepEqual(target.inputs["retryPolicy"], { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 });
    const permission = only(resources, PERMISSION);
    assert.deepEqual(
      [permission.inputs["principal"], permission.inputs["qualifier"], permission.inputs["sourceArn"]],
      ["events.amazonaws.com", "live", rule.outputs["arn"]],
    );
    assert.ok(target.dependencies.includes(permission.urn));
    assert.ok(permission.dependencies.includes(only(resources, "aws:lambda/alias:Alias").urn));
  });

  it("finds the dead letters open to rules of its own service, and to nobody else", async () => {
    const resources = await recordFunctions([ofCatalogue("thumbnails")]);
    const policy = rendered(inputs(resources, "aws:sqs/queuePolicy:QueuePolicy", "thumbnails-dead")["policy"]);
    const resource = String(outputs(resources, "aws:sqs/queue:Queue", "thumbnails-dead")["arn"]);
    const rule = String(outputs(resources, "aws:cloudwatch/eventRule:EventRule")["arn"]);
    const send = (sourceArn: string, account = "111122223333") =>
      toResource(
        policy,
        "events.amazonaws.com",
      )({
        action: "sqs:SendMessage",
        resource,
        context: { "aws:SourceArn": sourceArn, "aws:SourceAccount": account, "aws:SecureTransport": "true" },
      });
    assert.equal(await send(rule), "Allowed");
    assert.equal(await send(rule.replace("rule/thumbnails", "rule/orders")), "ImplicitlyDenied");
    assert.equal(await send(rule, "999999999999"), "ImplicitlyDenied");
  });
});

describe("what else starts a function", () => {
  it("a schedule, in UTC, with a role that may start this function alone", async () => {
    const resources = await recordFunctions([likeThumbnails("report", { triggers: [{ schedule: "cron(0 3 * * ? *)" }] })]);
    const schedule = inputs(resources, "aws:scheduler/schedule:Schedule");
    assert.equal(schedule["scheduleExpression"], "cron(0 3 * * ? *)");
    assert.equal(schedule["scheduleExpressionTimezone"], "UTC");
    const policy = rendered(inputs(resources, "aws:iam/rolePolicy:RolePolicy", "report-schedule")["policy"]);
    assert.deepEqual(
      policy.Statement.map(({ Action, Resource }) => [Action, Resource]),
      [
        ["lambda:InvokeFunction", outputs(resources, "aws:lambda/alias:Alias")["arn"]],
        ["sqs:SendMessage", outputs(resources, "aws:sqs/queue:Queue", "report-dead")["arn"]],
      ],
    );
  });

  const consumer = (queue: string) =>
    likeThumbnails("worker", {
      triggers: [{ queue }],
      needs: [{ queue, access: "consume", ...(queue === "work" && { broker: "activemq" }) }],
    });

  it("a queue, message by message answered for, within its concurrency", async () => {
    const resources = await recordFunctions([consumer("jobs")]);
    const mapping = inputs(resources, MAPPING);
    assert.equal(mapping["eventSourceArn"], outputs(resources, "aws:sqs/queue:Queue", "jobs-queue")["arn"]);
    assert.deepEqual(mapping["functionResponseTypes"], ["ReportBatchItemFailures"]);
    assert.deepEqual(mapping["scalingConfig"], { maximumConcurrency: 20 });
    assert.equal(mapping["batchSize"], 5, "five messages of a second each in half of ten seconds");
    assert.ok(only(resources, MAPPING).dependencies.includes(only(resources, "aws:iam/rolePolicy:RolePolicy", "worker").urn));
  });

  it("never a queue that would hand a message out again while it is worked on", async () => {
    await assert.rejects(
      recordFunctions([consumer("jobs")], { visibilitySeconds: 59 }),
      /hides a message for 59 s; worker wants at least 60 s/,
    );
  });

  it("a topic, in order, with retries that end", async () => {
    const resources = await recordFunctions([ofCatalogue("notifications")], { secrets: { notifications: "message-provider" } });
    const mapping = inputs(resources, MAPPING);
    assert.equal(mapping["eventSourceArn"], CLUSTER_ARN);
    assert.deepEqual(mapping["topics"], ["orders.v1"]);
    assert.deepEqual(mapping["amazonManagedKafkaEventSourceConfig"], { consumerGroupId: "notifications" });
    assert.deepEqual(mapping["functionResponseTypes"], ["ReportBatchItemFailures"]);
    assert.deepEqual(mapping["provisionedPollerConfig"], { minimumPollers: 1, maximumPollers: 4 });
    assert.equal(mapping["maximumRetryAttempts"], 5);
    assert.deepEqual(mapping["destinationConfig"], {
      onFailure: { destinationArn: outputs(resources, "aws:sqs/queue:Queue", "notifications-dead")["arn"] ?? "" },
    });
    assert.equal(inputs(resources, FUNCTION)["vpcConfig"], undefined, "the poller stands in the VPC, not the function");
  });

  it("a queue of ActiveMQ, with the broker's login by its ARN", async () => {
    const resources = await recordFunctions([consumer("work")]);
    const mapping = inputs(resources, MAPPING);
    assert.equal(mapping["eventSourceArn"], BROKER_ARN);
    assert.equal(mapping["queues"], "work");
    const [login] = mapping["sourceAccessConfigurations"] as Properties[];
    assert.equal(login?.["type"], "BASIC_AUTH");
    assert.match(String(login?.["uri"]), /^arn:aws:secretsmanager:/);
  });
});
