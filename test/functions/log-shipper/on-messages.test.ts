import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { gunzipSync, gzipSync } from "node:zlib";
import { pauseSeconds } from "../../../functions/log-shipper/on-messages";
import { lokiSink } from "../../../functions/log-shipper/sinks/loki";
import { withMoto } from "../../services/moto";
import { SAMPLES } from "./samples";
import { FILES_BUCKET, ShippingBench } from "./shipping";

const [ALB = assert.fail()] = SAMPLES;

/** A log store that answers as it is told, and keeps what it took. */
class FakeLoki {
  readonly taken: string[] = [];
  requests = 0;
  /** What to answer to a push of these lines; 204 takes them all. */
  answer: (lines: readonly string[]) => { status: number; text?: string; takes?: (line: string) => boolean } = () => ({ status: 204 });
  url = "";

  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()) as { streams: { values: [string, string][] }[] };
      const lines = body.streams.flatMap(({ values }) => values.map(([, text]) => text));
      const { status, text = "", takes = () => status < 300 } = this.answer(lines);
      this.requests += 1;
      this.taken.push(...lines.filter(takes));
      response.writeHead(status).end(text);
    });
  });

  async start(): Promise<this> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    const address = this.server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    this.url = `http://127.0.0.1:${address.port}/loki/api/v1/push`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }
}

