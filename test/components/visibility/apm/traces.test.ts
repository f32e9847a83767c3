import assert from "node:assert/strict";
import { APM_KINDS, apmFaults, type ApmKind } from "../../../../components/visibility/apm/apm";
import { Traces } from "../../../../components/visibility/apm/traces";
import { NO_TELEMETRY, type ObservedWorkload, type WorkloadTelemetry } from "../../../../components/visibility/telemetry";
import { Descriptor, type Target, TARGETS } from "../../../../components/service/descriptor";
import { TEST_CONTEXT } from "../../../harness";
import { SETTINGS } from "./fixture";

const NEEDS_CONTAINER = { image: "example:1", port: 8080, health: "/" };

function descriptor(target: Target, run: object = {}): Descriptor {
  const kinds: Readonly<Record<string, object>> = { lambda: { handler: "handler.ts" }, "fargate-job": { job: "example:1" } };
  return Descriptor.parse({
    name: "orders",
    summary: "Takes orders",
    run: { ...(kinds[target] ?? NEEDS_CONTAINER), ...run },
    demand: { average: "1/s", peak: "2/s", shape: "steady", duration: "80ms", memory: "512MiB", start: "3s" },
    needs: [{ store: "postgres", name: "orders", access: "read" }],
  });
}

function traces(kind: ApmKind, privateServices: readonly string[] = []): Traces {
  return new Traces({
    context: TEST_CONTEXT,
    network: { privateServices: new Set(privateServices) },
    apm: SETTINGS[kind],
    agent: () => ({ nodes: [], ready: [] }),
  });
}

function telemetry(kind: ApmKind, target: Target, run?: object): WorkloadTelemetry {
  return traces(kind).of({ descriptor: descriptor(target, run), target } as ObservedWorkload);
}

