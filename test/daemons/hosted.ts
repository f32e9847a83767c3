import * as pulumi from "@pulumi/pulumi";
import { type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  type Hosted,
  type HostedContainer,
  type HostedHealth,
  type HostedProgram,
  type VisibilityHost,
} from "../../components/visibility/host/host";
import { type NodeDaemons } from "../../components/visibility/host/node-daemon";
import { LoopbackNetwork } from "./loopback";
import { endGroup, Scratch } from "./scratch";

const TRIES = 300;
const PAUSE_MS = 100;

/** A value that is known, out of its Output. */
export function known<Value>(value: pulumi.Input<Value>): Promise<pulumi.Unwrap<Value>> {
  return new Promise((resolve) => pulumi.output(value).apply(resolve));
}

type KnownContainer = HostedContainer & { readonly environment: Readonly<Record<string, string>> };
type KnownProgram = Omit<HostedProgram, "containers"> & { readonly containers: readonly KnownContainer[] };

/** Text with paths and addresses of production replaced by those of a copy on this machine. */
type Localize = (text: string) => string;

/**
 * Runs programs of the visibility layer on this machine, as a component declares them: each copy on a loopback address of its own with the
 * ports of production, its paths below a scratch folder, its programs those that are installed here.
 */
export class LocalHost implements VisibilityHost {
  readonly kind = "ecs";
  private readonly scratch = new Scratch();
  private readonly programs: { readonly program: HostedProgram; readonly addresses: readonly string[] }[] = [];
  private readonly running: LocalCopy[] = [];

  /** @param installed programs of this machine by their paths in the images. */
  private constructor(
    private readonly network: LoopbackNetwork,
    private readonly installed: Readonly<Record<string, string>>,
  ) {}

  static async make(installed: Readonly<Record<string, string>>): Promise<LocalHost> {
    return new LocalHost(await LoopbackNetwork.claim(), installed);
  }

  /** @throws {Error} always: a copy's address here is only known once it is run, and no program of these tests asks before. */
  copiesOf({ name }: Pick<HostedProgram, "name">): readonly pulumi.Output<string>[] {
    throw new Error(`${name} asks for its copies before it runs, which this machine cannot say`);
  }

  run(program: HostedProgram): Hosted {
    const addresses = this.network.addresses(program.replicas);
    this.programs.push({ program, addresses });
    return {
      name: program.name,
      address: pulumi.output(addresses[0] ?? ""),
      copies: program.storage ? addresses.map((address) => pulumi.output(address)) : [],
      securityGroupId: pulumi.output(`sg-${program.name}`),
      ready: [],
    };
  }

  /** This machine as a node that daemons run on. */
  node(kind: NodeDaemons["kind"]): NodeDaemons {
    return {
      kind,
      run: ({ name, image, command, args, environment, cpu, memoryMib, scratch, health, user = 0, files }) => {
        this.run({
          name,
          containers: [{ name, image, command, args, environment, cpu, memoryMib, scratch, health }],
          replicas: 1,
          user,
          files,
        });
        return { nodes: [], ready: [] };
      },
    };
  }

  /**
   * Starts everything that was run, in order, and waits until it is healthy.
   * @param secrets values of secret files by path.
   */
  async start(secrets: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const { program, addresses } of this.programs) {
      const containers = await Promise.all(
        program.containers.map(async (one) => ({ ...one, environment: await known({ ...one.environment }) })),
      );
      const files = { ...(await known(program.files)), ...secretsOf(program, secrets) };
      addresses.forEach((address, copy) =>
        this.running.push(new LocalCopy(this.scratch, { ...program, containers }, files, address, copy, this.installed)),
      );
    }
    await Promise.all(this.running.map((copy) => copy.start()));
  }

  /** One copy of a program. */
  copy(program: string, copy = 0): LocalCopy {
    const found = this.running.find((one) => one.program.name === program && one.index === copy);
    if (!found) throw new Error(`copy ${copy} of ${program} does not run`);
    return found;
  }

  /** Ends everything and removes every file. */
  async stop(): Promise<void> {
    await Promise.all(this.running.map((copy) => copy.stop()));
    await this.network.release();
    this.scratch.dispose();
  }
}

function secretsOf({ secretFiles = {} }: HostedProgram, secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(secretFiles).map((path) => [path, secrets[path] ?? missing(path)]));
}

function missing(what: string): never {
  throw new Error(`no value for ${what}`);
}

