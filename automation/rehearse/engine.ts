import { delimiter, join } from "node:path";
import { z } from "zod";
import { findEngine as findPulumi, onPath } from "../engine/executable";
import { type EngineRun, EngineStack, type RunOptions } from "../engine/stack";
import { CLOUD_VARIABLE } from "./cloud";
import { engineIn } from "./engine-process";
import { type StackState, readStackState } from "./stack-state";
import { type Workspace } from "./workspace";

/** Where the simulated providers are, for PATH. */
const PLUGINS = join(__dirname, "plugins");

/** Where the simulated components are, for PATH. */
const SIMULATED_COMPONENTS = join(__dirname, "components");

/** What must be on PATH for the program to run: the engine and its language host. */
const EXECUTABLES = ["pulumi", "pulumi-language-nodejs"] as const;

/** The components of other processes, and the AWS CLI, which that of eks asks for. Where one is missing they are simulated, all of them. */
const COMPONENTS = ["pulumi-resource-awsx", "pulumi-resource-eks", "aws"] as const;

/** The Pulumi engine of this machine. */
export interface EngineFound {
  /** Path of `pulumi`. */
  readonly pulumi: string;
  /** Whether awsx and eks run as they are, or simulated from the plan's model of them. */
  readonly components: "installed" | "simulated";
}

function areComponentsInstalled(path = process.env["PATH"] ?? ""): boolean {
  return COMPONENTS.every((name) => onPath(name, path) !== undefined);
}

/**
 * Looks for the engine on PATH.
 * @returns the engine, or the executables that are missing.
 */
export function findEngine(path = process.env["PATH"] ?? ""): EngineFound | { readonly missing: readonly string[] } {
  const missing = EXECUTABLES.filter((name) => onPath(name, path) === undefined);
  const pulumi = onPath("pulumi", path);
  if (pulumi === undefined || missing.length > 0) return { missing };
  return { pulumi, components: areComponentsInstalled(path) ? "installed" : "simulated" };
}

/** What a run of the engine ended with. */
export type EngineResult = EngineRun;

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

/** A policy pack that a preview is held against. */
export interface PolicyPackRun {
  /** Folder of its `PulumiPolicy.yaml`. */
  readonly folder: string;
  /** File of its levels and settings. Default: its own. */
  readonly config?: string;
}

/** Something that a policy pack said. */
export interface PolicyFinding {
  readonly pack: string;
  readonly rule: string;
  readonly level: string;
  /** Absent where it is about the stack as a whole. */
  readonly urn?: string;
  readonly message: string;
}

/** What a preview that was held against policy packs ended with. */
export interface PolicedPreview extends EngineResult {
  /** In the engine's order. */
  readonly findings: readonly PolicyFinding[];
}

/** How the engine runs. */
export interface EngineOptions {
  /**
   * Save the state after every step, as the engine does outside of a rehearsal, and not only at the end: needed to see what an update leaves that is
   * killed. Default: false, because each save writes the whole state, and three quarters of a large update would go into that.
   */
  readonly checkpoints?: boolean;
  /** Operations in flight at the most. Default: the engine's, four for each core. */
  readonly parallel?: number;
  /** Whether `up` goes on with what does not depend on what failed. Default: false. */
  readonly continueOnError?: boolean;
  /** Whether awsx and eks run as they are, or simulated. Default: as they are where all that they need is on PATH. */
  readonly components?: EngineFound["components"];
  /** Hears the process id of each `up`, `refresh` and `destroy`, as soon as there is one. */
  readonly onStart?: (pid: number) => void;
}

