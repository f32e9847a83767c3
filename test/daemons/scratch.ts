import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Database servers refuse to run as root.
const NOBODY = 65_534;

/** Processes with a group of their own, which would outlive tests that end in the middle. */
const groups = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of groups) killGroup(child, "SIGKILL");
});

/** A server's own folder and user, away from everything that is installed. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), "strata-daemon-"));
  private readonly identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

  constructor() {
    this.own(this.folder);
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Gives a file to the server's user. */
  own(path: string): void {
    if (this.identity.uid !== undefined) chownSync(path, this.identity.uid, this.identity.gid ?? NOBODY);
  }

  /** Runs a command to its end as the server's user. */
  run(command: string, args: readonly string[]): string {
    return execFileSync(command, [...args], { ...this.identity, cwd: this.folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  start(command: string, args: readonly string[]): ChildProcess {
    return spawn(command, [...args], { ...this.identity, cwd: this.folder, stdio: "ignore" });
  }

  /**
   * Starts a command in a process group of its own, with an environment of its own; what it says goes to a file.
   * @param asRoot true leaves it the user of the tests.
   * @returns what {@link endGroup} ends, with all that it started.
   */
  startGroup(command: string, args: readonly string[], environment: NodeJS.ProcessEnv, log: string, asRoot: boolean): ChildProcess {
    const file = openSync(log, "a");
    const identity = asRoot ? {} : this.identity;
    try {
      const child = spawn(command, [...args], {
        ...identity,
        cwd: this.folder,
        detached: true,
        env: environment,
        stdio: ["ignore", file, file],
      });
      groups.add(child);
      child.once("exit", () => groups.delete(child));
      return child;
    } finally {
      closeSync(file);
    }
  }

  /** A key and a certificate for `localhost` that signs itself. */
  certificate(): { readonly key: string; readonly certificate: string } {
    const key = this.path("server.key");
    const certificate = this.path("server.crt");
    this.run("openssl", [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
    ]);
    return { key, certificate };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A port of the loopback address that nothing uses. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/** Ends a server and waits until it has. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

/** Ends a process and all that it started, and waits until it has. */
export async function endGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (killGroup(child, signal)) await ended;
}

/** @returns false when it has ended already. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): boolean {
  return pid !== undefined && exitCode === null && signalCode === null && process.kill(-pid, signal);
}

/** The first of some files that exists. */
export function firstExisting(candidates: readonly string[]): string | undefined {
  return candidates.find((path) => existsSync(path));
}

/** Folders of a folder, the highest number first. */
export function versionsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort((one, other) => Number(other) - Number(one)) : [];
}
