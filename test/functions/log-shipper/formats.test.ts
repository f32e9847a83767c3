import fc from "fast-check";
import assert from "node:assert/strict";
import { LOG_SOURCES } from "../../../components/visibility/logs/log-store";
import { formatOf } from "../../../functions/log-shipper/formats";
import { groupLabels, splitObjects } from "../../../functions/log-shipper/formats/log-group";
import { type Entry, isLine, type LogLine, plainName } from "../../../functions/log-shipper/line";
import { SAMPLES, subscriptionRecord } from "./samples";

async function entriesOf(key: string, lines: readonly string[]): Promise<Entry[]> {
  async function* feed(): AsyncGenerator<string> {
    yield* await Promise.resolve(lines);
  }
  const format = formatOf(key);
  assert.ok(format, key);
  const entries: Entry[] = [];
  for await (const entry of format.entries(feed(), { bucket: "b", key }, "test")) entries.push(entry);
  return entries;
}

const AT = new Date("2026-11-23T18:40:01.234Z");

describe("a format of log files", () => {
  for (const { what, key, lines, labels, entries: expected, precision } of SAMPLES)
    it(`gives each entry of the ${what} its labels, its own time and all its text`, async () => {
      const written = lines(AT);
      const entries = await entriesOf(key, written);
      assert.equal(entries.length, expected ?? written.length);
      for (const entry of entries) {
        assert.ok(isLine(entry), JSON.stringify(entry));
        assert.deepEqual(
          { environment: entry.environment, source: entry.source, service: entry.service },
          { environment: "test", ...labels },
        );
        assert.equal(entry.time, Math.floor(AT.getTime() / precision) * precision);
      }
      const text = entries.map((entry) => entry.text).join("\n");
      for (const line of written.slice(expected === undefined ? 0 : written.findIndex((line) => !/^(#|version )/.test(line))))
        assert.ok(text.includes(line), line);
    });

  it("is found by the key alone, and there is none for a key of nobody", () => {
    for (const key of ["readme.txt", "AWSLogs/123456789012/Config/us-east-1/2026/a.json.gz", "undelivered/cloudwatch/a"])
      assert.equal(formatOf(key), undefined, key);
  });

  it("reads the columns of a flow log off its header", async () => {
    const { key } = SAMPLES.find(({ labels }) => labels.source === "vpc-flow") ?? assert.fail();
    const [line] = await entriesOf(key, ["end srcaddr dstaddr pkt-srcaddr", "1795459200 10.0.1.5 10.0.2.9 10.0.1.5"]);
    assert.ok(line && isLine(line));
    assert.equal(line.time, 1_795_459_200_000);
  });

  for (const { what, key, lines } of SAMPLES)
    it(`throws nothing of a ${what} away, whatever stands in it: each line is in an entry or unreadable, with a reason`, async () => {
      const known = lines(AT);
      const any = fc.oneof(fc.string({ unit: "grapheme", minLength: 1 }), fc.constantFrom(...known)).filter((line) => !/[\r\n]/.test(line));
      await fc.assert(
        fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 12 }), async (written) => {
          const entries = await entriesOf(key, written);
          const kept = entries.flatMap(({ text }) => text.split("\n"));
          const headers = written.filter(
            (line) => /^#(Version|Fields):/.test(line) || (/^[a-z][a-z0-9 -]*$/.test(line) && line.split(" ").includes("end")),
          );
          assert.deepEqual([...kept, ...(key.includes("vpcflow") || key.startsWith("cdn/") ? headers : [])].sort(), [...written].sort());
          for (const entry of entries) assert.ok(isLine(entry) ? Number.isFinite(entry.time) : entry.reason.length > 10);
        }),
        { numRuns: 60 },
      );
    });
});

describe("records of a subscription", () => {
  const KEY = "cloudwatch/2026/11/23/18/logs-1-2026-11-23-18-40-00-abc.gz";

  it("give each event with the labels of its group and the stream it is from", async () => {
    const record = subscriptionRecord("/strata/prod/orders/8a4f/", "ecs/orders/77", [
      { timestamp: 1_795_459_200_123, message: '{"level":"error"}\n' },
      { timestamp: 1_795_459_200_124, message: "two\nlines" },
    ]);
    const control = JSON.stringify({
      messageType: "CONTROL_MESSAGE",
      logEvents: [{ id: "", timestamp: 1, message: "CWL CONTROL MESSAGE" }],
    });
    const labels = { environment: "prod", service: "orders", source: "cloudwatch", stream: "ecs/orders/77" };
    assert.deepEqual(await entriesOf(KEY, [control + record]), [
      { time: 1_795_459_200_123, ...labels, text: '{"level":"error"}' },
      { time: 1_795_459_200_124, ...labels, text: "two\nlines" },
    ]);
  });

  it("of AWS's own groups carry the name of the store, and say which service wrote them", () => {
    const labels = (group: string) => Object.values(groupLabels(group, "dev")).join(" ");
    assert.equal(labels("/aws/rds/cluster/orders-db-1a2b3c4/postgresql"), "dev orders-db rds");
    assert.equal(labels("/aws/amazonmq/broker/b-1234/general"), "dev b-1234 amazon-mq");
    assert.equal(labels("/aws/redshift/dev-sales/useractivitylog"), "dev dev-sales redshift");
    assert.equal(labels("/aws/eks/kubernetes-1a2b3c4/cluster"), "dev kubernetes cloudwatch");
    assert.equal(labels("/vendor/thing"), "dev vendor-thing cloudwatch");
    assert.equal(labels("/strata/staging/orders/x1"), "staging orders cloudwatch");
    for (const group of ["/aws/rds/cluster/a/b", "/x", "/strata/a/b/c"]) assert.ok(LOG_SOURCES.includes(groupLabels(group, "dev").source));
  });

  it("come whole however they stand one after another, and whatever their messages hold", async () => {
    const message = fc.string({ unit: "grapheme", maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(message, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (records, parted) => {
          const texts = records.map((messages) =>
            subscriptionRecord(
              "/strata/prod/orders/8",
              "s",
              messages.map((text) => ({ timestamp: 5, message: text })),
            ),
          );
          const entries = await entriesOf(KEY, parted ? texts : [texts.join("")]);
          assert.ok(entries.every(isLine));
          assert.deepEqual(
            entries.map(({ text }) => text),
            records.flat().map((text) => text.replace(/\n$/, "")),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it("that are none are unreadable, with all their text", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ minLength: 1 }), fc.json()).filter((text) => text.trim() !== "" && !text.includes("\n")),
        async (text) => {
          const entries = await entriesOf(KEY, [text]);
          assert.ok(entries.length > 0 && entries.every((entry) => !isLine(entry)));
          assert.equal(
            entries
              .map((entry) => entry.text)
              .join("")
              .replace(/\s/g, ""),
            text.replace(/\s/g, ""),
          );
        },
      ),
    );
  });

  it("are split only between objects", () => {
    assert.deepEqual(splitObjects('{"a":"}{"}{"b":"\\"}"}x'), ['{"a":"}{"}', '{"b":"\\"}"}', "x"]);
  });
});

describe("a prepared line", () => {
  const line: Omit<LogLine, "replayed"> = { time: AT.getTime(), environment: "test", service: "wiki-db", source: "rds", text: "a line" };

  it("of a poller is as it was written; of a dead letter it gets a label with its day", async () => {
    assert.deepEqual(await entriesOf("polled/rds/wiki-db/1.jsonl.gz", [JSON.stringify(line)]), [line]);
    assert.deepEqual(await entriesOf("dead-letters/lines/1.jsonl.gz", [JSON.stringify({ reason: "too old", from: {}, ...line })]), [
      { ...line, replayed: "2026-11-23" },
    ]);
  });

  it("that nobody could read is read again by the format of the file it is from, which may have been mended", async () => {
    const { key, lines, labels } = SAMPLES[0] ?? assert.fail();
    const [text = ""] = lines(AT);
    const [again] = await entriesOf("dead-letters/lines/1.jsonl.gz", [JSON.stringify({ reason: "?", text, from: { bucket: "b", key } })]);
    assert.ok(again && isLine(again));
    assert.deepEqual([again.source, again.service, again.text], [labels.source, labels.service, text]);
    const [still] = await entriesOf("dead-letters/lines/1.jsonl.gz", [
      JSON.stringify({ reason: "?", text: "junk", from: { bucket: "b", key } }),
    ]);
    assert.ok(still && !isLine(still));
    assert.equal(still.text, "junk");
  });
});

describe("a name that Pulumi made", () => {
  it("is plain without what makes it unique", () => {
    assert.deepEqual(["orders-db-1a2b3c4", "orders-db", "a-1234567b"].map(plainName), ["orders-db", "orders-db", "a-1234567b"]);
  });
});
