import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { ConfigError } from "../../../../components/faults";
import { LogBucket } from "../../../../components/visibility/log-bucket";
import { LogArrivals } from "../../../../components/visibility/logs/log-arrivals";
import { LogPoller } from "../../../../components/visibility/logs/log-poller";
import { LogShipper } from "../../../../components/visibility/logs/log-shipper";
import { type LogStore } from "../../../../components/visibility/logs/log-store";
import { LogSubscription, type LogSubscriptionArgs } from "../../../../components/visibility/logs/log-subscription";
import { ServiceLogs } from "../../../../components/visibility/service-logs";
import { type PlannedResource } from "../../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT as context } from "../../../harness";
import { rendered } from "../../service/permissions";
import { network } from "./fake-host";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1";
const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";
const STORE: LogStore = {
  kind: "loki",
  pushUrl: pulumi.output("http://loki:3100/loki/api/v1/push"),
  port: 3100,
  securityGroupId: pulumi.output("sg-loki"),
  oldestHours: 168,
  ready: [],
};

function gather(changes: { subscription?: Partial<LogSubscriptionArgs>; nat?: "none" | "single" } = {}): Promise<PlannedResource[]> {
  return recordProgram((options) => {
    const archive = new LogBucket(
      "archive",
      { keyArn: KEY, retentionDays: { "cloudwatch/": 30, "dead-letters/": 90 }, durable: false },
      options,
    );
    const arrivals = new LogArrivals(
      "arrivals",
      {
        context,
        deadLetterBucket: archive.id,
        alarmTopicArn: TOPIC,
        transform: { queue: { delaySeconds: 1 }, deadLetters: { delaySeconds: 2 } },
      },
      options,
    );
    arrivals.watch("archive", archive, { prefixes: ["cloudwatch/", "polled/"], keyArn: KEY, parent: archive });
    new LogBucket("flow", { writer: "delivery.logs.amazonaws.com", retentionDays: 7, durable: false, arrivals }, options);
    const logs = (name: string) => new ServiceLogs(name, { context, retentionDays: 7, keyArn: KEY }, options);
    const [shipperLogs, pollerLogs] = [logs("shipper"), logs("poller")];
    new LogSubscription(
      "subscription",
      {
        context,
        archive,
        keyArn: KEY,
        scope: "account",
        excludedGroups: [shipperLogs.name, pollerLogs.name],
        alarmTopicArn: TOPIC,
        ...changes.subscription,
      },
      options,
    );
    new LogShipper(
      "shipper",
      {
        context,
        network: network(options, changes.nat ? { nat: changes.nat } : {}),
        arrivals,
        store: STORE,
        searchDays: 7,
        archive,
        keyArn: KEY,
        logs: shipperLogs,
        concurrency: 4,
        alarmTopicArn: TOPIC,
        transform: { function: { memorySize: 2048 } },
      },
      options,
    );
    new LogPoller(
      "poller",
      {
        context,
        stores: [
          { kind: "rds", service: "erp-db", instanceIdentifier: "erp-db-1a2b3c4" },
          {
            kind: "redshift",
            service: "test-sales",
            database: "sales",
            target: { variable: "WORKGROUP", name: "test-sales" },
            secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:sales",
            secretKeyArn: KEY,
            statements: [],
          },
        ],
        archive,
        keyArn: KEY,
        logs: pollerLogs,
        every: "15 minutes",
        alarmTopicArn: TOPIC,
        transform: { function: { memorySize: 1024 } },
      },
      options,
    );
  });
}

