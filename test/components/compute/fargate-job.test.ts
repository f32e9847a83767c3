import assert from "node:assert/strict";
import { triggerFaults } from "../../../components/compute/job-trigger";
import { type Descriptor } from "../../../components/service/descriptor";
import { type Json, type PlannedResource, type Properties } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { descriptor, EcsFixture, IMAGE, KEY } from "./ecs-fixture";
import { evaluate } from "./iam";

const ACCOUNT = TEST_CONTEXT.accountId;
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
/** Rules of the job `encoder`. */
const FAILED = "encoder-failed";
const ON_DEMAND = "encoder-on-demand";
const UPLOADS = "encoder-uploads";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const POLICY = "aws:appautoscaling/policy:Policy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const DEMAND = { average: 0.01, peak: 0.3, shape: "bursty", duration: 360_000, memory: 8192, cpu: 4, start: 20_000 } as const;

function job(change: Partial<Descriptor>, interruptible = false): Descriptor {
  return descriptor({ name: "encoder", run: { job: IMAGE, command: ["encode"], interruptible }, demand: DEMAND, ...change });
}

const NIGHTLY = job({ triggers: [{ schedule: "cron(0 2 * * ? *)" }] });
const NIGHTLY_ON_SPOT = job({ triggers: [{ schedule: "cron(0 2 * * ? *)" }] }, true);
const ON_UPLOAD = job({ triggers: [{ upload: "uploads", prefix: "films/", suffix: ".mov" }] });
const BURST = job({ triggers: [{ queue: "media-jobs" }] }, true);

function recordJob(wanted: Descriptor, options: ConstructorParameters<typeof EcsFixture>[1] = {}): Promise<PlannedResource[]> {
  return recordProgram((providers) => new EcsFixture(providers, options).run("fargate-job", wanted));
}

function object(value: Json | undefined): Properties {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value));
  return value;
}

function parsed(value: Json | undefined): Properties {
  assert.equal(typeof value, "string");
  return object(JSON.parse(value as string) as Json);
}

describe("a job at set times", () => {
  it("is started by EventBridge Scheduler on Fargate, without a service that waits for it", async () => {
    const resources = await recordJob(NIGHTLY);
    const { inputs } = only(resources, SCHEDULE);
    assert.equal(inputs["scheduleExpression"], "cron(0 2 * * ? *)");
    assert.equal(inputs["scheduleExpressionTimezone"], "UTC");
    const target = object(inputs["target"]);
    assert.equal(target["arn"], only(resources, "aws:ecs/cluster:Cluster").outputs["arn"]);
    const group = only(resources, "aws:ec2/securityGroup:SecurityGroup", "encoder").outputs["id"];
    assert.deepEqual(
      { ...object(target["ecsParameters"]), networkConfiguration: null },
      {
        taskDefinitionArn: only(resources, "aws:ecs/taskDefinition:TaskDefinition").outputs["arn"],
        taskCount: 1,
        capacityProviderStrategies: [{ capacityProvider: "FARGATE", base: 0, weight: 100 }],
        platformVersion: "LATEST",
        networkConfiguration: null,
        enableEcsManagedTags: true,
        propagateTags: "TASK_DEFINITION",
      },
    );
    const network = object(object(target["ecsParameters"])["networkConfiguration"]);
    assert.deepEqual([network["securityGroups"], network["assignPublicIp"]], [[group], false]);
    assert.ok(!resources.some(({ type }) => type === "aws:ecs/service:Service"));
  });

  it("keeps a start that AWS gave up on, and raises an alarm", async () => {
    const resources = await recordJob(NIGHTLY);
    const queue = only(resources, "aws:sqs/queue:Queue").outputs;
    const target = object(only(resources, SCHEDULE).inputs["target"]);
    assert.deepEqual(target["deadLetterConfig"], { arn: queue["arn"] });
    const alarms = resources.filter(({ type, inputs }) => type === ALARM && object(inputs["dimensions"])["QueueName"] === queue["name"]);
    assert.equal(alarms.length, 1);
  });

  it("runs on demand unless it may be broken off, and has no fallback then", async () => {
    const rules = (await recordJob(NIGHTLY)).filter(({ type }) => type === RULE).map(({ name }) => name);
    assert.deepEqual(rules, [FAILED]);
  });

  it("keeps a run that ended with an error with what could not be started, so that it raises the same alarm, and none that Spot took", async () => {
    const resources = await recordJob(NIGHTLY_ON_SPOT);
    const { arn } = only(resources, "aws:sqs/queue:Queue").outputs;
    assert.deepEqual(only(resources, TARGET, FAILED).inputs["arn"], arn);
    const { detail } = parsed(only(resources, RULE, FAILED).inputs["eventPattern"]) as { detail: Record<string, unknown> };
    assert.deepEqual(detail["stopCode"], ["EssentialContainerExited"]);
    assert.deepEqual(detail["containers"], { exitCode: [{ "anything-but": 0 }] });
    assert.deepEqual(detail["group"], ["family:test-encoder"]);
    // The queue lets in rules whose names start with the job's.
    const policy = JSON.stringify(only(resources, "aws:sqs/queuePolicy:QueuePolicy").inputs["policy"]);
    assert.ok(policy.includes("rule/encoder-*"), policy);
  });

  it("runs on Spot when it may be broken off, and again on demand when Spot loses it, with the same overrides", async () => {
    const resources = await recordJob(NIGHTLY_ON_SPOT);
    const parameters = object(object(only(resources, SCHEDULE).inputs["target"])["ecsParameters"]);
    assert.deepEqual(parameters["capacityProviderStrategies"], [{ capacityProvider: "FARGATE_SPOT", weight: 100 }]);
    assert.deepEqual(parsed(only(resources, RULE, ON_DEMAND).inputs["eventPattern"]), {
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [only(resources, "aws:ecs/cluster:Cluster").outputs["arn"]],
        group: ["family:test-encoder"],
        lastStatus: ["STOPPED"],
        stopCode: ["SpotInterruption", "TaskFailedToStart"],
        capacityProviderName: ["FARGATE_SPOT"],
      },
    });
    const fallback = only(resources, TARGET, ON_DEMAND).inputs;
    // On demand only: a fallback on Spot could call itself for ever.
    assert.deepEqual(object(fallback["ecsTarget"])["capacityProviderStrategies"], [{ capacityProvider: "FARGATE", base: 0, weight: 100 }]);
    assert.deepEqual(fallback["inputTransformer"], {
      inputPaths: { overrides: "$.detail.overrides.containerOverrides" },
      inputTemplate: '{"containerOverrides":<overrides>}',
    });
  });
});

