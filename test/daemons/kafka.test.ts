import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { connect } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { declaredTopics, topicConfigs, type TopicSettings } from "../../components/persistence/kafka-topics";
import { KAFKA_VERSION } from "../../facts/msk";
import { jars } from "./maven";
import { end, freePort } from "./scratch";

const VERSION = "3.9.1";
const ARTIFACTS = [`org.apache.kafka:kafka_2.13:${VERSION}`, `org.apache.kafka:kafka-tools:${VERSION}`] as const;
/** Any id will do, but it is 22 characters of base 64. */
const CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg";
const TRIES = 300;
const PAUSE_MS = 100;

/** One broker is all there is here; everything else is as in an environment that may lose it. */
const HERE = { factor: 1, minimumInSync: 1 };

/** A real broker, KRaft, that makes no topic by itself. */
class Broker {
  private constructor(
    private readonly child: ChildProcess,
    private readonly classPath: string,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(classPath: string): Promise<Broker> {
    const folder = mkdtempSync(join(tmpdir(), "strata-kafka-"));
    const [port, controller] = [await freePort(), await freePort()];
    const properties = join(folder, "server.properties");
    writeFileSync(
      properties,
      [
        "process.roles=broker,controller",
        "node.id=1",
        `controller.quorum.voters=1@127.0.0.1:${controller}`,
        `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
        "controller.listener.names=CONTROLLER",
        `log.dirs=${join(folder, "data")}`,
        "auto.create.topics.enable=false",
        "offsets.topic.replication.factor=1",
      ].join("\n"),
    );
    const formatted = spawnSync("java", ["-cp", classPath, "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", properties], {
      encoding: "utf8",
    });
    assert.equal(formatted.status, 0, formatted.stderr);
    const child = spawn("java", ["-Xmx384m", "-cp", classPath, "kafka.Kafka", properties], { stdio: "ignore" });
    const broker = new Broker(child, classPath, port, folder);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (child.exitCode !== null) throw new Error(`the broker ended with ${child.exitCode}`);
      if (await answers(port)) return broker;
      await pause(PAUSE_MS);
    }
    await broker.stop();
    throw new Error(`the broker did not answer in ${(TRIES * PAUSE_MS) / 1000} s`);
  }

  /** What Kafka's own tool for topics says, errors included. */
  topics(...args: string[]): { readonly worked: boolean; readonly said: string } {
    const tool = ["-cp", this.classPath, "org.apache.kafka.tools.TopicCommand", "--bootstrap-server", `127.0.0.1:${this.port}`];
    const { status, stdout, stderr } = spawnSync("java", [...tool, ...args], { encoding: "utf8" });
    return { worked: status === 0, said: `${stdout}\n${stderr}` };
  }

  create(settings: TopicSettings): { readonly worked: boolean; readonly said: string } {
    const configs = Object.entries(topicConfigs(settings, HERE)).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
    const size = ["--partitions", String(settings.partitions), "--replication-factor", String(HERE.factor)];
    return this.topics("--create", "--topic", settings.topic, ...size, ...configs);
  }

  async stop(): Promise<void> {
    await end(this.child, "SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => socket.destroy()).once("connect", () => socket.end());
  });
}

describe("Topic settings on a real Kafka", () => {
  let broker: Broker;

  before(async function () {
    this.timeout(180_000);
    const found = jars(ARTIFACTS);
    if ("missing" in found) {
      console.warn(`      skipped: ${found.missing}`);
      this.skip();
    }
    broker = await Broker.start(found.classPath);
  });

  after(() => broker?.stop());

  it("are tried on the version that the platform makes clusters of", () => {
    assert.ok(VERSION.startsWith(`${KAFKA_VERSION.kafka}.`));
  });

  it("of the catalogue's declarations are accepted, and kept as they were given", () => {
    const { topics, faults } = declaredTopics(
      [
        { key: "orders", service: "orders", topic: "orders.v1", partitions: 12, retention: "7d" },
        { key: "notifications", service: "notifications", topic: "orders.v1" },
        { key: "stock", service: "stock", topic: "stock-levels", retention: "36h" },
      ],
      false,
    );
    assert.deepEqual(faults, []);
    for (const settings of topics) {
      const { worked, said } = broker.create(settings);
      assert.ok(worked, said);
    }
    const { said } = broker.topics("--describe");
    assert.match(said, /Topic: orders\.v1\s.*PartitionCount: 12\s.*retention\.ms=604800000/);
    assert.match(said, /Topic: stock-levels\s.*PartitionCount: 6\s.*retention\.ms=129600000/);
    assert.match(
      said,
      /Topic: orders\.v1\s.*cleanup\.policy=delete.*min\.insync\.replicas=1|min\.insync\.replicas=1.*cleanup\.policy=delete/,
    );
  });

  it("may gain partitions and never lose one, as the check says", () => {
    assert.ok(broker.topics("--alter", "--topic", "orders.v1", "--partitions", "18").worked);
    const { said } = broker.topics("--alter", "--topic", "orders.v1", "--partitions", "6");
    assert.match(said, /InvalidPartitionsException|would not be an increase|cannot be decreased|higher than/i);
  });

  it("are refused where Kafka knows better, so that an acceptance means something", () => {
    const { said } = broker.topics("--create", "--topic", "wrong", "--config", "retention.ms=a week");
    assert.match(said, /Invalid value|InvalidConfiguration|ConfigException/);
    assert.match(broker.create({ topic: "..", partitions: 1, retention: 1 }).said, /InvalidTopicException|[Tt]opic name/);
  });
});
