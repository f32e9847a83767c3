import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { CLOUD_VARIABLE } from "./cloud";
import { type StackState, readStackState } from "./stack-state";
import { type Workspace } from "./workspace";

/** Where the simulated providers are, for PATH. */
const PLUGINS = join(__dirname, "plugins");

/** What must be on PATH for the program to run: the engine, its language host, the components of other processes, and the AWS CLI, which eks asks for. */
const EXECUTABLES = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-awsx", "pulumi-resource-eks", "aws"] as const;

/** The Pulumi engine of this machine. */
export interface EngineFound {
  /** Path of `pulumi`. */
  readonly pulumi: string;
}

function onPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false; // Not there or not to be run: the next folder may have it.
      }
    });
}

/**
 * Looks for the engine on PATH.
 * @returns the engine, or the executables that are missing.
 */
export function findEngine(path = process.env["PATH"] ?? ""): EngineFound | { readonly missing: readonly string[] } {
  const missing = EXECUTABLES.filter((name) => onPath(name, path) === undefined);
  const pulumi = onPath("pulumi", path);
  return pulumi === undefined || missing.length > 0 ? { missing } : { pulumi };
}

/** What a run of the engine ended with. */
export interface EngineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const PreviewDocument = z.object({
  steps: z.array(z.object({ op: z.string(), urn: z.string() })).default([]),
  changeSummary: z.record(z.string(), z.number()).default({}),
});

/** One step that a preview announces. */
export interface PreviewStep {
  /** `create`, `update`, `same`, `delete`, `replace` and the parts of a replacement. */
  readonly op: string;
  readonly urn: string;
}

/** What a preview ended with. */
export interface PreviewResult extends EngineResult {
  /** Steps in the engine's order; none when it failed before the program was through. */
  readonly steps: readonly PreviewStep[];
  /** Number of resources by what happens to them. */
  readonly changes: Readonly<Record<string, number>>;
}

/** Settings of this process that a rehearsal must not inherit: another back end, another passphrase, real credentials. */
const NOT_INHERITED = /^(PULUMI_|AWS_|KUBECONFIG$|NODE_OPTIONS$)/;

/** How the engine runs. */
export interface EngineOptions {
  /**
   * Save the state after every step, as the engine does outside of a rehearsal, and not only at the end: needed to see what an update leaves that is
   * killed. Default: false, because each save writes the whole state, and three quarters of a large update would go into that.
   */
  readonly checkpoints?: boolean;
}

function environment(workspace: Workspace, { checkpoints = false }: EngineOptions): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !NOT_INHERITED.test(key)));
  return {
    ...inherited,
    PATH: [PLUGINS, process.env["PATH"]].join(delimiter),
    PULUMI_HOME: workspace.home,
    PULUMI_BACKEND_URL: `file://${workspace.state}`,
    // The state holds nothing but what the simulation made up.
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Both are needed. Source: github.com/pulumi/pulumi/issues/10668 (2026-11-23).
    ...(!checkpoints && { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" }),
    [CLOUD_VARIABLE]: workspace.cloud,
  };
}

/** Runs the real engine on one stack of a workspace, over the simulated cloud. */
export class Engine {
  constructor(
    private readonly found: EngineFound,
    private readonly workspace: Workspace,
    private readonly stack: string,
    private readonly options: EngineOptions = {},
  ) {}

  /** Makes the stack; needed once, before anything else. */
  async initialize(): Promise<EngineResult> {
    return this.run("stack", "init", this.stack, "--no-select", "--secrets-provider", "passphrase");
  }

  async preview(): Promise<PreviewResult> {
    const result = await this.run("preview", "--stack", this.stack, "--json");
    const { steps, changeSummary } = PreviewDocument.parse(result.stdout.trimStart().startsWith("{") ? JSON.parse(result.stdout) : {});
    return { ...result, steps, changes: changeSummary };
  }

  async up(): Promise<EngineResult> {
    return this.run("up", "--stack", this.stack, "--yes", "--skip-preview");
  }

  async refresh(): Promise<EngineResult> {
    return this.run("refresh", "--stack", this.stack, "--yes", "--skip-preview");
  }

  /**
   * Its preview is not skipped: a protected resource stops the preview with nothing deleted, whereas a destroy without one deletes
   * everything that no protected resource depends on, and fails only then.
   */
  async destroy(): Promise<EngineResult> {
    return this.run("destroy", "--stack", this.stack, "--yes");
  }

  /**
   * The state the engine keeps of the stack.
   * @throws {Error} when the engine cannot give it.
   */
  async state(): Promise<StackState> {
    const { exitCode, stdout, stderr } = await this.run("stack", "export", "--stack", this.stack);
    if (exitCode !== 0) throw new Error(`pulumi stack export ended with ${exitCode}: ${stderr}`);
    return readStackState(JSON.parse(stdout));
  }

  private async run(...args: string[]): Promise<EngineResult> {
    const child = spawn(this.found.pulumi, [...args, "--non-interactive", "--color", "never"], {
      cwd: this.workspace.project,
      env: environment(this.workspace, this.options),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        if (code === null) reject(new Error(`pulumi ${args.join(" ")}: ended by ${String(signal)}`));
        else resolve({ exitCode: code, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") });
      });
    });
  }
}