/** What the environment of the engine has in a rehearsal, and what it has not. */
export function rehearsalEnvironment(
  workspace: Workspace,
  { checkpoints = false, components = areComponentsInstalled() ? "installed" : "simulated" }: EngineOptions = {},
): Record<string, string | undefined> {
  const withheld = Object.keys(process.env).filter((key) => NOT_INHERITED.test(key));
  return {
    ...Object.fromEntries(withheld.map((key) => [key, undefined])),
    PATH: [PLUGINS, ...(components === "installed" ? [] : [SIMULATED_COMPONENTS]), process.env["PATH"]].join(delimiter),
    PULUMI_BACKEND_URL: `file://${workspace.state}`,
    // The state holds nothing but what the simulation made up.
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Both are needed. Source: github.com/pulumi/pulumi/issues/10668 (2026-11-23).
    ...(!checkpoints && { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" }),
    [CLOUD_VARIABLE]: workspace.cloud,
  };
}

/** Runs the real engine on one stack of a workspace, over the simulated cloud. */
export class Engine {
  private opened: Promise<EngineStack> | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly stack: string,
    private readonly options: EngineOptions = {},
  ) {}

  /** Makes the stack; needed once, before anything else. */
  async initialize(): Promise<EngineResult> {
    return (await this.open()).create("passphrase");
  }

  async preview(): Promise<PreviewResult> {
    const result = await (await this.open()).command("preview", "--stack", this.stack, "--json");
    const { steps, changeSummary } = PreviewDocument.parse(result.stdout.trimStart().startsWith("{") ? JSON.parse(result.stdout) : {});
    return { ...result, steps, changes: changeSummary };
  }

  /** Previews with policy packs, as `pulumi preview --policy-pack` does: a mandatory finding ends it with a code that is not 0. */
  async policedPreview(packs: readonly PolicyPackRun[]): Promise<PolicedPreview> {
    const findings: PolicyFinding[] = [];
    const result = await (
      await this.open()
    ).run("preview", {
      policyPacks: packs.map(({ folder }) => folder),
      policyPackConfigs: packs.flatMap(({ config }) => config ?? []),
      onEvent: ({ policyEvent: event }) => {
        if (event === undefined) return;
        const { policyPackName: pack, policyName: rule, enforcementLevel: level, resourceUrn: urn, message } = event;
        findings.push({ pack, rule, level, message, ...(urn && { urn }) });
      },
    });
    return { ...result, findings };
  }

  async up(): Promise<EngineResult> {
    return this.change("up");
  }

  async refresh(): Promise<EngineResult> {
    return this.change("refresh");
  }

  /**
   * Previewed first: a protected resource stops the preview with nothing deleted, whereas a destroy without one deletes everything that no protected
   * resource depends on, and fails only then.
   */
  async destroy(): Promise<EngineResult> {
    const preview = await (await this.open()).run("previewDestroy", this.width);
    return preview.exitCode === 0 ? this.change("destroy") : preview;
  }

  /**
   * The state the engine keeps of the stack.
   * @throws {Error} when the engine cannot give it.
   */
  async state(): Promise<StackState> {
    return readStackState(await this.export());
  }

  /** The state as the engine prints it, to be given back: secrets stay encrypted. */
  async export(): Promise<unknown> {
    const { exitCode, stdout, stderr } = await (await this.open()).export();
    if (exitCode !== 0) throw new Error(`pulumi stack export ended with ${String(exitCode)}: ${stderr}`);
    return JSON.parse(stdout);
  }

  /**
   * Gives the engine a whole state; it is checked before it is written.
   * @throws {Error} when the engine refuses it.
   */
  async import(state: unknown): Promise<void> {
    const { exitCode, stderr } = await (await this.open()).importState(JSON.stringify(state));
    if (exitCode !== 0) throw new Error(`pulumi stack import ended with ${String(exitCode)}: ${stderr}`);
  }

  private async change(operation: "up" | "refresh" | "destroy"): Promise<EngineResult> {
    const stack = await this.open();
    const { onStart } = this.options;
    const ended = new AbortController();
    const continueOnError = operation === "up" && this.options.continueOnError === true;
    const run = stack.run(operation, { ...this.width, continueOnError }).finally(() => ended.abort());
    const pid = onStart && (await engineIn(this.workspace.project, ended.signal));
    if (pid !== undefined) onStart?.(pid);
    return run;
  }

  private get width(): Pick<RunOptions, "parallel"> {
    const { parallel } = this.options;
    return parallel === undefined ? {} : { parallel };
  }

  private async open(): Promise<EngineStack> {
    this.opened ??= findPulumi().then((engine) =>
      EngineStack.open(
        {
          engine,
          folder: this.workspace.project,
          home: this.workspace.home,
          env: rehearsalEnvironment(this.workspace, this.options),
        },
        this.stack,
      ),
    );
    return this.opened;
  }
}
