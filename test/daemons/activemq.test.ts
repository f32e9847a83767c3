import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { activeMqConfiguration, SERVICES_GROUP } from "../../components/persistence/activemq-configuration";
import { type QueueGrant } from "../../components/persistence/broker-checks";
import { MQ_ENGINES } from "../../facts/amazon-mq";
import { jars } from "./maven";
import { end, freePort } from "./scratch";

const VERSION = "5.18.6";
const ARTIFACTS = [
  `org.apache.activemq:activemq-spring:${VERSION}`,
  `org.apache.activemq:activemq-kahadb-store:${VERSION}`,
  `org.apache.activemq:activemq-jaas:${VERSION}`,
  "org.springframework:spring-context:5.3.39",
  "org.slf4j:slf4j-nop:2.0.13",
] as const;
const SOURCES = join(__dirname, "activemq");

const GRANTS: readonly QueueGrant[] = [
  { service: "billing", queue: "erp-postings", access: "publish" },
  { service: "legacy-erp", queue: "erp-postings", access: "consume" },
  { service: "warehouse", queue: "deliveries", access: "publish" },
  { service: "warehouse", queue: "deliveries", access: "consume" },
];
const USERS = [...new Set(GRANTS.map(({ service }) => service))];

/**
 * What Amazon MQ adds to a configuration by itself: the transport, the storage and the users with the groups that the broker's arguments give
 * them. Everything else is as rendered.
 */
function asAmazonMqRunsIt(configuration: string, folder: string, port: number): string {
  const users = USERS.map((user) => `<authenticationUser username="${user}" password="${user}" groups="${user},${SERVICES_GROUP}"/>`);
  const changes: readonly (readonly [string, string])[] = [
    ["<broker ", `<broker dataDirectory="${folder}" useJmx="false" `],
    ["<plugins>", `<plugins><simpleAuthenticationPlugin><users>${users.join("")}</users></simpleAuthenticationPlugin>`],
    [
      "</broker>",
      `<transportConnectors><transportConnector name="openwire" uri="tcp://127.0.0.1:${port}"/></transportConnectors></broker></beans>`,
    ],
    [
      "<broker ",
      '<beans xmlns="http://www.springframework.org/schema/beans" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.springframework.org/schema/beans http://www.springframework.org/schema/beans/spring-beans.xsd http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd"><broker ',
    ],
  ];
  return changes.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), from);
    return text.replace(from, to);
  }, configuration);
}

/** A real broker with the rendered configuration. */
class Broker {
  private constructor(
    private readonly child: ChildProcess,
    private readonly classPath: string,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(classPath: string): Promise<Broker> {
    const folder = mkdtempSync(join(tmpdir(), "strata-activemq-"));
    const port = await freePort();
    const file = join(folder, "activemq.xml");
    writeFileSync(file, asAmazonMqRunsIt(activeMqConfiguration(GRANTS), folder, port));
    const child = spawn("java", ["-Xmx256m", "-cp", classPath, join(SOURCES, "Broker.java"), file], { stdio: ["ignore", "pipe", "pipe"] });
    await new Promise<void>((resolve, reject) => {
      let said = "";
      const listen = (part: Buffer) => {
        said += part.toString();
        if (said.includes("READY")) resolve();
      };
      child.stdout.on("data", listen);
      child.stderr.on("data", listen);
      child.once("exit", (code) => reject(new Error(`the broker ended with ${code}: ${said}`)));
    });
    return new Broker(child, classPath, port, folder);
  }

  /** What came of each attempt, `user operation destination`, one after the other. */
  attempt(...attempts: readonly string[]): string[] {
    const words = attempts.map((text) => {
      const [user, operation, destination] = text.split(" ");
      return `${user} ${user} ${operation} ${destination}`;
    });
    return this.as(...words);
  }

  /** The same with the password: `user password operation destination`. */
  as(...attempts: readonly string[]): string[] {
    const { stdout, stderr } = spawnSync(
      "java",
      ["-cp", this.classPath, join(SOURCES, "Client.java"), `tcp://127.0.0.1:${this.port}`, ...attempts],
      { encoding: "utf8" },
    );
    const results = stdout.split("\n").flatMap((line) => (line.startsWith("TRIED ") ? [line.slice("TRIED ".length)] : []));
    assert.equal(results.length, attempts.length, stderr);
    return results;
  }

  async stop(): Promise<void> {
    await end(this.child, "SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe("The configuration of a broker on a real ActiveMQ", () => {
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

  it("is tried on the version that the platform makes brokers of", () => {
    assert.ok(VERSION.startsWith(`${MQ_ENGINES.activemq.version}.`));
  });

  it("lets one service hand a message to another, each with what its descriptor says", () => {
    assert.deepEqual(broker.attempt("billing send erp-postings", "legacy-erp read erp-postings"), ["sent", "hello from billing"]);
  });

  it("refuses who publishes to read, and who consumes to publish", () => {
    const [read, sent] = broker.attempt("billing read erp-postings", "legacy-erp send erp-postings");
    assert.match(String(read), /not let: User billing is not authorized to read/);
    assert.match(String(sent), /not let: User legacy-erp is not authorized to write/);
  });

  it("refuses a service its sibling's queue, by name, in a list and by a pattern", () => {
    const [sent, ...tried] = broker.attempt(
      "warehouse send deliveries",
      "billing send deliveries",
      "legacy-erp read deliveries",
      "legacy-erp read erp-postings,deliveries",
      "billing send erp-postings,deliveries",
      "legacy-erp read >",
    );
    assert.equal(sent, "sent");
    for (const result of tried) assert.match(result, /^not let: .*not authorized/);
    assert.deepEqual(broker.attempt("legacy-erp read *"), ["nothing"], "a pattern that takes in its own queue finds only that one");
    assert.deepEqual(broker.attempt("warehouse read deliveries"), ["hello from warehouse"]);
  });

  it("lets nobody make a queue or a topic that is not declared", () => {
    for (const result of broker.attempt("billing send erp-posting", "billing send topic:news", "billing read topic:news"))
      assert.match(result, /^not let: .*not authorized/);
  });

  it("puts what fails too often with the queue's own dead letters, which its consumers may read and nobody else", () => {
    const results = broker.attempt(
      "billing send erp-postings",
      "legacy-erp refuse erp-postings",
      "billing read DLQ.erp-postings",
      "warehouse read DLQ.erp-postings",
      "legacy-erp read DLQ.erp-postings",
    );
    assert.deepEqual(results.slice(0, 2), ["sent", "refused 2 times"]);
    for (const result of results.slice(2, 4)) assert.match(result, /^not let: .*not authorized/);
    assert.equal(results[4], "hello from billing");
  });

  it("tells no service what others do, and lets none pretend that something happened", () => {
    for (const result of broker.attempt(
      "billing read topic:ActiveMQ.Advisory.>",
      "billing read topic:ActiveMQ.Advisory.Connection",
      "billing send topic:ActiveMQ.Advisory.TempQueue",
    ))
      assert.match(result, /^not let: .*not authorized/);
  });

  it("lets nobody in with a wrong password or without a user", () => {
    const [wrong, unknown] = broker.as("billing warehouse send erp-postings", "nobody nobody read erp-postings");
    for (const result of [wrong, unknown]) assert.match(String(result), /^not let: User name \[\w+\] or password is invalid/);
  });
});
