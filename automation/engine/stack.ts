import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { EventLog } from "./event-log";
import { type FoundEngine } from "./executable";
import { EngineEvent } from "./translate";

/** Where and how the engine works. */
export interface EngineSettings {
  readonly engine: FoundEngine;
  /** Folder of `Pulumi.yaml`. */
  readonly folder: string;
  /** What its environment has besides that of this process; a variable that is undefined is taken away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The engine's own folder. Default: `~/.pulumi`. */
  readonly home?: string;
}

/** How one operation runs. */
export interface RunOptions {
  /** Hears each event as it comes, and all of them before the operation ends. */
  readonly onEvent?: (event: EngineEvent) => void;
  /** Aborting it is Ctrl-C to the engine: it begins nothing more, and saves the state; what it had begun may stay pending there. */
  readonly signal?: AbortSignal;
  /** Operations in flight at the most. Default: the engine's, four for each core. */
  readonly parallel?: number;
  /** Go on with what does not depend on what failed. Default: false. */
  readonly continueOnError?: boolean;
  /** Folders of policy packs, and of each the file of its levels and settings. */
  readonly policyPacks?: readonly string[];
  readonly policyPackConfigs?: readonly string[];
  /** What the history says of it. */
  readonly message?: string;
}

/** What the engine does with a stack. */
export type EngineOperation = "preview" | "up" | "refresh" | "previewRefresh" | "destroy" | "previewDestroy";

/** What a run of the engine ended with. */
export interface EngineRun {
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly signal?: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** An existing resource that is put under the engine's care. */
export interface ImportedResource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** URN of its provider; default: the engine's default one. */
  readonly provider?: string;
  /** URN of its parent. Default: the stack. */
  readonly parent?: string;
}

/** Nothing of it is asked: it is previewed, guarded and agreed to before. */
const AT_ONCE = ["--yes", "--skip-preview"] as const;

const COMMANDS: Readonly<Record<EngineOperation, readonly string[]>> = {
  preview: ["preview"],
  up: ["up", ...AT_ONCE],
  refresh: ["refresh", ...AT_ONCE],
  previewRefresh: ["refresh", "--preview-only"],
  destroy: ["destroy", ...AT_ONCE],
  previewDestroy: ["destroy", "--preview-only"],
};

const Text = z.string().catch("");

/** What the Automation API throws when the CLI ends badly. Source: `exec` in automation/cmd.js of @pulumi/pulumi 3.248 (2026-11-26). */
const CommandFailure = z.object({
  commandResult: z.object({
    err: z.object({ exitCode: z.int().nullish(), signal: z.string().nullish(), stdout: Text, stderr: Text, code: z.string().nullish() }),
  }),
});

/** What `PulumiCommand` can do besides; `@internal`, and so not in its types. */
interface Runs {
  run(
    args: string[],
    folder: string,
    env: Record<string, string>,
    onOutput?: undefined,
    onError?: undefined,
    signal?: AbortSignal,
  ): Promise<{ readonly stdout: string; readonly stderr: string }>;
}

/**
 * One stack, driven over the command and the workspace of Pulumi's Automation API. Nothing else in this project starts the engine.
 * Its `Stack` is not used: it listens to events in a way that loses the last of them ({@link EventLog}), selects the stack for the whole machine, whose
 * other tools and people that would surprise, and asks for outputs and history after each operation, secrets decrypted.
 */
export class EngineStack {
  private constructor(
    readonly name: string,
    private readonly workspace: LocalWorkspace,
  ) {}

  /** Nothing is asked of the back end: whether it has the stack, its first operation says. */
  static async open({ engine, folder, env = {}, home }: EngineSettings, name: string): Promise<EngineStack> {
    const workspace = await LocalWorkspace.create({
      workDir: folder,
      pulumiCommand: engine.command,
      // Without it the engine takes no --event-log. Source: pkg/cmd/pulumi/operations/preview.go of pulumi 3.260 (2026-11-26).
      // Node leaves a variable out that is undefined, which the types of the Automation API do not know.
      envVars: { PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_DEBUG_COMMANDS: "true", ...env },
      ...(home !== undefined && { pulumiHome: home }),
    });
    return new EngineStack(name, workspace);
  }

