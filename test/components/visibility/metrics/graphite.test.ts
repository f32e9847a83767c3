import assert from "node:assert/strict";
import { ConfigError } from "../../../../components/faults";
import { Graphite, type GraphiteArgs } from "../../../../components/visibility/metrics/graphite";
import { HostedGraphite, type HostedGraphiteArgs } from "../../../../components/visibility/metrics/hosted-graphite";
import { type MetricsStore } from "../../../../components/visibility/metrics/metrics-store";
import { archivesOf } from "../../../daemons/graphite";
import { known } from "../../../daemons/hosted";
import { recordProgram, TEST_CONTEXT } from "../../../harness";
import { FakeHost } from "./fake-host";

const KEY_ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:graphite-key-AbCdEf";
const IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/carbon-c-relay:3.7.3";

interface Made {
  readonly host: FakeHost;
  readonly store: MetricsStore;
}

async function make(change: Partial<GraphiteArgs> = {}): Promise<Made & { readonly graphite: Graphite }> {
  const host = new FakeHost();
  const made: Graphite[] = [];
  await recordProgram((options) => {
    const load = { hosts: 60, metricsPerHost: 600, growth: 2, shards: 4 };
    const archives = archivesOf("10s:1d,60s:7d,10m:90d");
    made.push(
      new Graphite("metrics", { context: TEST_CONTEXT, host, archives, load, pruneDays: 14, relayImage: IMAGE, ...change }, options),
    );
  });
  const [graphite] = made;
  assert.ok(graphite);
  return { host, graphite, store: graphite.store };
}

async function makeHosted(change: Partial<HostedGraphiteArgs> = {}): Promise<Made> {
  const host = new FakeHost();
  const made: MetricsStore[] = [];
  await recordProgram((options) => {
    const { store } = new HostedGraphite(
      "metrics",
      {
        context: TEST_CONTEXT,
        host,
        endpoint: { host: "carbon.example.com", port: 20_030, tls: true },
        renderUrl: "https://www.example.com/graphite",
        keySecretArn: KEY_ARN,
        intervalSeconds: 10,
        relayImage: IMAGE,
        ...change,
      },
      options,
    );
    made.push(store);
  });
  const [store] = made;
  assert.ok(store);
  return { host, store };
}

