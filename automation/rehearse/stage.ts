import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { ConfigError, UserError } from "../../components/faults";
import { isProtected, type Lasting } from "../../components/platform-context";
import { API_RATES } from "../../facts/limits-api";
import { type PlannedResource } from "../../plan/graph";
import { record } from "../../plan/record";
import { type ScheduleDocument, scheduleOf } from "../../plan/schedule/schedule";
import { readStackFile } from "../../plan/stack-file";
import { readLedger, retireAll, writeLedger } from "../../stacks/config/store-ledger";
import program from "../../stacks/index";
import { destructionAhead } from "../destruction";
import { widthOf } from "../engine/width";
import { type BehaviourInput, writeBehaviour } from "./behaviour";
import { Cloud } from "./cloud";
import { Engine, type EngineFound, type EngineResult, findEngine } from "./engine";
import { isOnlyInState } from "./existence";
import { JumpingClockServer } from "./jumping-clock";
import { makespan, readOperations } from "./operations";
import { type RehearsalOptions, type RehearsalTime } from "./scenario";
import { type FoundResource, searchCloud } from "./search";
import { type StateResource } from "./stack-state";
import { Workspace } from "./workspace";

const MS_PER_SECOND = 1000;
/** A new role can't be assumed for so long. Source: "Changes that I make are not always immediately visible" in the IAM guide (2026-11). */
const ROLE_SECONDS = 10;

/** Number of resources by what happens to them. */
export type ChangeSummary = Readonly<Record<string, number>>;

/** What a step came to. */
export interface Outcome {
  readonly result: string;
  readonly problems: readonly string[];
  readonly changes?: ChangeSummary;
}

/** Something done, and how long it took. */
export interface Timed<Result> {
  readonly outcome: Result;
  /** Simulated. */
  readonly minutes: number;
  readonly seconds: number;
}

/** Where a rehearsal takes place: a workspace with its cloud, the engine, the clock, and what the plan says. */
export class Stage {
  readonly times: RehearsalTime[] = [];
  /** What was retained on purpose, by type and id: learnt before the state lets go of it. */
  private readonly retained = new Set<string>();

  private constructor(
    readonly workspace: Workspace,
    readonly engine: Engine,
    readonly cloud: Cloud,
    readonly environment: string,
    readonly plan: readonly PlannedResource[],
    /** Whether it is durable, and not being decommissioned already. */
    readonly isProtected: boolean,
    readonly components: "installed" | "simulated",
    /** Whether creations fail on purpose. */
    readonly hasFaults: boolean,
    private readonly width: number | undefined,
    private readonly clock: JumpingClockServer | undefined,
  ) {}

  static async open(options: RehearsalOptions): Promise<Stage> {
    const { environment } = options;
    const root = resolve(options.root);
    const stack = readStackFile(root, environment);
    const found = engineOf();
    options.onProgress?.(`planning ${environment}`);
    const plan = await record(program, stack);
    const workspace = new Workspace(root);
    const clock = options.millisecondsPerMinute === undefined ? new JumpingClockServer() : undefined;
    const socket = join(workspace.cloud, "clock.sock");
    await clock?.listen(socket);
    writeBehaviour(workspace.cloud, behaviourOf(options, socket));
    const width = options.width === "engine" ? undefined : widthOf(scheduleOf(plan, "create"));
    const engine = new Engine(workspace, environment, width === undefined ? {} : { parallel: width });
    const settings = JSON.parse(stack.config[`${stack.project}:environment`] ?? "{}") as Partial<Lasting>;
    const stage = new Stage(
      workspace,
      engine,
      new Cloud(workspace.cloud),
      environment,
      plan,
      isProtected({ durable: settings.durable === true, decommissioning: settings.decommissioning }),
      found.components,
      (options.faults ?? []).length > 0 || (options.faultRate ?? 0) > 0,
      width,
      clock,
    );
    const made = await engine.initialize();
    if (made.exitCode !== 0) throw new Error(`pulumi stack init ended with ${String(made.exitCode)}: ${made.stderr}`);
    return stage;
  }

  async close(): Promise<void> {
    await this.clock?.close();
    this.workspace.dispose();
  }

  /** Does something and takes its times: the simulated one is that of the operations it asks for. */
  async time<Result>(run: () => Promise<Result>): Promise<Timed<Result>> {
    const [began, before] = [Date.now(), readOperations(this.workspace.cloud).length];
    const outcome = await run();
    const minutes = makespan(readOperations(this.workspace.cloud).slice(before));
    return { outcome, minutes, seconds: (Date.now() - began) / MS_PER_SECOND };
  }

