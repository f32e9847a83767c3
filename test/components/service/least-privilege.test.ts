import assert from "node:assert/strict";
import { type PlannedResource } from "../../../plan/graph";
import { only, TEST_CONTEXT } from "../../harness";
import { CLUSTER_ARN, ofCatalogue, recordFunctions } from "../compute/functions";
import { asRole, policiesOf } from "./permissions";

const SERVICES = ["thumbnails", "payments-webhook", "notifications"] as const;
const ARN = `${TEST_CONTEXT.region}:${TEST_CONTEXT.accountId}`;

/** Actions whose resources AWS gives no names to before they exist, or none at all. */
const WITHOUT_RESOURCE = /^(xray:Put|kafka:GetBootstrapBrokers$|ec2:(Create|Delete|Describe)|ec2:(Una|A)ssignPrivate)/;

describe("the role of a function, as IAM evaluates it", () => {
  let resources: readonly PlannedResource[];
  const output = (type: string, name: string, key: string) => String(only(resources, type, name).outputs[key]);
  const bucket = (name: string) => output("aws:s3/bucket:Bucket", `${name}-bucket`, "arn");
  const logs = (name: string) => output("aws:cloudwatch/logGroup:LogGroup", name, "arn");
  const secret = (name: string) => output("aws:secretsmanager/secret:Secret", name, "arn");
  const key = () => output("aws:kms/key:Key", "persistence", "arn");

  before(async () => {
    resources = await recordFunctions(SERVICES.map(ofCatalogue), {
      secrets: { "payments-webhook": "payment-provider", notifications: "message-provider" },
    });
  });

  async function decide(
    role: string,
    wanted: string,
    requests: readonly (readonly [string, string, Record<string, string>?])[],
  ): Promise<void> {
    const ask = asRole(resources, role);
    for (const [action, resource, context] of requests)
      assert.equal(await ask({ action, resource, context }), wanted, `${role}: ${action} on ${resource}`);
  }

  const s3Key = (arn: string) => ({ "kms:EncryptionContext:aws:s3:arn": arn, "kms:ViaService": "s3.us-east-1.amazonaws.com" });

  it("of thumbnails: reads uploads, writes thumbnails, and neither the other way nor any other bucket", async () => {
    await decide("thumbnails", "Allowed", [
      ["s3:GetObject", `${bucket("uploads")}/a.jpg`],
      ["s3:GetObjectVersion", `${bucket("uploads")}/a.jpg`],
      ["s3:ListBucket", bucket("uploads")],
      ["s3:PutObject", `${bucket("thumbnails")}/a.jpg`],
      ["kms:Decrypt", key(), s3Key(bucket("uploads"))],
      ["kms:GenerateDataKey", key(), s3Key(bucket("thumbnails"))],
    ]);
    await decide("thumbnails", "ImplicitlyDenied", [
      ["s3:PutObject", `${bucket("uploads")}/a.jpg`],
      ["s3:DeleteObject", `${bucket("uploads")}/a.jpg`],
      ["s3:GetObject", "arn:aws:s3:::another-bucket/a.jpg"],
      ["s3:ListBucket", "arn:aws:s3:::another-bucket"],
      ["s3:DeleteBucket", bucket("thumbnails")],
      ["s3:PutBucketPolicy", bucket("thumbnails")],
      ["kms:GenerateDataKey", key(), s3Key(bucket("uploads"))],
      ["kms:Decrypt", key(), s3Key("arn:aws:s3:::another-bucket")],
      ["kms:Decrypt", key()],
      ["secretsmanager:GetSecretValue", secret("payment-provider")],
    ]);
  });

  it("of payments-webhook: its own table and secret, and not those of others", async () => {
    const context = (name: string) => ({ "kms:EncryptionContext:SecretARN": secret(name) });
    await decide("payments-webhook", "Allowed", [
      ["dynamodb:PutItem", `arn:aws:dynamodb:${ARN}:table/payments`],
      ["secretsmanager:GetSecretValue", secret("payment-provider")],
      ["kms:Decrypt", key(), context("payment-provider")],
    ]);
    await decide("payments-webhook", "ImplicitlyDenied", [
      ["dynamodb:PutItem", `arn:aws:dynamodb:${ARN}:table/sessions`],
      ["dynamodb:DeleteTable", `arn:aws:dynamodb:${ARN}:table/payments`],
      ["secretsmanager:GetSecretValue", secret("message-provider")],
      ["secretsmanager:PutSecretValue", secret("payment-provider")],
      ["kms:Decrypt", key(), context("message-provider")],
      ["s3:GetObject", `${bucket("uploads")}/a.jpg`],
    ]);
  });

  it("of notifications: its own topic and secret; its poller's network is not the code's", async () => {
    const topic = (name: string) => `${CLUSTER_ARN.replace(":cluster/", ":topic/")}/${name}`;
    await decide("notifications", "Allowed", [
      ["kafka-cluster:ReadData", topic("orders.v1")],
      ["kafka:DescribeClusterV2", CLUSTER_ARN],
      ["kafka:GetBootstrapBrokers", "*"],
      ["secretsmanager:GetSecretValue", secret("message-provider")],
      ["ec2:DescribeSubnets", "*"],
    ]);
    await decide("notifications", "ImplicitlyDenied", [
      ["kafka-cluster:ReadData", topic("payments.v1")],
      ["kafka-cluster:WriteData", topic("orders.v1")],
      ["kafka:DeleteCluster", CLUSTER_ARN],
      ["kafka:DescribeClusterV2", CLUSTER_ARN.replace("events", "others")],
      ["secretsmanager:GetSecretValue", secret("payment-provider")],
    ]);
    await decide("notifications", "ExplicitlyDenied", [
      ["ec2:DescribeSubnets", "*", { "lambda:SourceFunctionArn": `arn:aws:lambda:${ARN}:function:notifications-1234567` }],
    ]);
  });

  it("writes to its own log group and dead letters, and to no sibling's", async () => {
    for (const name of SERVICES)
      for (const other of SERVICES) {
        const dead = output("aws:sqs/queue:Queue", `${other}-dead`, "arn");
        await decide(name, name === other ? "Allowed" : "ImplicitlyDenied", [
          ["logs:PutLogEvents", `${logs(other)}:log-stream:2026/11/23/[1]abc`],
          ["sqs:SendMessage", dead],
        ]);
        await decide(name, "ImplicitlyDenied", [["sqs:ReceiveMessage", dead]]);
      }
  });

  it("may nothing on everything: no wildcard action, and * only where AWS knows no name", () => {
    for (const name of SERVICES)
      for (const { policy } of policiesOf(resources, name))
        for (const { Effect, Action, Resource } of policy.Statement) {
          if (Effect === "Deny") continue;
          for (const action of [Action].flat()) {
            assert.ok(!action.includes("*"), `${name}: ${action}`);
            if ([Resource].flat().includes("*")) assert.match(action, WITHOUT_RESOURCE, name);
          }
        }
  });

  it("is refused everything that would let it out of its place", async () => {
    for (const name of SERVICES)
      await decide(name, "ImplicitlyDenied", [
        ["iam:PassRole", `arn:aws:iam::${TEST_CONTEXT.accountId}:role/admin`],
        ["iam:CreateUser", `arn:aws:iam::${TEST_CONTEXT.accountId}:user/x`],
        ["sts:AssumeRole", `arn:aws:iam::${TEST_CONTEXT.accountId}:role/admin`],
        ["lambda:UpdateFunctionCode", `arn:aws:lambda:${ARN}:function:${name}`],
        ["s3:ListAllMyBuckets", "*"],
        ["kms:ScheduleKeyDeletion", key()],
      ]);
  });
});
