import assert from "node:assert/strict";
import { parse } from "yaml";
import { APM_KINDS } from "../../../../components/visibility/apm/apm";
import { declaredAgent, SETTINGS } from "./fixture";

interface Configuration {
  readonly receivers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly exporters: Readonly<Record<string, { readonly headers?: Readonly<Record<string, string>> }>>;
  readonly service: { readonly pipelines: Readonly<Record<string, { readonly receivers: string[]; readonly exporters: string[] }>> };
}

async function configuration(kind: (typeof APM_KINDS)[number], services: readonly string[]) {
  const agent = await declaredAgent(SETTINGS[kind], services);
  const [text] = Object.values(agent.files);
  assert.ok(text);
  return { ...agent, text, parsed: parse(text) as Configuration };
}

describe("The agent of a node", () => {
  it("reads the pods of each service and sends them to that service's log group, and to no other", async () => {
    const { parsed, resources } = await configuration("none", ["chat", "sessions"]);
    const groups = resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(groups.length, 2);
    for (const { name, outputs } of groups) {
      const { receivers, exporters } = parsed.service.pipelines[`logs/svc-${name}`] ?? { receivers: [], exporters: [] };
      assert.deepEqual(parsed.receivers[String(receivers[0])]?.["include"], [`/var/log/pods/svc-${name}_*/*/*.log`]);
      assert.deepEqual(parsed.exporters[String(exporters[0])]?.headers, {
        "x-aws-log-group": outputs["name"],
        "x-aws-log-stream": "pods",
      });
    }
  });

  it("may write to the streams of these groups and to nothing else, and has a stream in each", async () => {
    const { daemon, resources } = await configuration("none", ["chat"]);
    assert.deepEqual(
      daemon.statements?.map(({ Action }) => Action),
      ["logs:PutLogEvents"],
    );
    assert.equal(resources.filter(({ type }) => type === "aws:cloudwatch/logStream:LogStream").length, 1);
  });

  it("takes traces only where traces go somewhere", async () => {
    for (const kind of APM_KINDS) {
      const { parsed, daemon } = await configuration(kind, ["chat"]);
      assert.equal("traces" in parsed.service.pipelines, kind !== "none", kind);
      assert.deepEqual(
        daemon.ports.map(({ port }) => port),
        kind === "none" ? [] : [4318, 4317],
        kind,
      );
    }
  });

  it("reads a vendor's key from a file in memory, so that neither configuration nor variables hold it", async () => {
    const { daemon, text } = await configuration("newrelic", ["chat"]);
    assert.deepEqual(daemon.secretFiles, { "/run/secrets/apm-key": SETTINGS.newrelic.keySecretArn });
    assert.match(text, /api-key: \$\{file:\/run\/secrets\/apm-key\}/);
    assert.deepEqual(daemon.environment, {});
  });

  it("keeps on the node how far it has read, and asks the node for nothing but its logs", async () => {
    const { daemon, text } = await configuration("xray", ["chat"]);
    assert.match(text, new RegExp(`directory: ${daemon.kept}`));
    assert.deepEqual([daemon.capabilities, daemon.hostPid, daemon.hostNetwork], [[], false, false]);
    assert.deepEqual(
      daemon.hostPaths.map(({ hostPath }) => hostPath),
      ["/var/log/pods"],
    );
  });
});