describe("Graphite", () => {
  it("is shards with a volume each, and a relay, a graphite-web and a StatsD without", async () => {
    const { host, graphite } = await make();
    assert.deepEqual(
      host.programs.map(({ name, replicas, storage }) => [name, replicas, storage?.gib]),
      [
        ["graphite-shard", 4, graphite.shardGib],
        ["graphite-relay", 1, undefined],
        ["graphite-web", 1, undefined],
        ["statsd", 1, undefined],
      ],
    );
  });

  it("has two copies of what keeps nothing in a durable environment, and one StatsD, because two would overwrite each other", async () => {
    const { host } = await make({ context: { ...TEST_CONTEXT, durable: true } });
    assert.deepEqual(
      host.programs.map(({ name, replicas }) => [name, replicas]),
      [
        ["graphite-shard", 4],
        ["graphite-relay", 2],
        ["graphite-web", 2],
        ["statsd", 1],
      ],
    );
  });

  it("runs nothing as root, and publishes what is sent to and asked, not the shards", async () => {
    const { host } = await make();
    assert.ok(host.programs.every(({ user }) => user > 0));
    assert.deepEqual(
      host.programs.map(({ name, published }) => [name, published]),
      [
        ["graphite-shard", undefined],
        ["graphite-relay", [2003]],
        ["graphite-web", [8080]],
        ["statsd", [8125]],
      ],
    );
  });

  it("lets its programs call each other and nothing else", async () => {
    const { host } = await make();
    assert.deepEqual(
      host.programs.map(({ name, calls = [], internetReasons = [] }) => [
        name,
        calls.map(({ to, port }) => `${to.name}:${port}`),
        internetReasons,
      ]),
      [
        ["graphite-shard", [], []],
        ["graphite-relay", ["graphite-shard:2003"], []],
        ["graphite-web", ["graphite-shard:8080"], []],
        ["statsd", ["graphite-relay:2003"], []],
      ],
    );
  });

  it("knows every shard by the same number in relay and graphite-web", async () => {
    const { host } = await make();
    const relay = await host.file("graphite-relay", "/etc/relay/relay.conf");
    const web = await host.file("graphite-web", "/etc/graphite/strata_settings.py");
    for (const shard of [0, 1, 2, 3]) {
      const address = `graphite-shard-${shard}.graphite-shard.visibility.internal`;
      assert.match(relay, new RegExp(`^ +${address}:2003=${shard}$`, "m"));
      assert.match(web, new RegExp(`"${address}:8080"`));
    }
    assert.match(relay, /jump_fnv1a_ch replication 1/);
  });

  it("sends as often as the finest archive has points: StatsD, carbon itself, the relay and what it tells agents", async () => {
    const { host, store } = await make({ archives: archivesOf("30s:1d,5m:30d") });
    const statsd = JSON.parse(await host.file("statsd", "/etc/statsd/config.js")) as { flushInterval: number };
    assert.equal(statsd.flushInterval, 30_000);
    assert.match(await host.file("graphite-shard", "/etc/graphite/carbon.conf"), /^CARBON_METRIC_INTERVAL = 30$/m);
    assert.match(await host.file("graphite-relay", "/etc/relay/relay.conf"), /submit every 30 seconds/);
    assert.equal(store.intervalSeconds, 30);
    assert.match(await host.file("graphite-shard", "/etc/graphite/storage-schemas.conf"), /^retentions = 30s:2880,300s:8640$/m);
  });

  it("is not slowed down by carbon's own limits", async () => {
    const { host } = await make();
    const carbon = await host.file("graphite-shard", "/etc/graphite/carbon.conf");
    for (const limit of ["MAX_CREATES_PER_MINUTE", "MAX_UPDATES_PER_SECOND"]) assert.match(carbon, new RegExp(`^${limit} = inf$`, "m"));
    assert.match(carbon, /^MAX_CACHE_SIZE = \d+$/m);
  });

  it("lets a transform bend each program before it runs", async () => {
    const bent = (name: string) => ({ transform: { [name]: (program: object) => ({ ...program, name: `bent-${name}` }) } });
    for (const name of ["shards", "relay", "web", "statsd"])
      assert.ok(
        (await make(bent(name))).host.programs.some((program) => program.name === `bent-${name}`),
        name,
      );
  });

  it("is refused when a shard could not hold or take what is expected", () =>
    assert.rejects(make({ load: { hosts: 5_000, metricsPerHost: 850, growth: 2, shards: 4 } }), (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /shards: is too few/);
      return true;
    }));
});

describe("A hosted Graphite", () => {
  it("is a relay and a StatsD of the platform's own, without shards", async () => {
    const { host } = await makeHosted();
    assert.deepEqual(
      host.programs.map(({ name }) => name),
      ["graphite-relay", "statsd"],
    );
  });

  it("has its key in one file of the relay, and nowhere else in what is declared", async () => {
    const { host } = await makeHosted();
    assert.deepEqual(Object.values(host.program("graphite-relay").secretFiles ?? {}), [KEY_ARN]);
    assert.equal(host.program("statsd").secretFiles, undefined);
    assert.ok(host.programs.every(({ containers }) => containers.every(({ environment }) => environment === undefined)));
  });

  it("is reached over TLS on its port, which the relay says why it must reach", async () => {
    const { host } = await makeHosted();
    const relay = host.program("graphite-relay");
    assert.match(await host.file("graphite-relay", "/etc/relay/relay.conf"), /carbon\.example\.com:20030 transport plain ssl$/m);
    assert.deepEqual([relay.internetPorts, relay.internetReasons], [[20_030], ["metrics are kept by carbon.example.com"]]);
  });

  it("tells Grafana where to ask and which key to use", async () => {
    const { store } = await makeHosted();
    assert.equal(store.kind, "hosted");
    assert.equal(await known(store.query.url), "https://www.example.com/graphite");
    assert.deepEqual([store.query.keySecretArn, store.query.port, store.query.securityGroupId], [KEY_ARN, 443, undefined]);
  });

  it("lets a transform bend each program", async () => {
    for (const name of ["relay", "statsd"] as const) {
      const { host } = await makeHosted({
        transform: { [name]: (program: FakeHost["programs"][number]) => ({ ...program, name: "bent" }) },
      });
      assert.ok(host.programs.some((program) => program.name === "bent"));
    }
  });
});