describe("what gathers logs", () => {
  let resources: readonly PlannedResource[];
  before(async () => (resources = await gather()));
  const name = (type: string, logical: string) => String(only(resources, type, logical).outputs["name"]);

  it("subscribes to every log group of the account but those of the functions that ship logs, so that nothing ships itself for ever", () => {
    const policy = only(resources, "aws:cloudwatch/logAccountPolicy:LogAccountPolicy").inputs;
    assert.equal(policy["policyType"], "SUBSCRIPTION_FILTER_POLICY");
    const [, list = ""] = /^LogGroupName NOT IN (\[.*\])$/.exec(String(policy["selectionCriteria"])) ?? [];
    const group = "aws:cloudwatch/logGroup:LogGroup";
    assert.deepEqual(JSON.parse(list), ["RDSOSMetrics", name(group, "shipper"), name(group, "poller")]);
    const stream = only(resources, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream");
    const document = JSON.parse(String(policy["policyDocument"])) as Record<string, string>;
    assert.equal(document["DestinationArn"], stream.outputs["arn"]);
    assert.equal(document["FilterPattern"], "");
  });

  it("makes no second subscription in an account where another environment has it", async () => {
    const elsewhere = await gather({ subscription: { scope: "elsewhere" } });
    assert.deepEqual(
      elsewhere.filter(({ type }) => /logAccountPolicy|firehose/i.test(type)),
      [],
    );
  });

  it("lets the transforms reach the queue, its dead letters, the functions, the stream and the policy", async () => {
    const queue = (logical: string) => only(resources, "aws:sqs/queue:Queue", logical).inputs["delaySeconds"];
    assert.deepEqual([queue("arrivals"), queue("arrivals-dead")], [1, 2]);
    const memory = (logical: string) => only(resources, "aws:lambda/function:Function", logical).inputs["memorySize"];
    assert.deepEqual([memory("shipper"), memory("poller")], [2048, 1024]);
    const bent = await gather({ subscription: { transform: { deliveryStream: { name: "mine" }, accountPolicy: { policyName: "mine" } } } });
    assert.equal(only(bent, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream").inputs["name"], "mine");
    assert.equal(only(bent, "aws:cloudwatch/logAccountPolicy:LogAccountPolicy").inputs["policyName"], "mine");
  });

  it("has each bucket of log files tell the queue, whose policy admits S3 of this account and nobody else", () => {
    const notifications = resources
      .filter(({ type }) => type === "aws:s3/bucketNotification:BucketNotification")
      .sort((one, other) => one.name.localeCompare(other.name));
    const queue = only(resources, "aws:sqs/queue:Queue", "arrivals");
    assert.deepEqual(
      notifications.map(({ name: bucket, inputs }) => [
        bucket,
        (inputs["queues"] as { queueArn: string; filterPrefix?: string }[]).map(({ filterPrefix }) => filterPrefix),
      ]),
      [
        ["archive", ["cloudwatch/", "polled/"]],
        ["flow", [undefined]],
      ],
    );
    for (const { inputs } of notifications) assert.ok(JSON.stringify(inputs["queues"]).includes(String(queue.outputs["arn"])));
    const policy = rendered(only(resources, "aws:sqs/queuePolicy:QueuePolicy", "arrivals").inputs["policy"]);
    assert.match(JSON.stringify(policy), /"aws:SourceAccount":"111122223333"/);
  });

  it("gives the queue a day's patience: what fails comes again tens of times, then goes to dead letters with an alarm", () => {
    const { inputs, outputs } = only(resources, "aws:sqs/queue:Queue", "arrivals");
    const redrive = JSON.parse(String(inputs["redrivePolicy"])) as { maxReceiveCount: number; deadLetterTargetArn: string };
    assert.ok(redrive.maxReceiveCount >= 40);
    assert.equal(redrive.deadLetterTargetArn, only(resources, "aws:sqs/queue:Queue", "arrivals-dead").outputs["arn"]);
    assert.match(String(outputs["name"]), /^strata-test-log-arrivals-/);
    assert.deepEqual(inputs["tags"], { "strata:dead-letter-bucket": only(resources, "aws:s3/bucket:Bucket", "archive").outputs["bucket"] });
    for (const alarm of ["arrivals-age", "arrivals-dead"]) only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm", alarm);
  });

  it("lets the shipper read each bucket, write and end dead letters, and nothing with a star for a resource", () => {
    const role = only(resources, "aws:iam/role:Role", "arrivals").outputs["name"];
    const texts = resources
      .filter(({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs["role"] === role)
      .map(({ inputs }) => String(inputs["policy"]));
    const statements = texts.flatMap(
      (text) => (JSON.parse(text) as { Statement: { Sid?: string; Action: string | string[]; Resource: string | string[] }[] }).Statement,
    );
    const open = statements.filter(({ Resource }) => Resource === "*").map(({ Sid }) => Sid);
    assert.deepEqual(open.sort(), ["FunctionNetwork", "NotByTheCode", "Trace"]);
    const deletes = statements.filter(({ Action }) => Action === "s3:DeleteObject").map(({ Resource }) => String(Resource));
    assert.ok(deletes.length === 1 && deletes[0]?.endsWith("/dead-letters/lines/*"), deletes.join());
  });

  it("starts the shipper for the queue with answers for each message, and the poller one at a time", () => {
    const mapping = only(resources, "aws:lambda/eventSourceMapping:EventSourceMapping", "shipper").inputs;
    assert.deepEqual(mapping["functionResponseTypes"], ["ReportBatchItemFailures"]);
    assert.deepEqual(mapping["scalingConfig"], { maximumConcurrency: 4 });
    const poller = only(resources, "aws:lambda/function:Function", "poller").inputs;
    assert.equal(poller["reservedConcurrentExecutions"], 1);
    const { variables } = poller["environment"] as { variables: Record<string, string> };
    assert.deepEqual(JSON.parse(variables["STORES"] ?? ""), [
      { kind: "rds", service: "erp-db", instance: "erp-db-1a2b3c4" },
      {
        kind: "redshift",
        service: "test-sales",
        database: "sales",
        workgroup: "test-sales",
        secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:sales",
      },
    ]);
    assert.equal(only(resources, "aws:scheduler/schedule:Schedule", "poller").inputs["scheduleExpression"], "rate(15 minutes)");
  });

  it("is refused where the private tier has no way to SQS", async () => {
    await assert.rejects(gather({ nat: "none" }), (error: Error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /no way to sqs; add sqs to interfaceEndpoints/);
      return true;
    });
  });
});
