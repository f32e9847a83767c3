import type * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MetricsStore } from "../../components/visibility/metrics/metrics-store";
import { netdata } from "../../components/visibility/metrics/netdata";
import { TaskMetrics } from "../../components/visibility/metrics/task-metrics";
import { aTask, someStats } from "../functions/task-metrics/task";
import { observed } from "../components/visibility/metrics/observed";
import { eventually } from "./eventually";
import { render, type RunningGraphite, startAround, values, whyNoGraphite } from "./graphite";
import { type LocalHost } from "./hosted";
import { asProgram } from "./sidecar";

const NETDATA = "/usr/sbin/netdata";
const HOSTS = "strata.test.hosts";

/** A server on the loopback address, and what calls it. */
async function serve(answer: RequestListener): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address && typeof address === "object");
  return { server, url: `http://127.0.0.1:${address.port}` };
}

function whyNoNetdata(): string | undefined {
  return whyNoGraphite() ?? (existsSync(NETDATA) ? undefined : `no ${NETDATA}; install Debian's package netdata-core`);
}

describe("A real Netdata, as the component declares it", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "strata-node-"));
  let graphite: RunningGraphite;
  let metadata: Server;

  before(async function () {
    const reason = whyNoNetdata();
    if (reason) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    const hostname = join(folder, "hostname");
    writeFileSync(hostname, "ip-10-0-1-23.eu-west-1.compute.internal\n");
    const served = await serve(({ method, url, headers }, response) => {
      if (method === "PUT" && url === "/api/token") response.end("a-token");
      else if (url === "/meta-data/instance-id" && headers["x-aws-ec2-metadata-token"] === "a-token") response.end("i-0abc123def4567890");
      else response.writeHead(401).end();
    });
    metadata = served.server;
    graphite = await startAround(
      {},
      (host: LocalHost, store: MetricsStore, parent: pulumi.Resource) => {
        for (const kind of ["eks", "ecs"] as const) host.node(kind).run(netdata(kind, "test", store), parent);
      },
      {
        "/host": "/",
        "/proc/sys/kernel/hostname": hostname,
        "http://169.254.169.254/latest": served.url.replace("127.0.0.1", "localhost"),
      },
    );
  });

  after(async () => {
    await graphite?.stop();
    metadata?.close();
    rmSync(folder, { recursive: true });
  });

  for (const [kind, name] of [
    ["a node of EKS, whose name has dots", "ip-10-0-1-23-eu-west-1-compute-internal"],
    ["an instance of ECS, by its id", "i-0abc123def4567890"],
  ] as const)
    it(`has the CPU of ${kind}, answered by graphite-web through relay and shards`, async () => {
      await eventually("there is CPU time of users", async () => {
        const used = await render(graphite.renderUrl, `${HOSTS}.${name}.system.cpu.user`);
        assert.equal(used.length, 1);
        assert.ok(values(used[0]).length >= 3, "a point for each second");
        assert.ok(values(used[0]).every((percent) => percent >= 0 && percent <= 100));
      });
      const idle = await render(graphite.renderUrl, `sumSeries(${HOSTS}.${name}.system.cpu.*)`);
      assert.ok(values(idle[0]).some((percent) => percent > 0));
    });

  it("sends nothing of other hosts, nothing about itself, and no name with tags", async () => {
    const found = await render(graphite.renderUrl, `${HOSTS}.*.*.*.*`);
    const names = found.map(({ target }) => target.split("."));
    assert.deepEqual([...new Set(names.map(([, , , host]) => host))].sort(), [
      "i-0abc123def4567890",
      "ip-10-0-1-23-eu-west-1-compute-internal",
    ]);
    assert.ok(names.every(([, , , , family]) => family !== "netdata"));
    assert.ok(found.every(({ target }) => !target.includes(";")));
  });
});

describe("The sidecar of a Fargate task, as the component declares it", function () {
  this.timeout(60_000);
  let graphite: RunningGraphite;
  let endpoint: Server;

  before(async function () {
    const reason = whyNoGraphite();
    if (reason) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    let seconds = 0;
    const served = await serve(({ url }, response) => {
      if (url === "/v4/abc/task") response.end(JSON.stringify(aTask()));
      else if (url === "/v4/abc/task/stats") response.end(JSON.stringify(someStats(seconds++)));
      else response.writeHead(404).end();
    });
    endpoint = served.server;
    graphite = await startAround({}, (host, store, parent) => {
      const { sidecars } = new TaskMetrics("test", store).of(observed({ name: "orders", target: "fargate" }, parent));
      assert.equal(sidecars.length, 1);
      for (const sidecar of sidecars)
        host.run(asProgram(sidecar, { ECS_CONTAINER_METADATA_URI_V4: `${served.url.replace("127.0.0.1", "localhost")}/v4/abc` }));
    });
  });

  after(async () => {
    await graphite?.stop();
    endpoint?.close();
  });

  it("sends CPU, memory, disk and network of the task and its containers, and they are answered", async () => {
    const task = "strata.test.tasks.orders.158d1c8083dd49d6b527399fd6414f5c";
    await eventually("there are points", async () => {
      const cpu = values((await render(graphite.renderUrl, `${task}.cpu.percent`))[0]);
      assert.ok(cpu.length >= 2);
      assert.ok(cpu.every((percent) => percent > 0));
    });
    const found = await render(graphite.renderUrl, `${task}.*.*`);
    assert.deepEqual(found.map(({ target }) => target.slice(task.length + 1)).sort(), [
      ...["cpu.percent", "disk.read", "disk.written", "memory.bytes", "memory.percent"],
      ...["network.received", "network.sent", "storage.percent"],
    ]);
    const containers = await render(graphite.renderUrl, `${task}.containers.*.*.*`);
    assert.deepEqual(containers.map(({ target }) => target.split(".")[6]).sort(), ["orders", "orders", "task-metrics", "task-metrics"]);
  });
});