describe("a job on an event", () => {
  it("runs for each upload that its prefix and suffix both match, and is told which", async () => {
    const resources = await recordJob(ON_UPLOAD);
    assert.deepEqual(parsed(only(resources, RULE, UPLOADS).inputs["eventPattern"]), {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["uploads-1a2b3c4"] }, object: { key: [{ wildcard: "films/*.mov" }] } },
    });
    const transformer = object(only(resources, TARGET, UPLOADS).inputs["inputTransformer"]);
    assert.deepEqual(transformer["inputPaths"], { UPLOAD_BUCKET: "$.detail.bucket.name", UPLOAD_KEY: "$.detail.object.key" });
    // What ECS gets once EventBridge has put JSON values in place of the names.
    const sent = String(transformer["inputTemplate"])
      .replace("<UPLOAD_BUCKET>", '"uploads-1a2b3c4"')
      .replace("<UPLOAD_KEY>", JSON.stringify('films/a "b".mov'));
    assert.deepEqual(JSON.parse(sent), {
      containerOverrides: [
        {
          name: "encoder",
          environment: [
            { name: "UPLOAD_BUCKET", value: "uploads-1a2b3c4" },
            { name: "UPLOAD_KEY", value: 'films/a "b".mov' },
          ],
        },
      ],
    });
  });
});

