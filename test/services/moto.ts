import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const COMMAND = "moto_server";
const TRIES = 100;
const PAUSE_MS = 100;

/** Why the AWS emulator cannot run here, or nothing. */
export function whyNoMoto(): string | undefined {
  const { error, status } = spawnSync(COMMAND, ["--help"], { stdio: "ignore" });
  if (error) return `${COMMAND} of PyPI's moto is not on the PATH: ${error.message}`;
  return status === 0 ? undefined : `${COMMAND} --help ended with ${status}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("the system gave no port");
  return address.port;
}

/** An emulator of AWS, for the real SDK to talk to. */
export class Moto {
  private constructor(
    private readonly child: ChildProcess,
    /** What the SDK takes as endpoint. */
    readonly url: string,
  ) {}

  static async start(): Promise<Moto> {
    const port = await freePort();
    const child = spawn(COMMAND, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    const url = `http://127.0.0.1:${port}`;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (child.exitCode !== null) throw new Error(`${COMMAND} ended with ${child.exitCode}`);
      const answers = await fetch(`${url}/moto-api/data.json`).then(
        (response) => response.ok,
        () => false,
      );
      if (answers) return new Moto(child, url);
      await pause(PAUSE_MS);
    }
    child.kill();
    throw new Error(`${COMMAND} did not answer in ${(TRIES * PAUSE_MS) / 1_000} s`);
  }

  /** Settings of a client of the SDK. */
  get client() {
    return { endpoint: this.url, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill();
    await ended;
  }
}

/** Starts the emulator for the tests of a suite, or skips them with the reason. */
export function withMoto(): () => Moto {
  let moto: Moto | undefined;
  before(async function () {
    const reason = whyNoMoto();
    if (reason) {
      console.warn(`    skipped: ${reason}`);
      this.skip();
    }
    moto = await Moto.start();
  });
  after(() => moto?.stop());
  return () => {
    if (!moto) throw new Error("the emulator was not started");
    return moto;
  };
}
