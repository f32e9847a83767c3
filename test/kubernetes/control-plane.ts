import type { KubeConfig } from "@kubernetes/client-node" with { "resolution-mode": "import" };
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Binary } from "./binaries";

const START_SECONDS = 90;
const STOP_MS = 5_000;
const OK = 200;

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}

/** A Kubernetes API server, scheduler and controller manager on loopback, with kwok in the place of kubelets. */
export class ControlPlane {
  private readonly folder = mkdtempSync(join(tmpdir(), "strata-kube-"));
  private readonly token = randomBytes(16).toString("hex");
  private readonly processes: ChildProcess[] = [];
  private readonly agent = new Agent({ rejectUnauthorized: false, keepAlive: true });
  private server = "";

  private constructor(
    private readonly binaries: string,
    /** How to reach it as an administrator. */
    readonly config: KubeConfig,
  ) {}

  /** Starts everything and waits until the API server answers. Stop it, whatever happens. */
  static async start(binaries: string): Promise<ControlPlane> {
    const client = await import("@kubernetes/client-node");
    const plane = new ControlPlane(binaries, new client.KubeConfig());
    try {
      await plane.launch();
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    for (const child of this.processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  private spawn(name: Binary, flags: readonly string[]): ChildProcess {
    const log = openSync(this.path(`${name}.log`), "w");
    const child = spawn(join(this.binaries, name), flags, { stdio: ["ignore", log, log], cwd: this.folder });
    this.processes.push(child);
    return child;
  }

  private async launch(): Promise<void> {
    const [etcd, peers, api, scheduler, controllers, kwok] = await Promise.all(Array.from({ length: 6 }, freePort));
    this.server = `https://127.0.0.1:${api}`;
    this.writeFiles();
    this.spawn("etcd", [
      `--data-dir=${this.path("etcd")}`,
      `--listen-client-urls=http://127.0.0.1:${etcd}`,
      `--advertise-client-urls=http://127.0.0.1:${etcd}`,
      `--listen-peer-urls=http://127.0.0.1:${peers}`,
      "--unsafe-no-fsync",
    ]);
    const apiServer = this.spawn("kube-apiserver", [
      `--etcd-servers=http://127.0.0.1:${etcd}`,
      "--service-account-issuer=https://kubernetes.test",
      `--service-account-key-file=${this.path("accounts.pub")}`,
      `--service-account-signing-key-file=${this.path("accounts.key")}`,
      `--cert-dir=${this.path("certificates")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${api}`,
      "--service-cluster-ip-range=172.20.0.0/16",
      "--authorization-mode=RBAC",
      `--token-auth-file=${this.path("tokens.csv")}`,
    ]);
    await this.ready(apiServer);
    const common = [`--kubeconfig=${this.path("kubeconfig")}`];
    this.spawn("kube-scheduler", [...common, "--leader-elect=false", "--bind-address=127.0.0.1", `--secure-port=${scheduler}`]);
    this.spawn("kube-controller-manager", [
      ...common,
      // On a busy machine the simulated nodes are late with their signs of life, and would all be taken for dead at once.
      "--node-monitor-grace-period=10m",
      "--leader-elect=false",
      "--bind-address=127.0.0.1",
      `--secure-port=${controllers}`,
      `--service-account-private-key-file=${this.path("accounts.key")}`,
    ]);
    this.spawn("kwok", [...common, "--manage-all-nodes=true", `--server-address=127.0.0.1:${kwok}`]);
  }

  private writeFiles(): void {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    mkdirSync(this.path("certificates"));
    writeFileSync(this.path("accounts.key"), privateKey, { mode: 0o600 });
    writeFileSync(this.path("accounts.pub"), publicKey);
    writeFileSync(this.path("tokens.csv"), `${this.token},admin,admin,system:masters\n`, { mode: 0o600 });
    this.config.loadFromOptions({
      // The server signs its own certificate when it starts, and is reached on loopback only.
      clusters: [{ name: "test", server: this.server, skipTLSVerify: true }],
      users: [{ name: "admin", token: this.token }],
      contexts: [{ name: "test", cluster: "test", user: "admin" }],
      currentContext: "test",
    });
    writeFileSync(this.path("kubeconfig"), this.config.exportConfig(), { mode: 0o600 });
  }

  private async ready(apiServer: ChildProcess): Promise<void> {
    for (let second = 0; second < START_SECONDS; second++) {
      if (apiServer.exitCode !== null) break;
      const answers = await this.request("GET", "/readyz").then(
        ({ status }) => status === OK,
        () => false,
      );
      if (answers) return;
      await sleep(1_000);
    }
    const log = readFileSync(this.path("kube-apiserver.log"), "utf8").split("\n").slice(-15).join("\n");
    throw new Error(`the API server is not ready after ${START_SECONDS} s:\n${log}`);
  }

  /** Asks the API server with exactly these bytes, which no client's model has filtered. Rejects while nothing listens. */
  request(method: "GET" | "PATCH", path: string, body = "", contentType = "application/json"): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": contentType };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.server}${path}`, { method, agent: this.agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}
