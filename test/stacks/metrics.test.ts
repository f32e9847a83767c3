import type * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { faultLine } from "../../components/faults";
import { type MetricsStore } from "../../components/visibility/metrics/metrics-store";
import { netdataConfiguration } from "../../components/visibility/metrics/netdata";
import { type MetricsConfig, MetricsKey } from "../../stacks/config/visibility/metrics";
import { metricsFaults } from "../../stacks/config/visibility/metrics-checks";
import { createMetrics } from "../../stacks/metrics";
import { FakeHost, smallGraphite } from "../components/visibility/metrics/fake-host";
import { known } from "../daemons/hosted";
import { recordProgram, TEST_CONTEXT } from "../harness";

const HOSTED = {
  endpoint: "carbon.example.com",
  renderUrl: "https://www.example.com/graphite",
  keySecretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:graphite-key-AbCdEf",
};

async function make(
  config: Parameters<typeof MetricsKey.parse>[0],
): Promise<{ readonly host: FakeHost; readonly store: MetricsStore | undefined }> {
  const host = new FakeHost();
  const made: (MetricsStore | undefined)[] = [];
  await recordProgram((options) => {
    // Whatever is made belongs to a component, as everything of an environment does.
    const parent: pulumi.Resource = smallGraphite("parent", options);
    const nodes = () => [host.nodes("eks"), host.nodes("ecs")];
    made.push(createMetrics({ context: TEST_CONTEXT, config: MetricsKey.parse(config), host: () => host, nodes, parent }));
  });
  return { host, store: made[0] };
}

describe("The metrics of an environment", () => {
  it("are kept in a Graphite of its own without asking, with an agent on every node of either kind", async () => {
    const { host, store } = await make({});
    assert.equal(store?.kind, "graphite");
    assert.deepEqual(
      host.daemons.map(({ kind, daemon }) => [kind, daemon.name]),
      [
        ["eks", "netdata"],
        ["ecs", "netdata"],
      ],
    );
    assert.match(
      host.program("graphite-relay").containers[0]?.image ?? "",
      /^111122223333\.dkr\.ecr\.us-east-1\.amazonaws\.com\/carbon-c-relay:/,
    );
  });

  it("are sent by every agent as often as the finest archive has points, over the relay, without tags", async () => {
    const { host } = await make({ retention: "15s:1d" });
    for (const { daemon } of host.daemons) {
      assert.equal(await known(daemon.files["/etc/strata-netdata/netdata.conf"] ?? ""), netdataConfiguration(15));
      const exporting = await known(daemon.files["/etc/strata-netdata/exporting.conf"] ?? "");
      for (const line of ["update every = 15", "destination = tcp:graphite-relay.visibility.internal:2003", "send automatic labels = no"])
        assert.ok(exporting.includes(line), line);
      assert.deepEqual(
        daemon.endpoints.map(({ port }) => port),
        [2003],
      );
      assert.ok(daemon.capabilities.every((capability) => ["SYS_PTRACE", "DAC_READ_SEARCH"].includes(capability)));
    }
  });

  it("kept by somebody else are sent by the same agents over a relay that alone has the key", async () => {
    const { host, store } = await make({ store: "hosted", hosted: HOSTED });
    assert.equal(store?.kind, "hosted");
    assert.equal(host.daemons.length, 2);
    assert.ok(host.daemons.every(({ daemon }) => daemon.secretFiles === undefined));
    assert.deepEqual(
      host.programs.map(({ name }) => name),
      ["graphite-relay", "statsd"],
    );
  });

  it("are CloudWatch's alone where that is wanted", async () => {
    const { host, store } = await make({ store: "none" });
    assert.deepEqual([store, host.programs, host.daemons], [undefined, [], []]);
  });
});

describe("The settings of metrics", () => {
  const faults = (config: Partial<MetricsConfig>, durable = false) =>
    metricsFaults("metrics", { ...MetricsKey.parse({}), ...config }, durable).map(faultLine);
  const hosted = { ...HOSTED, port: 20_030, tls: true };

  it("are right as they come, and in a durable environment with four shards", () => {
    assert.deepEqual(faults({}), []);
    assert.deepEqual(faults({}, true), []);
    assert.deepEqual(faults({ store: "hosted", hosted }, true), []);
  });

  for (const [what, config, durable, message] of [
    [
      "a retention that does not divide",
      { retention: "10s:1d,25s:7d" },
      false,
      /metrics\.retention: has an archive that does not divide the next/,
    ],
    ["a finest archive above a minute", { retention: "5m:1d" }, false, /metrics\.retention: begins too coarse, got "5m:1d"/],
    [
      "a hosted store without its key",
      { store: "hosted" },
      false,
      /metrics\.hosted: is missing; give endpoint, renderUrl and keySecretArn/,
    ],
    ["a hosted store that is not used", { hosted }, false, /metrics\.hosted: is without effect, since the store is graphite/],
    ["a hosted store beside none", { store: "none", hosted }, false, /since the store is none/],
    ["few shards in a durable environment", { shards: 2 }, true, /metrics\.shards: is too few for a durable environment.*give at least 4/],
    ["more points than shards take", { expectedHosts: 5_000 }, false, /metrics\.shards: is too few: one carbon-cache takes 8000 points/],
    [
      "growth beyond a volume",
      { retention: "60s:10y", expectedHosts: 400, metricsPerHost: 600, growth: 10 },
      false,
      /metrics\.retention: grows beyond a gp3 volume/,
    ],
  ] as const)
    it(`with ${what} are refused`, () => assert.match(faults(config, durable).join("\n"), message));
});
