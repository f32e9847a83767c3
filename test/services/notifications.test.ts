import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { MSKEvent, MSKRecord } from "aws-lambda";
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { onRecords } from "../../services/notifications/on-records";
import { provider } from "../../services/notifications/provider";
import { secretReader } from "../../services/secret-value";
import { withMoto } from "./moto";

const KEY = "key-of-the-test";

function record(partition: number, offset: number, value: unknown): MSKRecord {
  return {
    topic: "orders.v1",
    partition,
    offset,
    timestamp: 0,
    timestampType: "CREATE_TIME",
    key: Buffer.from(String(offset)).toString("base64"),
    value: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64"),
    headers: [],
  };
}

function batch(...records: MSKRecord[]): MSKEvent {
  const byPartition: Record<string, MSKRecord[]> = {};
  for (const one of records) (byPartition[`${one.topic}-${one.partition}`] ??= []).push(one);
  return {
    eventSource: "aws:kafka",
    eventSourceArn: "arn:aws:kafka:us-east-1:123456789012:cluster/a/b",
    bootstrapServers: "",
    records: byPartition,
  };
}

const order = (name: string, state = "shipped") => ({ order: name, email: `${name}@example.com`, state });

describe("the notifications service, on an emulated Secrets Manager and a provider on this machine", () => {
  const moto = withMoto();
  let server: Server;
  let run: ReturnType<typeof onRecords>;
  let delivered: { id: string | undefined; authorization: string | undefined; message: unknown }[];
  let refused: Set<string>;
  const said: unknown[] = [];
  const say = console.error;

  before(async () => {
    const secrets = new SecretsManagerClient(moto().client);
    const { ARN } = await secrets.send(new CreateSecretCommand({ Name: "message-provider", SecretString: KEY }));
    assert.ok(ARN);
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const id = request.headers["idempotency-key"];
        if (typeof id === "string" && refused.has(id)) {
          response.writeHead(503).end();
          return;
        }
        delivered.push({ id: String(id), authorization: request.headers.authorization, message: JSON.parse(body) as unknown });
        response.writeHead(202).end();
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null);
    run = onRecords(provider(`http://127.0.0.1:${address.port}/messages`, secretReader(secrets, ARN)));
  });
  beforeEach(() => {
    delivered = [];
    refused = new Set();
    said.length = 0;
    console.error = (...what: unknown[]) => void said.push(...what);
  });
  afterEach(() => {
    console.error = say;
  });
  after(() => server?.close());

  it("delivers a message for every record, with the key from the secret and the place of the record as its id", async () => {
    assert.deepEqual(await run(batch(record(0, 41, order("o1")), record(0, 42, order("o2", "paid")))), { batchItemFailures: [] });
    assert.deepEqual(delivered, [
      {
        id: "orders.v1-0-41",
        authorization: `Bearer ${KEY}`,
        message: { to: "o1@example.com", subject: "Order o1: shipped", text: "Your order is on its way." },
      },
      {
        id: "orders.v1-0-42",
        authorization: `Bearer ${KEY}`,
        message: { to: "o2@example.com", subject: "Order o2: paid", text: "We have your payment. Thank you." },
      },
    ]);
  });

  it("stops a partition at the first record that fails, tells where, and goes on with the others", async () => {
    refused.add("orders.v1-0-11");
    const answer = await run(
      batch(
        record(0, 10, order("a")),
        record(0, 11, order("b")),
        record(0, 12, order("c")),
        record(1, 70, order("d")),
        record(1, 71, order("e")),
      ),
    );
    assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: { partition: "orders.v1-0", offset: 11 } }] });
    assert.deepEqual(delivered.map(({ id }) => id).sort(), ["orders.v1-0-10", "orders.v1-1-70", "orders.v1-1-71"]);
    assert.equal(said.length, 2);
  });

  it("tells of records that are not the topic's, also of states that only look like one", async () => {
    const bad = ["no JSON", "null", {}, { order: "o", email: "e" }, order("o", "lost"), order("o", "toString")];
    for (const value of bad)
      assert.deepEqual(await run(batch(record(3, 5, value))), {
        batchItemFailures: [{ itemIdentifier: { partition: "orders.v1-3", offset: 5 } }],
      });
    assert.deepEqual(delivered, []);
  });
});