describe("Traces of a workload", () => {
  it("are not there without a place for them: nothing is added to any workload", () => {
    for (const target of TARGETS) assert.deepEqual(telemetry("none", target), NO_TELEMETRY, target);
  });

  it("are named by the service, as its logs and metrics are, on every target and for every vendor", () => {
    for (const kind of APM_KINDS.filter((one) => one !== "none"))
      for (const target of TARGETS) {
        const { variables } = telemetry(kind, target);
        assert.equal(variables["OTEL_SERVICE_NAME"], "orders", `${kind} ${target}`);
        assert.equal(variables["OTEL_TRACES_SAMPLER_ARG"], "0.1");
        assert.deepEqual([variables["OTEL_METRICS_EXPORTER"], variables["OTEL_LOGS_EXPORTER"]], ["none", "none"]);
      }
  });

  it("change nothing but the collector when the vendor changes: a task's own variables stay as they are", () => {
    const own = APM_KINDS.filter((kind) => kind !== "none").map((kind) => telemetry(kind, "fargate").variables);
    for (const variables of own) assert.deepEqual(variables, own[0]);
  });

  it("go to a collector beside a task, below a pod, and in a layer of a function", () => {
    assert.equal(telemetry("otlp", "ecs").sidecars.length, 1);
    assert.equal(telemetry("otlp", "ecs").variables["OTEL_EXPORTER_OTLP_ENDPOINT"], "http://127.0.0.1:4318");
    const pod = telemetry("otlp", "eks");
    assert.deepEqual([pod.sidecars, pod.nodeAddressVariable], [[], "NODE_ADDRESS"]);
    assert.equal(pod.variables["OTEL_EXPORTER_OTLP_ENDPOINT"], "http://$(NODE_ADDRESS):4318");
    assert.equal(telemetry("otlp", "lambda").layers.length, 2);
  });

  it("never put a vendor's key into a variable: a task's collector gets it from ECS, a function's reads it itself", () => {
    for (const kind of ["otlp", "newrelic", "appdynamics", "dynatrace"] as const) {
      const { keySecretArn } = SETTINGS[kind];
      const [sidecar] = telemetry(kind, "fargate").sidecars;
      assert.deepEqual(sidecar?.secrets, { APM_KEY: keySecretArn });
      assert.match(String(sidecar?.variables["COLLECTOR_CONFIG"]), /\$\{env:APM_KEY\}/);
      const lambda = telemetry(kind, "lambda");
      assert.ok(String(lambda.variables["COLLECTOR_CONFIG"]).includes(`\${secretsmanager:${keySecretArn}}`));
      assert.deepEqual(
        lambda.statements.map(({ Resource }) => Resource),
        [keySecretArn],
      );
    }
  });

  it("let a role send to X-Ray only where X-Ray is the place, and let ECS read the key only where there is one", () => {
    assert.deepEqual(
      telemetry("xray", "fargate").statements.map(({ Sid }) => Sid),
      ["SendTraces"],
    );
    assert.deepEqual(telemetry("newrelic", "fargate").statements, []);
    assert.deepEqual(
      telemetry("newrelic", "fargate").startStatements.map(({ Sid }) => Sid),
      ["ReadTracesKey"],
    );
    assert.deepEqual(telemetry("xray", "fargate").startStatements, []);
  });

  it("stay within what Lambda takes as variables", () => {
    for (const kind of APM_KINDS) {
      const bytes = Object.entries(telemetry(kind, "lambda").variables).reduce(
        (sum, [name, value]) => sum + name.length + String(value).length,
        0,
      );
      assert.ok(bytes < 2_048, `${kind}: ${bytes} bytes of Lambda's 4096`);
    }
  });

  it("start with a container whose descriptor names its language, by an agent that is copied beside it", () => {
    const { instrumentation, variables } = telemetry("xray", "eks", { language: "java" });
    assert.ok(instrumentation);
    assert.equal(variables["JAVA_TOOL_OPTIONS"], `-javaagent:${instrumentation.path}/javaagent.jar`);
    assert.equal(telemetry("xray", "eks").instrumentation, undefined);
  });

  it("open the internet only for who sends them there: not for pods, nor for X-Ray inside the VPC", () => {
    const reasons = (kind: ApmKind, target: Target, inside: readonly string[] = []) =>
      traces(kind, inside).internetReasons(descriptor(target), target);
    assert.deepEqual(reasons("newrelic", "ecs"), ["sends traces to otlp.nr-data.net"]);
    assert.deepEqual(reasons("xray", "ecs", ["xray"]), []);
    assert.deepEqual(reasons("xray", "lambda"), ["no interface endpoint for xray"]);
    assert.deepEqual(reasons("newrelic", "eks"), []);
    for (const target of TARGETS) assert.deepEqual(reasons("none", target), []);
  });
});

describe("What does not go together in the settings of traces", () => {
  const said = (change: object, kind: ApmKind) =>
    apmFaults("apm", { ...SETTINGS[kind], ...change }).map(({ key, what }) => `${key} ${what}`);

  it("is nothing in what each kind is given as an example", () => {
    for (const kind of APM_KINDS) assert.deepEqual(said({}, kind), [], kind);
  });

  it("is a vendor without a key, an endpoint that nobody else knows, AppDynamics without its controller", () => {
    assert.deepEqual(said({ keySecretArn: undefined }, "newrelic"), ["apm.keySecretArn is missing for newrelic"]);
    assert.deepEqual(said({ endpoint: undefined }, "dynatrace"), ["apm.endpoint is missing for dynatrace"]);
    assert.deepEqual(said({ endpoint: undefined }, "otlp"), ["apm.endpoint is missing for otlp"]);
    assert.deepEqual(said({ controller: undefined }, "appdynamics"), ["apm.controller is missing for appdynamics"]);
  });

  it("is what a kind would silently ignore", () => {
    const { endpoint, keySecretArn, controller } = SETTINGS.appdynamics;
    assert.deepEqual(said({ endpoint, keySecretArn, controller }, "xray"), [
      "apm.endpoint is not used with xray",
      "apm.keySecretArn is not used with xray",
      "apm.controller is not used with xray",
    ]);
    assert.deepEqual(said({ keySecretArn: undefined, keyArn: "arn:aws:kms:us-east-1:1:key/1" }, "otlp"), [
      "apm.keyArn is given without keySecretArn",
    ]);
  });
});