/** One copy of a program: its containers as processes. */
export class LocalCopy {
  private readonly processes = new Map<string, ChildProcess>();
  private readonly folder: string;
  private readonly localize: Localize;

  constructor(
    private readonly scratch: Scratch,
    readonly program: KnownProgram,
    private readonly files: Readonly<Record<string, string>>,
    readonly address: string,
    readonly index: number,
    installed: Readonly<Record<string, string>>,
  ) {
    this.folder = scratch.path(`${program.name}-${address}`);
    this.localize = this.localizer(installed);
    this.prepare();
  }

  /** Where a path of its containers is on this machine. */
  path(path: string): string {
    return `${this.folder}${path}`;
  }

  /** Starts all containers, and waits until they are healthy. */
  async start(): Promise<void> {
    for (const { health } of this.program.containers)
      if (health && (await answers(this.address, health))) throw new Error(`something else listens on ${this.address}:${health.port}`);
    for (const container of this.program.containers) this.startContainer(container);
    await Promise.all(this.program.containers.map((container) => this.healthy(container)));
  }

  /** Starts a container again, as its platform does after it ended. */
  async restart(name: string): Promise<void> {
    const container = this.program.containers.find((one) => one.name === name) ?? missing(name);
    await this.end(name, "SIGTERM");
    this.startContainer(container);
    await this.healthy(container);
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await Promise.all([...this.processes.keys()].map((name) => this.end(name, signal)));
  }

  /** What a container has said. */
  said(name: string): string {
    return readFileSync(this.path(`/${name}.log`), "utf8");
  }

  private async end(name: string, signal: NodeJS.Signals): Promise<void> {
    const process = this.processes.get(name);
    if (process) await endGroup(process, signal);
  }

  private localizer(installed: Readonly<Record<string, string>>): Localize {
    const { containers, storage } = this.program;
    const folders = [
      ...Object.keys(this.files).map(dirname),
      ...containers.flatMap(({ scratch = [] }) => scratch),
      ...(storage ? [storage.path] : []),
    ];
    const replaced = [...Object.entries(installed), ...[...new Set(folders)].map((folder) => [folder, this.path(folder)] as const)];
    return (text) =>
      replaced
        .reduce((result, [from, to]) => result.replaceAll(new RegExp(`(?<![\\w/.])${from}(?![\\w-])`, "g"), to), text)
        .replaceAll(/(?<!\d)(0\.0\.0\.0|127\.0\.0\.1)(?!\d)/g, this.address);
  }

  private prepare(): void {
    const { containers, storage } = this.program;
    this.makeFolder(this.folder);
    for (const path of [...containers.flatMap(({ scratch = [] }) => scratch), ...(storage ? [storage.path] : [])])
      this.makeFolder(this.path(path));
    for (const [path, text] of Object.entries(this.files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), this.localize(text));
    }
  }

  private makeFolder(path: string): void {
    mkdirSync(path, { recursive: true });
    this.scratch.own(path);
  }

  private startContainer({ name, command = [], args = [], environment }: KnownContainer): void {
    const [program, ...rest] = [...command, ...args].map(this.localize);
    if (program === undefined) throw new Error(`container ${name} leaves its entry point to its image`);
    const variables = Object.entries(environment).map(([variable, value]) => [variable, this.localize(value)] as const);
    const all = { PATH: process.env["PATH"], ...Object.fromEntries<string>(variables) };
    this.processes.set(name, this.scratch.startGroup(program, rest, all, this.path(`/${name}.log`), this.program.user === 0));
  }

  private async healthy({ name, health }: HostedContainer): Promise<void> {
    if (!health) return;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const child = this.processes.get(name);
      if (child?.exitCode !== null) throw new Error(`${name} of ${this.program.name} ended: ${this.said(name).slice(-2_000)}`);
      if (await answers(this.address, health)) return;
      await pause(PAUSE_MS);
    }
    throw new Error(
      `${name} of ${this.program.name} did not get ready in ${(TRIES * PAUSE_MS) / 1000} s: ${this.said(name).slice(-2_000)}`,
    );
  }
}

/** Whether a container is healthy, asked as its platform asks. */
async function answers(address: string, health: HostedHealth): Promise<boolean> {
  if (health.kind === "http") {
    const response = await fetch(`http://${address}:${health.port}${health.path}`).catch(() => undefined);
    await response?.body?.cancel();
    return response?.ok ?? false;
  }
  return new Promise((resolve) => {
    const socket = connect(health.port, address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
