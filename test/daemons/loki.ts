import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { type BuiltDaemon, findBuilt } from "./built";
import { end, freePort, Scratch } from "./scratch";

/** Release that the tests run: the one of the program's image. */
export const LOKI_RELEASE = "v3.7.8";

const TRIES = 300;
const PAUSE_MS = 100;
const LOOPBACK = "127.0.0.1";

type Section = Record<string, unknown>;

/** Loki, as it is built for the tests. */
export const LOKI: BuiltDaemon = {
  name: "Loki",
  cache: "loki",
  binaries: ["loki"],
  version: LOKI_RELEASE,
  script: join(__dirname, "loki", "build.sh"),
  variable: "STRATA_LOKI_BIN",
};

/** Why Loki cannot run here, or nothing. */
export function whyNoLoki(): string | undefined {
  const found = findBuilt(LOKI);
  return "missing" in found ? found.missing : undefined;
}

function section(of: Section, name: string): Section {
  const known = of[name];
  if (typeof known !== "object" || known === null) throw new Error(`the configuration has no section ${name}`);
  return known as Section;
}

/** An emulator of S3 that Loki keeps its data in. */
export interface LokiS3 {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * A rendered configuration on this machine: paths below a scratch folder, ports that are free, the loopback address alone, one copy. What Loki
 * keeps goes to the emulator of S3, or to files without one. All else is as it was rendered.
 */
async function onThisMachine(configuration: string, scratch: Scratch, s3: LokiS3 | undefined): Promise<{ text: string; port: number }> {
  const [port, grpc, gossip] = [await freePort(), await freePort(), await freePort()];
  const text = configuration.replaceAll(/\/loki(?=[/\s"]|$)/gm, scratch.path("loki"));
  const document = parse(text) as Section;
  Object.assign(section(document, "server"), {
    http_listen_address: LOOPBACK,
    http_listen_port: port,
    grpc_listen_address: LOOPBACK,
    grpc_listen_port: grpc,
  });
  const common = section(document, "common");
  Object.assign(common, { replication_factor: 1, instance_addr: LOOPBACK });
  Object.assign(section(common, "ring"), { instance_addr: LOOPBACK, kvstore: { store: "inmemory" } });
  Object.assign(section(document, "memberlist"), { bind_addr: [LOOPBACK], bind_port: gossip, join_members: [] });
  // A copy waits a while for others to hand their part over; here there are none.
  Object.assign(section(document, "ingester"), { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" } });
  const storage = section(common, "storage");
  if (s3)
    Object.assign(section(storage, "s3"), {
      endpoint: s3.url,
      access_key_id: s3.accessKeyId,
      secret_access_key: s3.secretAccessKey,
      s3forcepathstyle: true,
      insecure: true,
    });
  else {
    common["storage"] = {
      filesystem: { chunks_directory: scratch.path("loki", "chunks"), rules_directory: scratch.path("loki", "rules") },
    };
    section(document, "compactor")["delete_request_store"] = "filesystem";
    for (const schema of section(document, "schema_config")["configs"] as Section[]) schema["object_store"] = "filesystem";
  }
  return { text: stringify(document), port };
}

/** A line that was found, with the labels of its stream. */
export interface FoundLine {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
}

interface QueryAnswer {
  readonly data: { readonly result: readonly { readonly stream: Record<string, string>; readonly values: readonly [string, string][] }[] };
}

const NANOSECOND_DIGITS = 6;

/** A running Loki, with data that outlives a restart. */
export class Loki {
  private child: ChildProcess | undefined;

  constructor(
    private readonly binary: string,
    private readonly scratch: Scratch,
    private readonly file: string,
    /** Base of its URLs, without a slash at the end. */
    readonly url: string,
  ) {}

  /** Starts it, or starts it again, and waits until it is ready. */
  async start(): Promise<void> {
    // As whoever runs the tests: the binary is in that user's cache, and Loki, unlike a database, does not mind root.
    const child = spawn(this.binary, [`-config.file=${this.file}`], { cwd: this.scratch.folder, stdio: "ignore" });
    this.child = child;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (child.exitCode !== null)
        throw new Error(
          `loki ended with ${child.exitCode}: ${spawnSync(this.binary, [`-config.file=${this.file}`, "-verify-config"], { encoding: "utf8" }).stderr}`,
        );
      const ready = await fetch(`${this.url}/ready`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
      await pause(PAUSE_MS);
    }
    await this.stop();
    throw new Error(`loki was not ready in ${(TRIES * PAUSE_MS) / 1000} s`);
  }

  async stop(): Promise<void> {
    if (this.child) await end(this.child, "SIGTERM");
    this.child = undefined;
  }

  /** Ends it at once, with all it had. */
  async dispose(): Promise<void> {
    if (this.child) await end(this.child, "SIGKILL");
    this.scratch.dispose();
  }

  /** Answers of the query API. @throws for a query that Loki refuses. */
  async ask(path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
    const response = await fetch(`${this.url}${path}?${new URLSearchParams(parameters).toString()}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`loki answers ${response.status}: ${text}`);
    return JSON.parse(text);
  }

  /** Lines a LogQL query finds between two times, in milliseconds. */
  async lines(query: string, from: number, to: number): Promise<FoundLine[]> {
    const answer = (await this.ask("/loki/api/v1/query_range", {
      query,
      start: `${from}000000`,
      end: `${to}000000`,
      limit: "5000",
      direction: "forward",
    })) as QueryAnswer;
    return answer.data.result
      .flatMap(({ stream, values }) =>
        values.map(([time, text]) => ({ labels: stream, time: Number(time.slice(0, -NANOSECOND_DIGITS)), text })),
      )
      .sort((one, other) => one.time - other.time);
  }

  /** How many lines a stream selector finds in the last hours. */
  async count(selector: string, hours: number): Promise<number> {
    const answer = (await this.ask("/loki/api/v1/query", { query: `sum(count_over_time(${selector}[${hours}h]))` })) as {
      data: { result: readonly { value: [number, string] }[] };
    };
    return Number(answer.data.result[0]?.value[1] ?? 0);
  }
}

/**
 * Starts Loki with a configuration as the program renders it.
 * @param configuration YAML of the program's `/etc/loki/loki.yaml`.
 * @param s3 emulator that holds the configuration's bucket. Default: files.
 */
export async function startLoki(configuration: string, s3?: LokiS3): Promise<Loki> {
  const found = findBuilt(LOKI);
  if ("missing" in found) throw new Error(found.missing);
  const scratch = new Scratch();
  const { text, port } = await onThisMachine(configuration, scratch, s3);
  const file = scratch.path("loki.yaml");
  writeFileSync(file, text);
  const loki = new Loki(join(found.folder, "loki"), scratch, file, `http://${LOOPBACK}:${port}`);
  await loki.start();
  return loki;
}