  /** Runs an operation to its end, whatever that is. It asks nothing: an `up`, `refresh` or `destroy` changes the cloud at once. */
  async run(operation: EngineOperation, options: RunOptions = {}): Promise<EngineRun> {
    const { parallel, policyPacks = [], policyPackConfigs = [], message, continueOnError = false } = options;
    return this.heard(options, [
      ...COMMANDS[operation],
      // Outputs may be secret; progress comes by events.
      ...["--suppress-outputs", "--suppress-progress", "--exec-kind", "auto.local"],
      ...(continueOnError ? ["--continue-on-error"] : []),
      ...(parallel === undefined ? [] : ["--parallel", String(parallel)]),
      ...(message === undefined ? [] : ["--message", message]),
      ...policyPacks.flatMap((pack) => ["--policy-pack", pack]),
      ...policyPackConfigs.flatMap((config) => ["--policy-pack-config", config]),
    ]);
  }

  /** Puts an existing resource under the engine's care; it is read from the cloud, and nothing there is changed. */
  async import(
    { type, name, id, provider, parent }: ImportedResource,
    options: Pick<RunOptions, "onEvent" | "signal"> = {},
  ): Promise<EngineRun> {
    const relatives = { ...(provider !== undefined && { provider }), ...(parent !== undefined && { parent }) };
    const named = Object.fromEntries(Object.keys(relatives).map((role) => [role, role]));
    const document = { nameTable: relatives, resources: [{ type, name, id, ...named }] };
    return inPrivateFile(JSON.stringify(document), async (file) =>
      this.heard(options, ["import", ...AT_ONCE, "--file", file, "--generate-code=false"]),
    );
  }

  /** Runs a command of the CLI that changes no resource. */
  async command(...args: readonly string[]): Promise<EngineRun> {
    return this.pulumi(args);
  }

  /** Makes the stack in the back end; needed once. Writes what its secrets need into the stack file. */
  async create(secretsProvider?: string): Promise<EngineRun> {
    const secrets = secretsProvider === undefined ? [] : ["--secrets-provider", secretsProvider];
    return this.command("stack", "init", this.name, "--no-select", ...secrets);
  }

  /** The state as the back end has it, secrets encrypted. */
  async export(): Promise<EngineRun> {
    return this.command("stack", "export", "--stack", this.name);
  }

  /**
   * Writes a state in the place of the one there is. The Automation API would write it into a file that everybody may read.
   * @param state as {@link export} prints it.
   */
  async importState(state: string): Promise<EngineRun> {
    return inPrivateFile(state, async (file) => this.command("stack", "import", "--file", file, "--stack", this.name));
  }

  private async heard({ onEvent = () => undefined, signal }: RunOptions, args: readonly string[]): Promise<EngineRun> {
    if (signal?.aborted) return { exitCode: null, signal: "SIGINT", stdout: "", stderr: "stopped before it began" };
    const hear = (line: string): void => onEvent(EngineEvent.parse(JSON.parse(line)));
    return EventLog.during(hear, async (path) => this.pulumi([...args, "--stack", this.name, "--event-log", path], signal));
  }

  private async pulumi(args: readonly string[], signal?: AbortSignal): Promise<EngineRun> {
    const { pulumiCommand, workDir, envVars, pulumiHome } = this.workspace;
    const env = { ...(pulumiHome !== undefined && { PULUMI_HOME: pulumiHome }), ...envVars };
    const runs: unknown = pulumiCommand;
    return ended(async () => (runs as Runs).run([...args, "--color", "never"], workDir, env, undefined, undefined, signal));
  }
}

/** A file that nobody else may read, for as long as some work takes. */
async function inPrivateFile<Result>(text: string, work: (file: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "strata-private-"));
  try {
    const file = join(folder, "document.json");
    writeFileSync(file, text, { mode: 0o600 });
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a call of the Automation API ended, in numbers: it throws for whatever the CLI does not end well. */
async function ended(call: () => Promise<{ readonly stdout: string; readonly stderr: string }>): Promise<EngineRun> {
  try {
    const { stdout, stderr } = await call();
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    const failure = CommandFailure.safeParse(error);
    if (!failure.success || typeof failure.data.commandResult.err.code === "string") throw error;
    const { exitCode, signal, stdout, stderr } = failure.data.commandResult.err;
    return { exitCode: exitCode ?? null, ...(signal && { signal }), stdout, stderr };
  }
}