  /** Does something and says what the cloud was asked for meanwhile, as `update urn:…`. */
  async watch<Result>(run: () => Promise<Result>): Promise<{ readonly outcome: Result; readonly operations: readonly string[] }> {
    const before = readOperations(this.workspace.cloud).length;
    const outcome = await run();
    const operations = readOperations(this.workspace.cloud).slice(before);
    return { outcome, operations: operations.map(({ action, urn }) => `${action} ${urn}`) };
  }

  /** Runs an operation of the whole environment and keeps its time against the schedule. */
  async against(
    operation: RehearsalTime["operation"],
    schedule: ScheduleDocument,
    run: () => Promise<EngineResult>,
  ): Promise<EngineResult> {
    const { outcome, minutes } = await this.time(run);
    if (outcome.exitCode === 0)
      this.times.push({
        operation,
        minutes,
        longestPathMinutes: schedule.minutes,
        ratio: schedule.minutes === 0 ? 1 : minutes / schedule.minutes,
        ...(this.width !== undefined && { parallel: this.width }),
      });
    return outcome;
  }

  /** Changes one section of the stack file that the engine reads: a copy. */
  edit(section: string, change: (values: Record<string, unknown>) => void): void {
    const path = join(this.workspace.project, `Pulumi.${this.environment}.yaml`);
    const file = parse(readFileSync(path, "utf8")) as { readonly config: Record<string, Record<string, unknown>> };
    change((file.config[`strata:${section}`] ??= {}));
    writeFileSync(path, stringify(file));
  }

  /**
   * Retires every store in the ledger that the engine's program reads: a copy.
   * @returns how many.
   */
  retireStores(): number {
    const { project } = this.workspace;
    const { value: ledger, faults } = readLedger(project, this.environment);
    if (!ledger) throw new ConfigError(faults);
    const retired = retireAll(ledger, [], "nothing of a rehearsal is worth keeping");
    if (!retired.value) throw new ConfigError(retired.faults);
    writeLedger(project, this.environment, retired.value);
    return Object.keys(ledger.stores).length;
  }

  /** What the state has and a cloud keeps. */
  async managed(): Promise<readonly StateResource[]> {
    const { resources } = await this.engine.state();
    return resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:") && !isOnlyInState(type));
  }

  /** Notes what the state would leave in the cloud, if it let go of it now. */
  async noteRetained(): Promise<void> {
    for (const { type, id, retainOnDelete } of await this.managed()) if (retainOnDelete) this.retained.add(`${type} ${String(id)}`);
  }

  /** The schedule of destroying what there is now. */
  async destruction(): Promise<ScheduleDocument> {
    const { resources } = await this.engine.state();
    return destructionAhead({ version: 3, deployment: { resources } }).schedule;
  }

  /** What the cloud has and no state, and the other way round. */
  async leftovers(): Promise<{ readonly orphans: FoundResource[]; readonly kept: FoundResource[]; readonly missing: string[] }> {
    const managed = await this.managed();
    const inState = new Set(managed.map(({ type, id }) => `${type} ${String(id)}`));
    const now = this.clock?.now() ?? Number.MAX_VALUE;
    const there = searchCloud(this.workspace.cloud, {}, { now });
    const inCloud = new Set(there.map(({ type, id }) => `${type} ${id}`));
    const strangers = there.filter(({ type, id }) => !inState.has(`${type} ${id}`));
    return {
      orphans: strangers.filter(({ type, id }) => !this.retained.has(`${type} ${id}`)),
      kept: strangers.filter(({ type, id }) => this.retained.has(`${type} ${id}`)),
      missing: managed.filter(({ type, id }) => !inCloud.has(`${type} ${String(id)}`)).map(({ urn }) => urn),
    };
  }
}

function engineOf(): EngineFound {
  const found = findEngine();
  if ("pulumi" in found) return found;
  throw new UserError(
    `there is no Pulumi engine: ${found.missing.join(", ")} not on PATH; install it from https://www.pulumi.com/docs/iac/download-install/`,
  );
}

function behaviourOf({ millisecondsPerMinute, faults = [], faultRate = 0, seed = "1" }: RehearsalOptions, socket: string): BehaviourInput {
  const rates = Object.entries(API_RATES).map(([service, { burst, perSecond }]) => [service, { burst, perSecond }] as const);
  return {
    clock: millisecondsPerMinute === undefined ? { kind: "jumping", socket } : { kind: "scaled", began: Date.now(), millisecondsPerMinute },
    throttling: Object.fromEntries(rates),
    roleSeconds: ROLE_SECONDS,
    dependencies: true,
    faults: [
      ...faults.map((type) => ({ type, occurs: "once-per-type" as const })),
      ...(faultRate > 0 ? [{ occurs: { probability: faultRate, seed } }] : []),
    ],
  };
}
