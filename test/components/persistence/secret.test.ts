import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { ServiceSecret } from "../../../components/persistence/secret";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";

const SECRET = "aws:secretsmanager/secret:Secret";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234";

describe("a secret", () => {
  it("has a place and readers, but no value, and a name that is new every time", async () => {
    const resources = await recordProgram((options) => {
      const secret = new ServiceSecret("s", { context: TEST_CONTEXT, secretName: "payment-provider", keyArn: KEY }, options);
      const binding = secret.bind({ name: "webhook", securityGroupId: pulumi.output("sg-1") }, "read");
      assert.deepEqual(Object.keys(binding.variables), ["PAYMENT_PROVIDER_SECRET_ARN"]);
      assert.deepEqual(
        binding.statements.map(({ Action }) => Action),
        ["secretsmanager:GetSecretValue", "kms:Decrypt"],
      );
      assert.throws(() => secret.bind({ name: "webhook", securityGroupId: pulumi.output("sg-1") }, "write"), /cannot write secret/);
    });
    const { inputs } = only(resources, SECRET);
    assert.deepEqual(
      [inputs["namePrefix"], inputs["name"], inputs["kmsKeyId"], inputs["recoveryWindowInDays"]],
      ["test/payment-provider/", undefined, KEY, 0],
    );
    assert.equal(resources.filter(({ type }) => type.startsWith("aws:secretsmanager/secretVersion")).length, 0);
  });

  it("can be recovered for thirty days where data must last", async () => {
    const resources = await recordProgram(
      (options) => new ServiceSecret("s", { context: { ...TEST_CONTEXT, durable: true }, secretName: "p", keyArn: KEY }, options),
    );
    const { inputs, protect } = only(resources, SECRET);
    assert.deepEqual([inputs["recoveryWindowInDays"], protect], [30, true]);
  });
});