describe("the log shipper, on an emulated AWS", () => {
  const moto = withMoto();
  let bench: ShippingBench;
  let store: FakeLoki;
  const now = Date.parse("2026-11-23T18:50:00Z");
  const sink = () => lokiSink({ url: store.url, oldestHours: 168, now: () => now });
  const lines = (count: number, at = now) =>
    Array.from({ length: count }, (_, index) =>
      (ALB.lines(new Date(at - index))[index % 2] ?? "").replace("/50dc6c495c0c9188", `/50dc6c495c0c9188/${index}`),
    );
  const file = (written: readonly string[]) => gzipSync(`${written.join("\n")}\n`);

  beforeEach(async () => {
    await fetch(`${moto().url}/moto-api/reset`, { method: "POST" });
    bench = new ShippingBench(moto());
    await bench.setUp();
    store = await new FakeLoki().start();
  });
  afterEach(() => store?.stop());

  /** Puts a file there, says so, and delivers the message once. */
  async function ship(written: readonly string[], key = ALB.key) {
    await bench.put(key, file(written));
    await bench.announce(key);
    return bench.deliver(sink());
  }

  it("is done with S3's test message without looking for a file", async () => {
    await bench.say(JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent", Time: "2026-11-23T18:40:00Z", Bucket: FILES_BUCKET }));
    assert.deepEqual(await bench.deliver(sink()), { batchItemFailures: [], delivered: 1 });
    assert.equal(await bench.messages(), 0);
    assert.deepEqual(await bench.keys(""), []);
  });

  it("finds files whose keys are encoded in the message: spaces, plus signs, percent signs, other letters", async () => {
    await ship(lines(2), `a b+c%20é/${ALB.key}`);
    assert.equal(store.taken.length, 2);
  });

  it("keeps a message that is no notification of S3, and is done with it", async () => {
    for (const body of ["no JSON", '{"detail":1}']) await bench.say(body);
    assert.deepEqual((await bench.deliver(sink())).batchItemFailures, []);
    assert.deepEqual(
      (await bench.deadFiles()).map(({ reason }) => reason),
      ["not a notification of S3", "not a notification of S3"],
    );
  });

  it("ships the whole lines of a gzip file that ends too early, and keeps the rest and the file in mind", async () => {
    const written = Array.from({ length: 3_000 }, (_, index) => `${lines(1, now - index)[0]} ${Math.sin(index)}`);
    const whole = file(written);
    await bench.put(ALB.key, whole.subarray(0, Math.floor(whole.length * 0.7)));
    await bench.announce(ALB.key);
    assert.deepEqual((await bench.deliver(sink())).batchItemFailures, []);
    assert.ok(store.taken.length > 1_000 && store.taken.length < 3_000, String(store.taken.length));
    assert.deepEqual(store.taken, written.slice(0, store.taken.length), "no line twice, none out of order, none cut short");
    const [rest] = await bench.deadLines();
    assert.match(rest?.reason ?? "", /ends too early/);
    assert.ok(written[store.taken.length]?.startsWith(rest?.text ?? "?"), "the rest is the start of the next line");
    assert.deepEqual(
      (await bench.deadFiles()).map(({ from }) => from.key),
      [ALB.key],
    );
  });

  it("keeps in mind a file that is damaged, one that is gone, and one of no known writer, and does not try for ever", async () => {
    const damaged = file(lines(2_000).map((line, index) => `${line} ${Math.cos(index)}`));
    damaged.fill(0xff, 5_000, 6_000);
    await bench.put(ALB.key, damaged);
    await bench.announce(ALB.key);
    await bench.announce(`gone/${ALB.key}`);
    await bench.put("readme.txt", "hello");
    await bench.announce("readme.txt");
    assert.deepEqual((await bench.deliver(sink())).batchItemFailures, []);
    assert.equal(await bench.messages(), 0);
    const reasons = new Map((await bench.deadFiles()).map(({ from, reason }) => [from.key, reason]));
    assert.match(reasons.get(ALB.key) ?? "", /is damaged/);
    assert.equal(reasons.get(`gone/${ALB.key}`), "the file is gone");
    assert.match(reasons.get("readme.txt") ?? "", /no known writer/);
  });

  it("keeps lines that are eight days old, or in the future, with the reason and does not send them", async () => {
    const old = lines(1, now - 8 * 86_400_000);
    const future = lines(1, now + 3_600_000);
    const { batchItemFailures } = await ship([...old, ...lines(2), ...future]);
    assert.deepEqual(batchItemFailures, []);
    assert.equal(store.taken.length, 2);
    const dead = await bench.deadLines();
    assert.deepEqual(
      dead.map(({ text, reason }) => [text, reason]),
      [
        [old[0], "older than 168 hours, which the log store refuses"],
        [future[0], "in the future, which the log store refuses"],
      ],
    );
  });

  it("finds the bad lines of a push that is answered with 400, and sends all others", async () => {
    const written = lines(200);
    const bad = new Set([written[3], written[70], written[199]]);
    store.answer = (sent) =>
      sent.some((line) => bad.has(line)) ? { status: 400, text: "line too long", takes: (line) => !bad.has(line) } : { status: 204 };
    assert.deepEqual((await ship(written)).batchItemFailures, []);
    assert.deepEqual(new Set(store.taken), new Set(written.filter((line) => !bad.has(line))));
    assert.deepEqual(new Set((await bench.deadLines()).map(({ text }) => text)), bad);
    assert.ok(store.requests < 60, `${store.requests} requests`);
  });

  it("believes a store that says it took none of a push, and does not ask for each line", async () => {
    store.answer = (sent) => ({
      status: 400,
      text: `entry too far behind, total ignored: ${sent.length} out of ${sent.length} for stream: {}`,
    });
    await ship(lines(500));
    assert.equal(store.requests, 1);
    assert.equal((await bench.deadLines()).length, 500);
  });

  for (const status of [429, 500, 503])
    it(`leaves the message to the queue while the store answers ${status}, and loses nothing when it is back`, async () => {
      store.answer = () => ({ status, text: "not now" });
      const { batchItemFailures } = await ship(lines(50));
      assert.equal(batchItemFailures.length, 1);
      assert.equal(await bench.messages(), 1);
      assert.deepEqual(await bench.deadLines(), []);
      store.answer = () => ({ status: 204 });
      await bench.wake();
      assert.deepEqual((await bench.deliver(sink())).batchItemFailures, []);
      assert.equal(store.taken.length, 50);
      assert.equal(await bench.messages(), 0);
    }).timeout(10_000);

  it("goes to the queue's dead letters after so many deliveries, and is not tried for ever", async () => {
    store.answer = () => ({ status: 500 });
    await ship(lines(5));
    for (let delivery = 0; delivery < 5; delivery += 1) {
      await bench.wake();
      await bench.deliver(sink());
    }
    assert.equal(await bench.messages(), 0);
    assert.equal(await bench.messages(bench.deadQueueUrl), 1);
  });

  it("takes no line twice into account when the store fails in the middle of a file: dead letters are written over, not beside", async () => {
    const old = lines(3, now - 8 * 86_400_000);
    const written = [...old, ...lines(6_000)];
    let pushes = 0;
    store.answer = () => ({ status: (pushes += 1) === 2 ? 503 : 204 });
    const { batchItemFailures } = await ship(written);
    assert.equal(batchItemFailures.length, 1);
    store.answer = () => ({ status: 204 });
    // The pause is the queue's to keep; the message comes again at once here.
    await bench.announce(ALB.key);
    assert.deepEqual((await bench.deliver(sink())).batchItemFailures, []);
    assert.equal(new Set(store.taken).size, 6_000);
    assert.deepEqual(
      (await bench.deadLines()).map(({ text }) => text),
      old,
    );
  });

  it("pauses longer after each failure, to a quarter of an hour", () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 100].map(pauseSeconds), [30, 60, 120, 240, 480, 900, 900, 900]);
  });
});
