import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APM_KINDS } from "../../components/visibility/apm/apm";
import { collectorYaml, traceParts } from "../../components/visibility/apm/collector-config";
import { declaredAgent, SETTINGS } from "../components/visibility/apm/fixture";
import { findBuilt } from "./built";
import { COLLECTOR, Receiver, RunningCollector } from "./collector";
import { freePort } from "./scratch";

const found = findBuilt(COLLECTOR);
const skipped = "missing" in found ? `, skipped: ${found.missing}` : "";
/** What the configurations name that the built collector lacks. */
const NOT_BUILT = "xray";
const TIMEOUT_MS = 120_000;
const UID = "0a1b2c3d-1111-2222-3333-444455556666";

/** A span as an SDK sends it, in OTLP's JSON. */
function span(service: string, name: string) {
  const resource = { attributes: [{ key: "service.name", value: { stringValue: service } }] };
  const [traceId, spanId] = ["5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174"];
  const times = { startTimeUnixNano: "1764100000000000000", endTimeUnixNano: "1764100001000000000" };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: [{ traceId, spanId, name, kind: 2, ...times }] }] }] };
}

describe(`a real OpenTelemetry collector${skipped}`, function () {
  this.timeout(TIMEOUT_MS);
  let binary = "";
  let folder: string;
  let receiver: Receiver;
  let running: RunningCollector | undefined;

  before(function () {
    if ("missing" in found) this.skip();
    else binary = join(found.folder, "otelcol");
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "strata-otel-"));
    receiver = await Receiver.start();
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A rendered configuration on this machine: free ports, a scratch folder, and the receiver where AWS or a vendor is. All else is as rendered. */
  async function here(text: string, moves: Readonly<Record<string, string>>): Promise<{ text: string; http: number; health: string }> {
    const [http, grpc, health] = [await freePort(), await freePort(), await freePort()];
    const all = { ":4318": `:${http}`, ":4317": `:${grpc}`, ":13133": `:${health}`, "0.0.0.0": "127.0.0.1", ...moves };
    const moved = Object.entries(all).reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
    return { text: moved, http, health: `http://127.0.0.1:${health}` };
  }

  for (const kind of APM_KINDS.filter((one) => one !== "none" && one !== NOT_BUILT))
    it(`takes a span from a task and sends it to ${kind} with the key in its header`, async () => {
      const apm = SETTINGS[kind];
      const settings = { environment: "test", region: "us-east-1", apm, listen: "127.0.0.1", key: "${env:APM_KEY}", memoryMib: 128 };
      const rendered = collectorYaml(traceParts(settings), "127.0.0.1");
      const [endpoint] = /https:\/\/[^\s/]+/.exec(rendered) ?? [];
      assert.ok(endpoint);
      const { text, http, health } = await here(rendered, { [endpoint]: receiver.url });
      running = await RunningCollector.start(
        binary,
        ["--config=env:COLLECTOR_CONFIG"],
        { COLLECTOR_CONFIG: text, APM_KEY: "canary" },
        health,
      );
      const answer = await fetch(`http://127.0.0.1:${http}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(span("orders", "GET /orders")),
      });
      assert.equal(answer.status, 200);
      const { path, headers, body } = await receiver.has("GET /orders");
      assert.ok(path.endsWith("/v1/traces"), path);
      const key = {
        otlp: headers["x-token"],
        newrelic: headers["api-key"],
        appdynamics: headers["x-api-key"],
        dynatrace: headers.authorization,
      };
      assert.equal(key[kind], kind === "dynatrace" ? "Api-Token canary" : "canary");
      for (const fact of ["orders", "deployment.environment.name", "test"]) assert.ok(body.includes(fact), fact);
      if (apm.controller) assert.ok(body.includes(apm.controller.host));
      assert.doesNotMatch(running.complaints, /deprecated|canary/);
    });

  describe("on a node", () => {
    let pods: string;
    let configuration: { text: string; health: string };
    let group: string;

    beforeEach(async () => {
      const { files, resources } = await declaredAgent(SETTINGS.none, ["chat", "sessions"]);
      const [text = ""] = Object.values(files);
      group = String(resources.find(({ type, name }) => type === "aws:cloudwatch/logGroup:LogGroup" && name === "chat")?.outputs["name"]);
      pods = join(folder, "var/log/pods");
      configuration = await here(text, {
        "/var/log/pods": pods,
        "/var/lib/otelcol": join(folder, "kept"),
        "https://logs.us-east-1.amazonaws.com": receiver.url,
      });
      for (const service of ["chat", "sessions"]) mkdirSync(join(pods, `svc-${service}_${service}-1_${UID}`, service), { recursive: true });
    });

    function start(): Promise<RunningCollector> {
      const file = join(folder, "config.yaml");
      writeFileSync(file, configuration.text);
      return RunningCollector.start(binary, [`--config=${file}`], {}, configuration.health);
    }

    /** A line as the kubelet has a container's output written. */
    function write(service: string, line: string): void {
      appendFileSync(join(pods, `svc-${service}_${service}-1_${UID}`, service, "0.log"), `${new Date().toISOString()} stdout F ${line}\n`);
    }

    it("sends what a pod writes to its service's log group and stream, signed, with the pod's name", async () => {
      running = await start();
      write("chat", "hello from chat");
      const { path, headers, body } = await receiver.has("hello from chat");
      assert.equal(path, "/v1/logs");
      assert.deepEqual([headers["x-aws-log-group"], headers["x-aws-log-stream"]], [group, "pods"]);
      assert.match(String(headers.authorization), /^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/us-east-1\/logs\/aws4_request/);
      for (const fact of ["chat-1", "service.name"]) assert.ok(body.includes(fact), fact);
    });

    it("never sends a service's line to another's group", async () => {
      running = await start();
      write("chat", "only chat");
      write("sessions", "only sessions");
      const [chat, sessions] = [await receiver.has("only chat"), await receiver.has("only sessions")];
      assert.equal(chat.headers["x-aws-log-group"], group);
      assert.notEqual(sessions.headers["x-aws-log-group"], group);
    });

    it("loses no line when CloudWatch is away and the collector is killed meanwhile", async () => {
      running = await start();
      write("chat", "before");
      await receiver.has("before");
      receiver.status = 503;
      write("chat", "while it was away");
      await running.stop("SIGKILL");
      write("chat", "while nobody read");
      receiver.status = 200;
      running = await start();
      await receiver.has("while it was away");
      await receiver.has("while nobody read");
      const repeated = receiver.sent.filter(({ body }) => body.includes("before"));
      assert.equal(repeated.length, 1, "what was sent before is not sent again");
    });
  });
});
