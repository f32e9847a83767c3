import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { replayText } from "../../../automation/commands/logs";
import { replayLogs } from "../../../automation/logs/replay";
import { type LogSink, type PlacedLine, StoreUnavailable } from "../../../functions/log-shipper/sinks/sink";
import { SAMPLES } from "../../functions/log-shipper/samples";
import { ShippingBench } from "../../functions/log-shipper/shipping";
import { withMoto } from "../../services/moto";

const [ALB = assert.fail()] = SAMPLES;

describe("strata logs replay, on an emulated AWS", () => {
  const moto = withMoto();
  let bench: ShippingBench;
  const taken: PlacedLine[] = [];
  const taking: LogSink = {
    send: (lines) => {
      taken.push(...lines);
      return Promise.resolve([]);
    },
  };
  const refusing: LogSink = { send: (lines) => Promise.resolve(lines.map((line) => ({ line, reason: "too old" }))) };
  const down: LogSink = { send: () => Promise.reject(new StoreUnavailable("down")) };
  const clients = () => ({ s3: bench.s3, sqs: bench.sqs });

  beforeEach(async () => {
    taken.length = 0;
    await fetch(`${moto().url}/moto-api/reset`, { method: "POST" });
    bench = new ShippingBench(moto());
    await bench.setUp(1);
  });

  async function put(key: string, body = gzipSync(`${ALB.lines(new Date()).join("\n")}\n`)): Promise<void> {
    await bench.put(key, body);
    await bench.announce(key);
  }

  it("only counts with --dry-run, and says why each line is there", async () => {
    await put(ALB.key);
    await bench.deliver(refusing);
    const result = await replayLogs(clients(), "test", true);
    assert.deepEqual(result, { messages: 0, files: 1, reasons: [{ reason: "too old", lines: 2 }], unreadable: [] });
    assert.equal(await bench.messages(), 0);
    assert.equal(
      replayText("test", result, true),
      "test: would send back 0 messages of files that were not shipped, and 2 refused lines in 1 files\n  2 lines: too old\n",
    );
  });

  it("sends refused lines back; once the store takes them the dead letters are gone, and the lines carry their day", async () => {
    await put(ALB.key);
    await bench.deliver(refusing);
    await replayLogs(clients(), "test", false);
    await bench.deliver(taking);
    assert.deepEqual(
      taken.map(({ text, source, service }) => [text.slice(0, 3), source, service]),
      [
        ["h2 ", "alb", "public"],
        ["htt", "alb", "public"],
      ],
    );
    for (const { replayed } of taken) assert.match(replayed ?? "", /^20\d\d-\d\d-\d\d$/);
    assert.deepEqual(await bench.keys("dead-letters/"), []);
  });

  it("does not lose lines that are refused again: they are dead letters again, once", async () => {
    await put(ALB.key);
    await bench.deliver(refusing);
    for (let round = 0; round < 3; round += 1) {
      await replayLogs(clients(), "test", false);
      await bench.deliver(refusing);
      assert.equal((await bench.deadLines()).length, 2);
      assert.equal(await bench.messages(), 0);
    }
  });

  it("moves messages that failed too often back, and files that could not be read are looked at again", async () => {
    await put(ALB.key);
    await bench.deliver(down);
    await bench.wake();
    await bench.deliver(down);
    assert.equal(await bench.messages(bench.deadQueueUrl), 1, "the queue gave up");
    await put(`late/${ALB.key}`, Buffer.from([0x1f, 0x8b, 1, 2, 3]));
    await bench.deliver(taking);
    assert.equal((await bench.deadFiles()).length, 1);
    await bench.put(`late/${ALB.key}`, gzipSync("junk\n"));
    const { messages, unreadable } = await replayLogs(clients(), "test", false);
    assert.deepEqual([messages, unreadable.length], [1, 1]);
    await bench.deliver(taking);
    assert.equal(taken.length, 2);
    assert.deepEqual(
      (await bench.deadLines()).map(({ text }) => text),
      ["junk"],
    );
    assert.deepEqual(await bench.deadFiles(), []);
    assert.equal(await bench.messages(bench.deadQueueUrl), 0);
  });

  it("says clearly that the account has no such environment", async () => {
    await assert.rejects(replayLogs(clients(), "prod", true), /prod: 0 queues of this account.*strata-prod-log-arrivals-/);
  });
});