describe("a job that a queue starts", () => {
  it("has no tasks until messages wait, on Spot where they may be broken off", async () => {
    const resources = await recordJob(BURST);
    const service = only(resources, "aws:ecs/service:Service").inputs;
    assert.equal(service["desiredCount"], 0);
    assert.deepEqual(service["capacityProviderStrategies"], [{ capacityProvider: "FARGATE_SPOT", weight: 100 }]);
    const target = only(resources, "aws:appautoscaling/target:Target").inputs;
    assert.deepEqual([target["minCapacity"], target["maxCapacity"]], [0, 20]);
  });

  it("starts a task for each message of six minutes, from the first one on, up to its most", async () => {
    const resources = await recordJob(BURST);
    const out = only(resources, POLICY, "encoder-burst");
    const step = object(out.inputs["stepScalingPolicyConfiguration"]);
    assert.equal(step["adjustmentType"], "ChangeInCapacity");
    assert.deepEqual(step["stepAdjustments"], [
      { metricIntervalLowerBound: "0", metricIntervalUpperBound: "1", scalingAdjustment: 1 },
      { metricIntervalLowerBound: "1", metricIntervalUpperBound: "3", scalingAdjustment: 2 },
      { metricIntervalLowerBound: "3", metricIntervalUpperBound: "7", scalingAdjustment: 4 },
      { metricIntervalLowerBound: "7", metricIntervalUpperBound: "15", scalingAdjustment: 8 },
      { metricIntervalLowerBound: "15", metricIntervalUpperBound: "19", scalingAdjustment: 16 },
      { metricIntervalLowerBound: "19", scalingAdjustment: 20 },
    ]);
    // Until a new task has taken its message, the message must not ask for another one.
    assert.equal(step["cooldown"], 80);
    const alarm = only(resources, ALARM, "encoder-burst").inputs;
    assert.deepEqual(
      [alarm["metricName"], alarm["threshold"], alarm["comparisonOperator"]],
      ["ApproximateNumberOfMessagesVisible", 1, "GreaterThanOrEqualToThreshold"],
    );
    assert.deepEqual(alarm["dimensions"], { QueueName: "media-jobs-1a2b3c4" });
    assert.deepEqual(alarm["alarmActions"], [out.outputs["arn"]]);
  });

  it("goes back to none only when nothing waits, is delayed or in flight, so that no busy task is stopped", async () => {
    const resources = await recordJob(BURST);
    const idle = only(resources, POLICY, "encoder-idle");
    const step = object(idle.inputs["stepScalingPolicyConfiguration"]);
    assert.deepEqual(
      [step["adjustmentType"], step["stepAdjustments"]],
      ["ExactCapacity", [{ metricIntervalUpperBound: "0", scalingAdjustment: 0 }]],
    );
    const alarm = only(resources, ALARM, "encoder-idle").inputs;
    assert.deepEqual(
      [alarm["threshold"], alarm["comparisonOperator"], alarm["alarmActions"]],
      [0, "LessThanOrEqualToThreshold", [idle.outputs["arn"]]],
    );
    const queries = alarm["metricQueries"] as Properties[];
    assert.deepEqual(
      queries.flatMap(({ metric }) => (metric === undefined ? [] : [object(metric)["metricName"]])),
      ["ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"],
    );
    assert.equal(queries.at(-1)?.["expression"], "visible + inFlight + delayed");
    assert.equal(alarm["treatMissingData"], "ignore");
    // Nothing else may take tasks away: CPU is low while a task waits for a store.
    assert.deepEqual(resources.flatMap(({ type, name }) => (type === POLICY ? [name] : [])).sort(), ["encoder-burst", "encoder-idle"]);
  });

  it("runs on demand when it must not be broken off", async () => {
    const resources = await recordJob(job({ triggers: [{ queue: "media-jobs" }] }));
    assert.deepEqual(only(resources, "aws:ecs/service:Service").inputs["capacityProviderStrategies"], [
      { capacityProvider: "FARGATE", base: 0, weight: 100 },
    ]);
  });
});

