import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { ARCHIVE_PREFIXES } from "../../components/visibility/logs/prefixes";
import { Loki } from "../../components/visibility/logs/loki";
import { lokiSink } from "../../functions/log-shipper/sinks/loki";
import { FakeHost, network, valueOf } from "../components/visibility/logs/fake-host";
import { SAMPLES } from "../functions/log-shipper/samples";
import { DEAD_BUCKET, FILES_BUCKET, ShippingBench } from "../functions/log-shipper/shipping";
import { recordProgram, TEST_CONTEXT as context } from "../harness";
import { withMoto } from "../services/moto";
import { type Loki as LokiServer, startLoki, whyNoLoki } from "./loki";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The configuration that the program gives to Loki, and how old a line may be. */
async function declared(): Promise<{ readonly configuration: string; readonly oldestHours: number; readonly bucket: string }> {
  let rendered: Promise<string> | undefined;
  let oldestHours = 0;
  const resources = await recordProgram((options) => {
    const net = network(options);
    const host = new FakeHost(net.vpcId);
    const loki = new Loki(
      "loki",
      {
        context,
        host,
        network: net,
        keyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        searchDays: 7,
        size: { cpu: 500, memoryMib: 1024, storageGib: 10 },
      },
      options,
    );
    oldestHours = loki.oldestHours;
    const [file = assert.fail()] = Object.values(host.programs[0]?.files ?? {});
    rendered = valueOf(file);
  });
  const bucket = resources.find(({ type, name }) => type === "aws:s3/bucket:Bucket" && name === "loki")?.outputs["bucket"];
  return { configuration: (await rendered) ?? assert.fail(), oldestHours, bucket: String(bucket) };
}

