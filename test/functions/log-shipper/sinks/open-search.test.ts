import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { openSearchSink } from "../../../../functions/log-shipper/sinks/open-search";
import { type PlacedLine, StoreUnavailable } from "../../../../functions/log-shipper/sinks/sink";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

const READER = "arn:aws:iam::111122223333:role/*";

describe("the sink to OpenSearch", () => {
  let server: Server;
  let asked: Asked[];
  let answer: (request: Asked) => { status: number; body?: unknown };
  let url: string;

  beforeEach(async () => {
    asked = [];
    answer = () => ({ status: 200, body: {} });
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const { method = "", url: path = "", headers } = request;
        const one = { method, path, authorization: headers.authorization ?? "", body };
        asked.push(one);
        const { status, body: text } = answer(one);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(text ?? {}));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    url = `http://127.0.0.1:${address.port}/_bulk`;
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  });

  const sink = () =>
    openSearchSink({
      url,
      region: "us-east-1",
      searchDays: 30,
      readers: [READER],
      credentials: { accessKeyId: "AKIA", secretAccessKey: "s" },
    });
  const line = (id: string): PlacedLine => ({
    time: Date.parse("2026-11-23T18:40:00.123Z"),
    environment: "test",
    service: "orders",
    source: "cloudwatch",
    text: `line ${id}`,
    order: 1,
    id,
  });
  const items = (...statuses: number[]) => ({
    items: statuses.map((status) => ({ index: { status, ...(status >= 300 && { error: { type: "mapper_parsing", reason: "no" } }) } })),
  });
  const onBulk = (body: unknown, status = 200) => {
    answer = ({ path }) => (path === "/_bulk" ? { status, body } : { status: 200 });
  };

  it("says once how long indices live and who may read, then sends each line under an id of its own, signed for IAM", async () => {
    onBulk(items(201, 200));
    const one = sink();
    assert.deepEqual(await one.send([line("a"), line("b")]), []);
    await one.send([line("c"), line("d")]);
    assert.deepEqual(
      asked.map(({ method, path }) => `${method} ${path}`),
      [
        "PUT /_index_template/strata-logs",
        "PUT /_plugins/_ism/policies/strata-logs-30-days",
        "PUT /_plugins/_security/api/roles/strata-logs",
        "PUT /_plugins/_security/api/rolesmapping/strata-logs",
        "POST /_bulk",
        "POST /_bulk",
      ],
    );
    for (const { authorization } of asked)
      assert.match(authorization, /^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/us-east-1\/es\/aws4_request/);
    assert.match(asked[1]?.body ?? "", /"min_index_age":"30d"/);
    assert.deepEqual(JSON.parse(asked[3]?.body ?? ""), { backend_roles: [READER] });
    const [index, document] = (asked[4]?.body ?? "").split("\n").map((text) => (text ? (JSON.parse(text) as unknown) : undefined));
    assert.deepEqual(index, { index: { _index: "strata-logs-2026-11-23", _id: "a" } });
    assert.deepEqual(document, {
      "@timestamp": 1_795_459_200_123,
      environment: "test",
      service: "orders",
      source: "cloudwatch",
      message: "line a",
    });
  });

  it("gives back the lines that are refused for what they are, with the reason", async () => {
    onBulk(items(201, 400));
    const refusals = await sink().send([line("a"), line("b")]);
    assert.deepEqual(
      refusals.map(({ line: { id }, reason }) => [id, reason]),
      [["b", "the log store answers 400: mapper_parsing no"]],
    );
  });

  for (const [what, body, status] of [
    ["a line is answered with 429", items(201, 429), 200],
    ["the bulk is answered with 503", {}, 503],
    ["the bulk is answered with 403, as before the roles are known", {}, 403],
    ["fewer lines are answered than were sent", items(201), 200],
  ] as const)
    it(`leaves the lines to come again when ${what}`, async () => {
      onBulk(body, status);
      await assert.rejects(sink().send([line("a"), line("b")]), StoreUnavailable);
    });

  it("prepares the store again after it failed to, and is content with what an earlier start prepared", async () => {
    answer = () => ({ status: 500 });
    const one = sink();
    await assert.rejects(one.send([line("a")]), StoreUnavailable);
    answer = ({ path }) => (path === "/_bulk" ? { status: 200, body: items(201) } : { status: 409 });
    assert.deepEqual(await one.send([line("a")]), []);
  });
});