describe("the role that starts a job", () => {
  const taskDefinition = `arn:aws:ecs:us-east-1:${ACCOUNT}:task-definition/test-encoder:7`;

  async function starter(wanted: Descriptor, service: "scheduler" | "events") {
    const resources = await recordJob(wanted);
    const { inputs } = only(resources, "aws:iam/rolePolicy:RolePolicy", `encoder-${service}`);
    const outputs = (type: string, name: string) => String(only(resources, type, name).outputs["arn"]);
    const cluster = outputs("aws:ecs/cluster:Cluster", "containers");
    return {
      may: (action: string, resource: string, context: Record<string, string> = {}) =>
        evaluate(inputs["policy"], action, resource, context),
      cluster,
      task: `${cluster.replace(":cluster/", ":task/")}/0a1b2c3d`,
      code: outputs("aws:iam/role:Role", "encoder"),
      execution: outputs("aws:iam/role:Role", "encoder-execution"),
      deadLetters: String(only(resources, "aws:sqs/queue:Queue").outputs["arn"]),
      trust: parsed(only(resources, "aws:iam/role:Role", `encoder-${service}`).inputs["assumeRolePolicy"]),
    };
  }

  for (const [service, wanted] of [["scheduler", NIGHTLY] as const, ["events", ON_UPLOAD] as const])
    it(`of ${service} may run this job in this cluster, in every revision, and no other task anywhere`, async () => {
      const { may, cluster } = await starter(wanted, service);
      assert.equal(await may("ecs:RunTask", taskDefinition, { "ecs:cluster": cluster }), "Allowed");
      assert.equal(await may("ecs:RunTask", taskDefinition.replace("encoder", "orders"), { "ecs:cluster": cluster }), "ImplicitlyDenied");
      assert.equal(
        await may("ecs:RunTask", taskDefinition.replace("encoder", "encoder-other"), { "ecs:cluster": cluster }),
        "ImplicitlyDenied",
      );
      assert.equal(await may("ecs:RunTask", taskDefinition, { "ecs:cluster": `${cluster}-other` }), "ImplicitlyDenied");
      assert.equal(
        await may("ecs:StopTask", `${cluster.replace(":cluster/", ":task/")}/0a1b`, { "ecs:cluster": cluster }),
        "ImplicitlyDenied",
      );
      assert.equal(await may("ecs:RegisterTaskDefinition", "*"), "ImplicitlyDenied");
    });

  it("may pass the job's two roles to ECS tasks, no other role, and to nothing else", async () => {
    const { may, code, execution } = await starter(NIGHTLY, "scheduler");
    const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
    assert.equal(await may("iam:PassRole", code, toTasks), "Allowed");
    assert.equal(await may("iam:PassRole", execution, toTasks), "Allowed");
    assert.equal(await may("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/admin`, toTasks), "ImplicitlyDenied");
    assert.equal(await may("iam:PassRole", code, { "iam:PassedToService": "lambda.amazonaws.com" }), "ImplicitlyDenied");
    assert.equal(await may("iam:PassRole", code), "ImplicitlyDenied");
  });

  it("may tag a run while it starts it, and put what failed with the job's dead letters only", async () => {
    const { may, task, deadLetters } = await starter(NIGHTLY, "scheduler");
    assert.equal(await may("ecs:TagResource", task, { "ecs:CreateAction": "RunTask" }), "Allowed");
    assert.equal(await may("ecs:TagResource", task), "ImplicitlyDenied");
    assert.equal(await may("sqs:SendMessage", deadLetters), "Allowed");
    assert.equal(await may("sqs:SendMessage", `${deadLetters}-other`), "ImplicitlyDenied");
    assert.equal(await may("sqs:ReceiveMessage", deadLetters), "ImplicitlyDenied");
  });

  it("is taken on by its one AWS service, for this account only", async () => {
    const { trust } = await starter(NIGHTLY, "scheduler");
    assert.deepEqual(trust["Statement"], [
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
      },
    ]);
  });

  it("exists for an AWS service only when that starts the job", async () => {
    const names = (resources: readonly PlannedResource[]) =>
      resources.filter(({ type }) => type === "aws:iam/role:Role").map(({ name }) => name);
    assert.ok(!names(await recordJob(NIGHTLY)).includes("encoder-events"));
    assert.ok(!names(await recordJob(ON_UPLOAD)).includes("encoder-scheduler"));
    assert.deepEqual(names(await recordJob(BURST)).sort(), ["encoder", "encoder-execution"]);
  });
});

describe("what starts a job", () => {
  it("must be something, and a queue alone", () => {
    const what = (kinds: ("schedule" | "event" | "queue")[]) =>
      triggerFaults(
        "job",
        kinds.map((kind) => ({ kind })),
      ).map((fault) => fault.what);
    assert.deepEqual(what([]), ["is empty: nothing starts the job"]);
    assert.deepEqual(what(["queue", "queue"]), ["names more than one queue"]);
    assert.deepEqual(what(["queue", "schedule"]), ["mixes a queue with runs that are started one by one"]);
    assert.deepEqual(what(["schedule", "schedule", "event"]), []);
  });

  it("must be a store of the environment", async () => {
    await assert.rejects(recordJob(job({ triggers: [{ queue: "unknown" }] })), /job encoder is started by unknown, which is no SQS queue/);
    await assert.rejects(recordJob(job({ triggers: [{ upload: "unknown" }] })), /which is no bucket/);
  });

  it("can be bent by transforms, and so can what runs", async () => {
    const transform = {
      taskDefinition: { ephemeralStorage: { sizeInGib: 100 } },
      starter: {
        schedule: { state: "DISABLED" },
        rule: { state: "DISABLED" },
        target: { targetId: "bent" },
        deadLetters: { queue: { kmsMasterKeyId: KEY } },
      },
      service: { service: { enableExecuteCommand: true } },
    };
    const nightly = await recordJob(NIGHTLY_ON_SPOT, { job: { transform } });
    assert.deepEqual(only(nightly, "aws:ecs/taskDefinition:TaskDefinition").inputs["ephemeralStorage"], { sizeInGib: 100 });
    assert.equal(only(nightly, SCHEDULE).inputs["state"], "DISABLED");
    assert.equal(only(nightly, RULE, ON_DEMAND).inputs["state"], "DISABLED");
    assert.equal(only(nightly, TARGET, ON_DEMAND).inputs["targetId"], "bent");
    assert.equal(only(nightly, "aws:sqs/queue:Queue").inputs["kmsMasterKeyId"], KEY);
    const burst = await recordJob(BURST, { job: { transform } });
    assert.equal(only(burst, "aws:ecs/service:Service").inputs["enableExecuteCommand"], true);
    assert.deepEqual(only(burst, "aws:ecs/taskDefinition:TaskDefinition").inputs["ephemeralStorage"], { sizeInGib: 100 });
  });
});
