import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { DeadLetters } from "../../../components/compute/dead-letters";
import { type ImagePackage, LambdaFunction, type LambdaFunctionArgs, type ZipPackage } from "../../../components/compute/lambda-function";
import { ServiceLogs } from "../../../components/visibility/service-logs";
import { only, recordProgram, TEST_CONTEXT as context } from "../../harness";

const FUNCTION = "aws:lambda/function:Function";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234";
const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";

async function made(code: ZipPackage | ImagePackage, transform?: LambdaFunctionArgs["transform"]) {
  return recordProgram(
    (options) =>
      new LambdaFunction(
        "f",
        {
          context,
          code,
          roleArn: "arn:aws:iam::111122223333:role/f",
          roleName: "f",
          logs: new ServiceLogs("f", { context, retentionDays: 7, keyArn: KEY }, options),
          memory: 512,
          timeout: 10,
          reservedConcurrency: 5,
          variables: {},
          keyArn: KEY,
          deadLetters: new DeadLetters("f", { context, alarmTopicArn: TOPIC }, options),
          ready: [],
          alarmTopicArn: TOPIC,
          transform,
        },
        options,
      ),
  );
}

const zip = (runtime: ZipPackage["runtime"]): ZipPackage => ({
  archive: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("exports.handler = () => 1;") }),
  runtime,
  handler: "index.handler",
  bytes: 26,
});

describe("a function", () => {
  it("starts from a snapshot exactly where its runtime has them", async () => {
    for (const runtime of ["java25", "python3.14", "dotnet10"] as const)
      assert.deepEqual(only(await made(zip(runtime)), FUNCTION).inputs["snapStart"], { applyOn: "PublishedVersions" }, runtime);
    for (const runtime of ["nodejs22.x", "nodejs24.x"] as const)
      assert.equal(only(await made(zip(runtime)), FUNCTION).inputs["snapStart"], undefined, runtime);
  });

  it("may be an image, which says its runtime itself", async () => {
    const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/f:1.2";
    const { inputs } = only(await made({ image, command: ["app.handler"] }), FUNCTION);
    assert.deepEqual(
      [inputs["packageType"], inputs["imageUri"], inputs["imageConfig"], inputs["runtime"], inputs["code"]],
      ["Image", image, { commands: ["app.handler"] }, undefined, undefined],
    );
  });

  it("tries an event three times within the hour before it is a dead letter, and alarms when there is one", async () => {
    const resources = await made(zip("nodejs22.x"));
    const { inputs } = only(resources, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig");
    assert.deepEqual([inputs["qualifier"], inputs["maximumRetryAttempts"], inputs["maximumEventAgeInSeconds"]], ["live", 2, 3_600]);
    const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.deepEqual(alarms.map(({ name }) => name).sort(), ["f-concurrency", "f-dead", "f-errors", "f-slow", "f-throttles"]);
    for (const alarm of alarms) assert.deepEqual(alarm.inputs["alarmActions"], [TOPIC]);
  });

  it("can be bent, and so can its alias and its retries", async () => {
    const resources = await made(zip("nodejs22.x"), {
      function: { description: "bent" },
      alias: (args) => void (args.description = "bent"),
      eventInvokeConfig: { maximumRetryAttempts: 0 },
    });
    assert.equal(only(resources, FUNCTION).inputs["description"], "bent");
    assert.equal(only(resources, "aws:lambda/alias:Alias").inputs["description"], "bent");
    assert.equal(only(resources, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs["maximumRetryAttempts"], 0);
  });
});
