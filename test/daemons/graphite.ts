import type * as pulumi from "@pulumi/pulumi";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { Graphite } from "../../components/visibility/metrics/graphite";
import { CARBON_CACHE, GRAPHITE_PYTHON, STATSD } from "../../components/visibility/metrics/images";
import { type MetricsStore } from "../../components/visibility/metrics/metrics-store";
import { type Archive, readRetention } from "../../components/visibility/metrics/retention";
import { recordProgram, TEST_CONTEXT } from "../harness";
import { known, LocalHost } from "./hosted";

/** What a Graphite of the tests is made with. */
export interface TestGraphite {
  /** As in the stack file. Default: one archive of one second. Its finest point is the interval at which senders must send. */
  readonly retention?: string;
  /** Default: 2. */
  readonly shards?: number;
  /** Name of the environment, which is in the name of every series. Default: that of all tests. */
  readonly environment?: string;
}

/** A Graphite that runs: carbon-c-relay, carbon-cache and graphite-web of each shard, graphite-web in front, statsd. */
export interface RunningGraphite {
  /** Loopback address of the relay, such as `127.77.3.1`: every copy of every program has an address of its own. */
  readonly plaintextHost: string;
  readonly plaintextPort: number;
  readonly statsdHost: string;
  readonly statsdPort: number;
  /** graphite-web in front of the shards: `http://127.77.4.1:8080`. */
  readonly renderUrl: string;
  /** What runs it, for a test that ends a part of it. */
  readonly host: LocalHost;
  /** Ends every daemon and removes every file. */
  stop(): Promise<void>;
}

const DEBIAN = {
  python: "/usr/bin/python3",
  carbonCache: "/usr/bin/carbon-cache",
  relay: "/usr/bin/carbon-c-relay",
  graphiteWeb: "/usr/lib/python3/dist-packages/graphite/wsgi.py",
  gunicorn: "/usr/bin/gunicorn",
} as const;

/** Debian's programs, and npm's StatsD, by where the images have theirs. */
export const INSTALLED: Readonly<Record<string, string>> = {
  [GRAPHITE_PYTHON]: DEBIAN.python,
  [CARBON_CACHE]: DEBIAN.carbonCache,
  [STATSD]: createRequire(__filename).resolve("statsd/stats.js"),
};

/** Why these daemons cannot run here; undefined when they can. */
export function whyNoGraphite(): string | undefined {
  const absent = Object.values(DEBIAN).filter((path) => !existsSync(path));
  if (absent.length > 0)
    return `no ${absent.join(", ")}; install Debian's packages graphite-carbon, graphite-web, carbon-c-relay and gunicorn`;
  if (spawnSync(DEBIAN.relay, ["-v"]).status !== 0) return `${DEBIAN.relay} does not run`;
  return undefined;
}

/** Archives of a retention that is right. */
export function archivesOf(retention: string): readonly Archive[] {
  const { archives, faults } = readRetention("test", retention);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return archives;
}

/** Starts the programs of the component `Graphite`, as it declares them, on this machine. */
export function startGraphite(settings: TestGraphite = {}): Promise<RunningGraphite> {
  return startAround(settings, () => undefined);
}

/**
 * Starts a Graphite together with what sends to it.
 * @param add declares the senders.
 * @param installed more programs and paths of this machine, by those of the images.
 */
export async function startAround(
  { retention = "1s:1h", shards = 2, environment = TEST_CONTEXT.environment }: TestGraphite,
  add: (host: LocalHost, store: MetricsStore, parent: pulumi.Resource) => void,
  installed: Readonly<Record<string, string>> = {},
): Promise<RunningGraphite> {
  const host = await LocalHost.make({ ...INSTALLED, ...installed });
  const made: MetricsStore[] = [];
  await recordProgram((options) => {
    const graphite = new Graphite(
      "metrics",
      {
        context: { ...TEST_CONTEXT, environment },
        host,
        archives: archivesOf(retention),
        load: { hosts: 1, metricsPerHost: 1_000, growth: 1, shards },
        pruneDays: 30,
        relayImage: "carbon-c-relay:3.7.3",
      },
      options,
    );
    made.push(graphite.store);
    add(host, graphite.store, graphite);
  });
  const [store] = made;
  if (!store) throw new Error("the component was not made");
  const { plaintext, statsd, query } = store;
  try {
    await host.start();
    return {
      plaintextHost: await known(plaintext.host),
      plaintextPort: plaintext.port,
      statsdHost: await known(statsd.host),
      statsdPort: statsd.port,
      renderUrl: await known(query.url),
      host,
      stop: () => host.stop(),
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** A series as the render API answers it. */
export interface Series {
  readonly target: string;
  readonly datapoints: readonly (readonly [value: number | null, time: number])[];
}

/** Series of a target over the last minutes. */
export async function render(renderUrl: string, target: string, from = "-5min"): Promise<readonly Series[]> {
  const response = await fetch(`${renderUrl}/render?format=json&from=${from}&target=${encodeURIComponent(target)}`);
  if (!response.ok) throw new Error(`graphite-web answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  return (await response.json()) as Series[];
}

/** Values of a series that are there, oldest first. */
export function values(series: Series | undefined): number[] {
  return (series?.datapoints ?? []).flatMap(([value]) => (value === null ? [] : [value]));
}

/** Sends lines to a relay, and waits until it has taken them. */
export function sendLines(
  { plaintextHost, plaintextPort }: Pick<RunningGraphite, "plaintextHost" | "plaintextPort">,
  lines: readonly string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(plaintextPort, plaintextHost);
    socket.once("error", reject);
    socket.once("close", () => resolve());
    socket.resume().end(lines.map((line) => `${line}\n`).join(""));
  });
}
