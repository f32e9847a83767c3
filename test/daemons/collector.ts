import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { COLLECTOR_VERSION } from "../../facts/apm";
import { type BuiltDaemon } from "./built";
import { end } from "./scratch";

const TRIES = 200;
const PAUSE_MS = 100;
const LOOPBACK = "127.0.0.1";

/** The collector of our configurations, as it is built for the tests. */
export const COLLECTOR: BuiltDaemon = {
  name: "OpenTelemetry collector",
  cache: "otelcol",
  binaries: ["otelcol"],
  version: COLLECTOR_VERSION,
  script: join(__dirname, "otel", "build.sh"),
  variable: "STRATA_OTELCOL_BIN",
};

/** A request that a collector sent. */
export interface Sent {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** What was sent, decompressed. */
  readonly body: Buffer;
}

/** What stands where a collector sends to; it answers with the status it is told. */
export class Receiver {
  readonly sent: Sent[] = [];
  status = 200;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const whole = Buffer.concat(parts);
        const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(whole) : whole;
        if (this.status === 200) this.sent.push({ path: request.url ?? "", headers: request.headers, body });
        response.writeHead(this.status).end();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, LOOPBACK, resolve));
    return receiver;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits until what was sent holds a text. */
  async has(text: string): Promise<Sent> {
    return eventually(`a request with ${text}`, () => this.sent.find(({ body }) => body.includes(text)));
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Waits until something is there. */
export async function eventually<Thing>(what: string, look: () => Thing | undefined | Promise<Thing | undefined>): Promise<Thing> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(PAUSE_MS);
  }
  throw new Error(`there is no ${what} after ${(TRIES * PAUSE_MS) / 1000} s`);
}

/** A collector that runs. */
export class RunningCollector {
  private said = "";

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on("data", (part: Buffer) => (this.said += part.toString()));
  }

  /**
   * Starts a collector as its container does: the configuration in a variable, or in a file.
   * @param environment variables of the container.
   */
  static async start(binary: string, args: readonly string[], environment: Readonly<Record<string, string>>, health: string) {
    const child = spawn(binary, [...args], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH: process.env["PATH"],
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        ...environment,
      },
    });
    const collector = new RunningCollector(child);
    await eventually(`collector on ${health}`, () => {
      if (child.exitCode !== null) throw new Error(`the collector ended with ${child.exitCode}: ${collector.said}`);
      return fetch(health).then(
        ({ status }) => (status < 500 ? status : undefined),
        () => undefined,
      );
    });
    return collector;
  }

  /** What it complained of. */
  get complaints(): string {
    return this.said;
  }

  stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    return end(this.child, signal);
  }
}
