import type * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MetricsStore } from "../../components/visibility/metrics/metrics-store";
import { netdata } from "../../components/visibility/metrics/netdata";
import { TaskMetrics } from "../../components/visibility/metrics/task-metrics";
import { observed } from "../components/visibility/metrics/observed";
import { aTask, someStats } from "../functions/task-metrics/task";
import { plannedTargets } from "../stacks/planned-files";
import { eventually } from "./eventually";
import { render, type RunningGraphite, startAround, values, whyNoGraphite } from "./graphite";
import { asProgram } from "./sidecar";

const NETDATA = "/usr/sbin/netdata";
const ENVIRONMENTS = ["dev", "prod"] as const;
/** Grafana fills in all hosts for this variable. */
const HOST = "$host";

function whyNot(): string | undefined {
  return whyNoGraphite() ?? (existsSync(NETDATA) ? undefined : `no ${NETDATA}; install Debian's package netdata-core`);
}

/** Names of the services in targets of one kind of path. */
function servicesIn(targets: readonly string[], path: RegExp): string[] {
  return [...new Set(targets.flatMap((target) => path.exec(target)?.[1] ?? []))];
}

async function servePartOfEcs(): Promise<{ readonly server: Server; readonly url: string }> {
  let seconds = 0;
  const server = createServer(({ url }, response) => {
    if (url?.endsWith("/task")) response.end(JSON.stringify(aTask()));
    else if (url?.endsWith("/task/stats")) response.end(JSON.stringify(someStats(seconds++)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address && typeof address === "object");
  return { server, url: `http://localhost:${address.port}/v4/abc` };
}

/** What an application sends: a counter, a timer and a gauge of each service. */
function sendStats({ statsdHost, statsdPort }: RunningGraphite, services: readonly string[]): Promise<void> {
  const packet = services.flatMap((name) => [`${name}.orders:1|c`, `${name}.checkout:12|ms`, `${name}.open:3|g`]).join("\n");
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    socket.send(packet, statsdPort, statsdHost, (error) => {
      socket.close();
      if (error) reject(error);
      else resolve();
    });
  });
}

for (const environment of ENVIRONMENTS)
  describe(`Every Graphite target of every dashboard of ${environment}`, function () {
    this.timeout(180_000);
    const folder = mkdtempSync(join(tmpdir(), "strata-node-"));
    let targets: string[] = [];
    let graphite: RunningGraphite;
    let ecs: Server;

    before(async function () {
      const reason = whyNot();
      if (reason) {
        console.warn(`      skipped: ${reason}`);
        this.skip();
      }
      targets = (await plannedTargets(environment, "graphite")).map(({ target = "" }) => target);
      const hostname = join(folder, "hostname");
      writeFileSync(hostname, "ip-10-0-1-23.eu-west-1.compute.internal\n");
      const served = await servePartOfEcs();
      ecs = served.server;
      const tasks = servicesIn(targets, /\.tasks\.([\w-]+)\./);
      graphite = await startAround(
        { environment },
        (host, store: MetricsStore, parent: pulumi.Resource) => {
          host.node("eks").run(netdata("eks", environment, store), parent);
          for (const name of tasks)
            for (const sidecar of new TaskMetrics(environment, store).of(observed({ name, target: "fargate" }, parent)).sidecars)
              host.run({ ...asProgram(sidecar, { ECS_CONTAINER_METADATA_URI_V4: served.url }), name: `task-${name}` });
        },
        { "/host": "/", "/proc/sys/kernel/hostname": hostname },
      );
    });

    after(async () => {
      await graphite?.stop();
      ecs?.close();
      rmSync(folder, { recursive: true });
    });

    it("returns a series with a point, from a real Netdata, the sidecar of each task and StatsD of each service", async () => {
      const services = servicesIn(targets, /\.apps\.\w+\.([\w-]+)\./);
      assert.ok(targets.length > 30, `${targets.length} targets`);
      assert.ok(services.length > 5);
      const empty = new Set(targets);
      await eventually("every target has a point", async () => {
        await sendStats(graphite, services);
        for (const target of [...empty]) {
          const series = await render(graphite.renderUrl, target.replaceAll(HOST, "*"));
          if (series.some((one) => values(one).length > 0)) empty.delete(target);
        }
        assert.deepEqual([...empty], []);
      });
      console.log(`      ${targets.length} targets, each with a point`);
    });

    it("would show as empty with a wrong path: Graphite answers that with no error and no series", async () => {
      const [target = ""] = targets;
      assert.deepEqual(await render(graphite.renderUrl, target.replace("strata.", "starta.").replaceAll(HOST, "*")), []);
    });
  });
