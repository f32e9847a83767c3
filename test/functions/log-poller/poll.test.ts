import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { RDSClient } from "@aws-sdk/client-rds";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { databaseFiles, engineTime, isPolled } from "../../../functions/log-poller/database-files";
import { poll, pollAll, type Found, type PolledLog, type Polling } from "../../../functions/log-poller/poll";
import { PositionMoved, Positions } from "../../../functions/log-poller/position";
import { systemTables } from "../../../functions/log-poller/system-tables";
import { formatOf } from "../../../functions/log-shipper/formats";
import { withMoto } from "../../services/moto";

const BUCKET = "log-archive";

interface ArchivedLine {
  readonly text: string;
  readonly time: number;
  readonly service: string;
  readonly source: string;
  readonly environment: string;
}

/** An API that answers requests as it is told; moto knows no log files of RDS and no rows of Redshift. */
class FakeApi {
  private endpoint = "";

  private readonly server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const target = request.headers["x-amz-target"];
      const action = typeof target === "string" ? (target.split(".").at(-1) ?? "") : (new URLSearchParams(body).get("Action") ?? "");
      response.writeHead(200, { "content-type": target ? "application/x-amz-json-1.1" : "text/xml" }).end(this.answer(action, body));
    });
  });

  private constructor(private readonly answer: (action: string, body: string) => string) {}

  static async start(answer: (action: string, body: string) => string): Promise<FakeApi> {
    const fake = new FakeApi(answer);
    fake.server.listen(0, "127.0.0.1");
    await once(fake.server, "listening");
    const address = fake.server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    fake.endpoint = `http://127.0.0.1:${address.port}`;
    return fake;
  }

  get client() {
    return { endpoint: this.endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }
}

const xml = (action: string, result: string) =>
  `<${action}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${action}Result>${result}</${action}Result></${action}Response>`;