describe("the log shipper, on an emulated AWS and a real Loki", () => {
  const moto = withMoto();
  let bench: ShippingBench;
  let loki: LokiServer;
  let oldestHours: number;

  before(async function () {
    this.timeout(600_000);
    const reason = whyNoLoki();
    if (reason) {
      console.warn(`    skipped: ${reason}`);
      this.skip();
    }
    const { configuration, oldestHours: oldest, bucket } = await declared();
    oldestHours = oldest;
    bench = new ShippingBench(moto());
    await bench.setUp(50);
    // Loki keeps its lines in the emulated S3, in the bucket that the program made for them.
    await bench.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    loki = await startLoki(configuration, { url: moto().url, accessKeyId: "test", secretAccessKey: "test" });
  });
  after(() => loki?.dispose());

  const sink = () => lokiSink({ url: `${loki.url}/loki/api/v1/push`, oldestHours, now: () => Date.now() });
  const file = (lines: readonly string[]) => gzipSync(`${lines.join("\n")}\n`);
  /** Everything that waits is delivered until nothing does. */
  async function deliverAll(): Promise<void> {
    while ((await bench.messages()) > 0) {
      const { batchItemFailures, delivered } = await bench.deliver(sink());
      assert.deepEqual(batchItemFailures, []);
      assert.ok(delivered > 0, "messages wait, and none can be had");
    }
  }

  for (const { what, key, lines, labels, entries, precision } of SAMPLES)
    it(`makes the ${what} lines of Loki, found by LogQL with their labels and their own time`, async () => {
      const at = new Date(Date.now() - 2 * HOUR);
      const written = lines(at);
      await bench.put(key, file(written));
      await bench.announce(key);
      await deliverAll();
      const query = `{environment="test", source="${labels.source}", service="${labels.service}"}`;
      const from = at.getTime() - 2_000;
      const found = await loki.lines(query, from, at.getTime() + 2_000);
      assert.ok(found.length >= (entries ?? written.length), JSON.stringify(found));
      const last = written.at(-1) ?? "";
      const line = found.find(({ text }) => text.endsWith(last));
      assert.ok(line, `no line ends with ${last}`);
      assert.equal(line.time, Math.floor(at.getTime() / precision) * precision);
      assert.deepEqual({ source: line.labels["source"], service: line.labels["service"] }, labels);
    }).timeout(60_000);

  it("takes lines from a log group by its subscription, Firehose, S3 and the queue to Loki", async () => {
    const [logs, firehose] = [new CloudWatchLogsClient(moto().client), new FirehoseClient(moto().client)];
    const roleArn = "arn:aws:iam::123456789012:role/log-subscription";
    const { DeliveryStreamARN: destinationArn } = await firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: "log-subscription",
        DeliveryStreamType: "DirectPut",
        ExtendedS3DestinationConfiguration: {
          RoleARN: roleArn,
          BucketARN: `arn:aws:s3:::${DEAD_BUCKET}`,
          Prefix: ARCHIVE_PREFIXES.cloudwatch,
        },
      }),
    );
    const { Attributes } = await bench.sqs.send(new GetQueueAttributesCommand({ QueueUrl: bench.queueUrl, AttributeNames: ["QueueArn"] }));
    await bench.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: DEAD_BUCKET,
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              QueueArn: Attributes?.["QueueArn"],
              Events: ["s3:ObjectCreated:*"],
              Filter: { Key: { FilterRules: [{ Name: "prefix", Value: ARCHIVE_PREFIXES.cloudwatch }] } },
            },
          ],
        },
      }),
    );
    const group = { logGroupName: "/strata/test/orders/8a4f", logStreamName: "ecs/orders/77" };
    await logs.send(new CreateLogGroupCommand(group));
    await logs.send(new CreateLogStreamCommand(group));
    await logs.send(new PutSubscriptionFilterCommand({ ...group, filterName: "all", filterPattern: "", destinationArn, roleArn }));
    const timestamp = Date.now() - 5_000;
    const message = '{"level":"error","msg":"boom","order":7}';
    await logs.send(new PutLogEventsCommand({ ...group, logEvents: [{ timestamp, message }] }));
    assert.ok((await bench.messages()) >= 1, "S3 said nothing to the queue, not even its test");
    await deliverAll();
    const [line] = await loki.lines(
      '{environment="test", service="orders", source="cloudwatch"} | json | order = 7',
      timestamp - 10,
      timestamp + 10,
    );
    assert.equal(line?.text, message);
    assert.equal(line?.time, timestamp);
    assert.equal(line?.labels["stream"], "ecs/orders/77", "which copy said it is known, without being a label of the stream");
  }).timeout(60_000);

  it("keeps a line that is eight days old as a dead letter, as Loki itself would refuse it", async () => {
    const [ALB = assert.fail()] = SAMPLES;
    const key = `eight-days/${ALB.key}`;
    const before = (await bench.deadLines()).length;
    await bench.put(key, file(ALB.lines(new Date(Date.now() - 8 * DAY))));
    await bench.announce(key);
    await deliverAll();
    const dead = (await bench.deadLines()).slice(before);
    assert.equal((await bench.deadLines()).length, before + 2);
    assert.ok(dead.length === 2);
    // The same lines, sent without looking at their age.
    const careless = lokiSink({ url: `${loki.url}/loki/api/v1/push`, oldestHours: 9_999, now: () => Date.now() });
    const placed = {
      time: Date.now() - 8 * DAY,
      environment: "test",
      service: "public",
      source: "alb",
      text: "old",
      order: 1,
      id: "1",
    } as const;
    const fresh = { ...placed, time: Date.now(), text: "fresh beside an old one", order: 2, id: "2" };
    const refusals = await careless.send([placed, fresh]);
    assert.equal(refusals.length, 1, "only the bad line of a push is refused");
    assert.match(refusals[0]?.reason ?? "", /400: .*(too old|timestamp)/);
    assert.equal((await loki.lines('{service="public"} |= "beside an old one"', Date.now() - 60_000, Date.now() + 60_000)).length, 1);
  }).timeout(60_000);

  it("takes a line that is hours behind the newest of its stream, as after an outage", async () => {
    const base = { environment: "test", service: "outage", source: "cloudwatch", order: 1 } as const;
    const send = (hours: number, text: string) => sink().send([{ ...base, time: Date.now() - hours * HOUR, text, id: text }]);
    assert.deepEqual([...(await send(0, "now")), ...(await send(20, "twenty hours ago"))], []);
    const late = await send(100, "a hundred hours ago");
    assert.match(late[0]?.reason ?? "", /too far behind/, "which is why what is replayed gets a stream of its own");
    const line = { ...base, time: Date.now() - 100 * HOUR, text: "replayed", id: "replayed", replayed: "2026-11-20" };
    assert.deepEqual(await sink().send([line]), []);
  }).timeout(60_000);

  it("loses nothing while Loki is down: accepted and dead letters are what was sent, and nothing is tried for ever", async () => {
    const [ALB = assert.fail()] = SAMPLES;
    const at = Date.now() - HOUR;
    const sent: string[] = [];
    const files = 6;
    const each = 200;
    const old = 5;
    const ship = async (index: number) => {
      const lines = Array.from({ length: each }, (_, line) => {
        const time = line < old ? at - 9 * DAY : at + index * each + line;
        return (ALB.lines(new Date(time))[0] ?? "")
          .replace('"curl/8"', `"outage-${index}-${line}"`)
          .replace("public-1a2b3c4", "down-1a2b3c4");
      });
      const key = `outage-${index}/${ALB.key.replace("public", "down")}`;
      sent.push(...lines);
      await bench.put(key, file(lines));
      await bench.announce(key);
    };
    const deadBefore = (await bench.deadLines()).length;
    await ship(0);
    await deliverAll();
    await loki.stop();
    for (let index = 1; index < files; index += 1) await ship(index);
    const { batchItemFailures, delivered } = await bench.deliver(sink());
    assert.equal(batchItemFailures.length, delivered, "all come again");
    assert.ok(delivered > 0);
    await loki.start();
    await bench.wake();
    await deliverAll();
    const found = await loki.lines('{service="down"} |= "outage-"', at - DAY, at + DAY);
    const dead = (await bench.deadLines()).slice(deadBefore).length;
    assert.equal(new Set(found.map(({ text }) => text)).size + ((await bench.deadLines()).length - deadBefore), sent.length);
    assert.equal(found.length, new Set(found.map(({ text }) => text)).size, "no line is there twice");
    assert.equal(dead, files * old);
    assert.equal(await bench.messages(), 0);
    assert.equal(await bench.messages(bench.deadQueueUrl), 0);
  }).timeout(120_000);

  it("takes 100,000 lines in one run", async () => {
    const [ALB = assert.fail()] = SAMPLES;
    const count = 100_000;
    const at = Date.now() - HOUR;
    const lines = Array.from({ length: count }, (_, index) =>
      (ALB.lines(new Date(at + index))[0] ?? "").replace('"curl/8"', `"many-${index}"`),
    );
    const key = ALB.key.replace("public", "many");
    const body = file(lines);
    await bench.put(key, body);
    await bench.announce(key);
    const start = performance.now();
    await deliverAll();
    const seconds = (performance.now() - start) / 1000;
    const bytes = lines.reduce((sum, line) => sum + line.length, 0);
    console.log(
      `      ${count} lines, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds.toFixed(1)} s: ${Math.round(count / seconds)} lines/s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`,
    );
    assert.equal(await loki.count('{service="many"}', 3), count);
  }).timeout(300_000);

  it("writes what Loki holds into the bucket that the program made", async () => {
    await loki.stop();
    const { bucket } = await declared();
    const keys = await bench.keys("", bucket);
    assert.ok(
      keys.some((key) => key.startsWith("fake/")),
      `chunks: ${keys.join(", ")}`,
    );
    await loki.start();
    assert.ok((await loki.count('{service="many"}', 3)) > 0, "and finds it there after a restart");
    assert.ok(FILES_BUCKET !== bucket);
  }).timeout(120_000);
});
