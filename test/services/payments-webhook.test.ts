import { CreateTableCommand, DynamoDBClient, GetItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import assert from "node:assert/strict";
import { onCall } from "../../services/payments-webhook/on-call";
import { isSigned, signatureHeader } from "../../services/payments-webhook/signature";
import { secretReader } from "../../services/secret-value";
import { withMoto } from "./moto";

const SECRET = "whsec-of-the-test";
const NOW = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;

function call(body: string, signature: string | undefined, encoded = false): APIGatewayProxyEventV2 {
  const path = "/webhooks/payments";
  return {
    version: "2.0",
    routeKey: `ANY ${path}`,
    rawPath: path,
    rawQueryString: "",
    headers: { ...(signature && { "x-signature": signature }) },
    requestContext: {
      accountId: "123456789012",
      apiId: "api",
      domainName: "api.example.com",
      domainPrefix: "api",
      http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp: "1.2.3.4", userAgent: "test" },
      requestId: "id",
      routeKey: `ANY ${path}`,
      stage: "$default",
      time: "23/Nov/2026:12:00:00 +0000",
      timeEpoch: NOW,
    },
    body: encoded ? Buffer.from(body).toString("base64") : body,
    isBase64Encoded: encoded,
  };
}

describe("a signature", () => {
  it("is good for its own body, secret and time, and for nothing else", () => {
    const header = signatureHeader(SECRET, "{}", NOW);
    assert.ok(isSigned(SECRET, "{}", header, NOW));
    assert.ok(isSigned(SECRET, "{}", header, NOW + 4 * MINUTE));
    assert.ok(!isSigned(SECRET, "{} ", header, NOW));
    assert.ok(!isSigned("another", "{}", header, NOW));
    assert.ok(!isSigned(SECRET, "{}", header, NOW + 6 * MINUTE));
    assert.ok(!isSigned(SECRET, "{}", header.replace(/t=\d+/, `t=${NOW / 1_000 + 60}`), NOW));
    for (const broken of [undefined, "", "t=1", header.slice(0, -1), `${header}0`, header.toUpperCase()])
      assert.ok(!isSigned(SECRET, "{}", broken, NOW));
  });
});

describe("the payments webhook, on emulated DynamoDB and Secrets Manager", () => {
  const moto = withMoto();
  let dynamodb: DynamoDBClient;
  let secrets: SecretsManagerClient;
  let secretArn: string;
  let run: ReturnType<typeof onCall>;

  before(async () => {
    dynamodb = new DynamoDBClient(moto().client);
    secrets = new SecretsManagerClient(moto().client);
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "payments",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
    const { ARN } = await secrets.send(new CreateSecretCommand({ Name: "payment-provider", SecretString: SECRET }));
    assert.ok(ARN);
    secretArn = ARN;
    run = onCall({ dynamodb, table: "payments", secret: secretReader(secrets, secretArn), now: () => NOW });
  });

  async function count(): Promise<number | undefined> {
    return (await dynamodb.send(new ScanCommand({ TableName: "payments", Select: "COUNT" }))).Count;
  }

  it("records a signed call once, however often and in whatever encoding it comes", async () => {
    const body = JSON.stringify({ id: "evt_1", type: "payment.succeeded", amount: 1999, note: "Grüße" });
    const header = signatureHeader(SECRET, body, NOW);
    const answers = [await run(call(body, header)), await run(call(body, header)), await run(call(body, header, true))];
    assert.deepEqual(
      answers.map(({ statusCode, body: message }) => [statusCode, message]),
      [
        [200, '{"message":"recorded"}'],
        [200, '{"message":"recorded before"}'],
        [200, '{"message":"recorded before"}'],
      ],
    );
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: "payments", Key: { id: { S: "evt_1" } } }));
    assert.deepEqual(Item, {
      id: { S: "evt_1" },
      type: { S: "payment.succeeded" },
      received: { S: "2026-11-23T12:00:00.000Z" },
      event: { S: body },
    });
    assert.equal(await count(), 1);
  });

  it("refuses a call without the right signature, and writes nothing", async () => {
    const body = JSON.stringify({ id: "evt_2", type: "payment.succeeded" });
    const before = await count();
    for (const header of [undefined, "t=1,v1=00", signatureHeader("another", body, NOW), signatureHeader(SECRET, "{}", NOW)])
      assert.equal((await run(call(body, header))).statusCode, 401);
    assert.equal(await count(), before);
  });

  it("answers 400 to a signed call that says nothing", async () => {
    for (const body of ["", "no JSON", "[]", "null", '{"id":1,"type":"x"}', '{"id":"","type":"x"}', '{"id":"evt_3"}'])
      assert.equal((await run(call(body, signatureHeader(SECRET, body, NOW)))).statusCode, 400, body);
  });

  it("throws when the table is gone, so that the provider calls again", async () => {
    const body = JSON.stringify({ id: "evt_4", type: "payment.succeeded" });
    const broken = onCall({ dynamodb, table: "gone", secret: secretReader(secrets, secretArn), now: () => NOW });
    await assert.rejects(broken(call(body, signatureHeader(SECRET, body, NOW))), { name: "ResourceNotFoundException" });
  });

  it("reads a rotated secret after five minutes, and not for every call before", async () => {
    let time = 0;
    const read = secretReader(secrets, secretArn, () => time);
    assert.equal(await read(), SECRET);
    await secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: "rotated" }));
    time = 4 * MINUTE;
    assert.equal(await read(), SECRET);
    time = 6 * MINUTE;
    assert.equal(await read(), "rotated");
  });
});