describe("the log poller, on an emulated AWS", () => {
  const moto = withMoto();
  let s3: S3Client;
  let polling: Polling;
  let clock = Date.parse("2026-11-23T19:00:00Z");

  beforeEach(async () => {
    await fetch(`${moto().url}/moto-api/reset`, { method: "POST" });
    s3 = new S3Client({ ...moto().client, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    clock = Date.parse("2026-11-23T19:00:00Z");
    polling = { s3, bucket: BUCKET, positions: new Positions(s3, BUCKET), environment: "test", now: () => clock };
  });

  async function archived(): Promise<ArchivedLine[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "polled/" }));
    const texts = await Promise.all(
      Contents.map(async ({ Key = "" }) => {
        assert.equal(formatOf(Key)?.source, "prepared", "the shipper knows what it is");
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
        return gunzipSync(Buffer.from((await Body?.transformToByteArray()) ?? [])).toString();
      }),
    );
    return texts.flatMap((text) => text.trimEnd().split("\n")).map((line) => JSON.parse(line) as ArchivedLine);
  }

  it("reads log files of RDS that no export covers, from where it left off, and each line once", async () => {
    const written = Date.parse("2026-11-23T18:50:00Z");
    const file = { text: "2026-11-23 18:40:00.12 spid9s      Starting up database 'erp'.\n  more of it\n", written };
    const api = await FakeApi.start((action, body) => {
      const parameters = new URLSearchParams(body);
      if (action === "DescribeDBInstances")
        return xml(
          action,
          "<DBInstances><DBInstance><DBInstanceIdentifier>erp-1</DBInstanceIdentifier><EnabledCloudwatchLogsExports><member>error</member></EnabledCloudwatchLogsExports></DBInstance></DBInstances>",
        );
      if (action === "DescribeDBLogFiles")
        return xml(
          action,
          `<DescribeDBLogFiles>${["log/SQLAGENT.OUT", "log/ERROR", "log/trace.xel"].map((name) => `<DescribeDBLogFilesDetails><LogFileName>${name}</LogFileName><LastWritten>${file.written}</LastWritten><Size>${file.text.length}</Size></DescribeDBLogFilesDetails>`).join("")}</DescribeDBLogFiles>`,
        );
      assert.equal(parameters.get("LogFileName"), "log/SQLAGENT.OUT", "the error log is exported, the trace is no text");
      const from = Number(parameters.get("Marker"));
      return xml(
        action,
        `<LogFileData>${file.text.slice(from)}</LogFileData><Marker>${file.text.length}</Marker><AdditionalDataPending>false</AdditionalDataPending>`,
      );
    });
    try {
      const log = databaseFiles(new RDSClient(api.client), "erp-db", "erp-1");
      assert.equal(await poll(polling, log), 2);
      assert.equal(await poll(polling, log), 0);
      file.text += "2026-11-23 18:55:00.00 - agent stopped\n";
      file.written += 300_000;
      assert.equal(await poll(polling, log), 1);
      const labels = { environment: "test", service: "erp-db", source: "rds" };
      const at = Date.parse("2026-11-23T18:40:00.120Z");
      assert.deepEqual(
        (await archived()).sort((one, other) => one.time - other.time),
        [
          { time: at, text: "2026-11-23 18:40:00.12 spid9s      Starting up database 'erp'.", ...labels },
          { time: at, text: "  more of it", ...labels },
          { time: Date.parse("2026-11-23T18:55:00Z"), text: "2026-11-23 18:55:00.00 - agent stopped", ...labels },
        ],
      );
    } finally {
      await api.stop();
    }
  });

  it("reads system tables of Redshift from the newest row it has, and leaves a serverless warehouse alone for a day", async () => {
    const since: string[] = [];
    let rows: string[] = ["2026-11-23 18:40:00.000001", "2026-11-23 18:41:00.000000"];
    const api = await FakeApi.start((action, body) => {
      if (action === "ExecuteStatement") {
        const { Sql, Parameters } = JSON.parse(body) as { Sql: string; Parameters: { value: string }[] };
        since.push(`${/from (\w+)/.exec(Sql)?.[1]} ${Parameters[0]?.value}`);
        return JSON.stringify({ Id: Sql.includes("sys_query_history") ? "queries" : "loads" });
      }
      if (action === "DescribeStatement") return JSON.stringify({ Status: "FINISHED" });
      const { Id } = JSON.parse(body) as { Id: string };
      return JSON.stringify({
        ColumnMetadata: [{ name: "logged_at" }, { name: "query_text" }],
        Records: Id === "queries" ? rows.map((at) => [{ stringValue: at }, { stringValue: "select 1" }]) : [],
      });
    });
    try {
      const address = {
        database: "sales",
        secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:sales",
        workgroup: "test-sales",
      };
      const log = systemTables(new RedshiftDataClient(api.client), "test-sales", address);
      assert.equal(await poll(polling, log), 2);
      const asked = since.length;
      assert.equal(await poll(polling, log), 0);
      assert.equal(since.length, asked, "it slept on");
      clock += 25 * 3_600_000;
      rows = [];
      assert.equal(await poll(polling, log), 0);
      assert.deepEqual(since.slice(asked), [
        "sys_query_history 2026-11-23 18:41:00.000000",
        "sys_load_error_detail 1970-01-01 00:00:00.000000",
      ]);
      const [first] = await archived();
      assert.deepEqual(JSON.parse(first?.text ?? ""), { table: "sys_query_history", query_text: "select 1" });
      assert.equal(first?.time, Date.parse("2026-11-23T18:40:00.000Z"));
    } finally {
      await api.stop();
    }
  });

  /** A log that breaks off after some pieces. */
  const pieces = (service: string, count: number, breaksAt = Number.POSITIVE_INFINITY): PolledLog => ({
    service,
    source: "rds",
    async *read(position): AsyncGenerator<Found> {
      await Promise.resolve();
      for (let index = Number(position.marks["file"]?.mark ?? 0); index < count; index += 1) {
        if (index === breaksAt) throw new Error(`${service} does not answer`);
        yield { name: "file", mark: { mark: String(index + 1), size: 0, time: 0 }, lines: [{ time: index, text: `line ${index}` }] };
      }
    },
  });

  it("goes on where a run was cut off: all lines arrive, at least once", async () => {
    await assert.rejects(poll(polling, pieces("a", 6, 3)), /does not answer/);
    assert.equal(await poll(polling, pieces("a", 6)), 3);
    assert.deepEqual(
      (await archived()).map(({ text }) => text).sort(),
      [0, 1, 2, 3, 4, 5].map((index) => `line ${index}`),
    );
  });

  it("reads the others when one cannot be read, and then fails, so that somebody is told", async () => {
    await assert.rejects(pollAll(polling, [pieces("a", 1, 0), pieces("b", 2)]), /a does not answer/);
    assert.equal((await archived()).length, 2);
  });

  it("does not save a position over one that another run saved meanwhile", async () => {
    const other = new Positions(s3, BUCKET);
    const [mine, theirs] = [await polling.positions.read("a"), await other.read("a")];
    await other.save("a", { ...theirs, polledAt: 2 });
    await assert.rejects(polling.positions.save("a", { ...mine, polledAt: 1 }), PositionMoved);
    assert.equal((await polling.positions.read("a")).polledAt, 2);
    await polling.positions.save("a", { polledAt: 3, marks: {} });
    await assert.rejects(other.save("a", { polledAt: 4, marks: {} }), PositionMoved);
  });
});

describe("log files of RDS", () => {
  it("are polled when they are text of a known kind that no export brings to CloudWatch Logs", () => {
    assert.equal(isPolled("error/postgresql.log.2026-11-23-18", ["postgresql"]), false);
    assert.equal(isPolled("error/postgresql.log.2026-11-23-18", []), true);
    assert.equal(isPolled("audit/ORCL_ora_1.aud", ["alert", "listener"]), true);
    assert.equal(isPolled("log/ERROR.1", ["error"]), false);
    assert.equal(isPolled("log/dump.xel", []), false);
  });

  it("have the time of each engine read off their lines, in UTC", () => {
    const time = Date.parse("2026-11-23T18:40:01Z");
    for (const line of [
      "2026-11-23 18:40:01 UTC:10.0.1.5(4711):orders@orders:[9]:LOG:  x",
      "2026-11-23T18:40:01.000000Z 8 [Note] x",
      "2026-11-23 18:40:01 0 [Note] x",
      "Mon Nov 23 18:40:01 2026 +00:00",
      "Mon Nov 23 18:40:01.123456 2026",
    ])
      assert.equal(engineTime(line), time, line);
    assert.equal(engineTime("  at some line"), undefined);
  });
});
