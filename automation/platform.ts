import { resolve } from "node:path";
import { UserError } from "../components/faults";
import { suggestion } from "../components/parse";
import { type PlanDocument } from "../plan/plan-schema";
import { environments as stackFiles, readStackFile } from "../plan/stack-file";
import { driftOf, type Drift } from "./drift";
import { attempt, bringIn, type CarriedOut, carryOut } from "./engine/carry-out";
import { findEngine, type FoundEngine } from "./engine/executable";
import { EngineStack, type ImportedResource } from "./engine/stack";
import { widthOf } from "./engine/width";
import { EnvironmentStack, type PlatformOptions } from "./environment-stack";
import { NotConfirmed, UnknownEnvironment } from "./errors";
import { type EventListener, type PlannedStep } from "./events/events";
import { type GuardFinding } from "./guard/finding";
import { findingsIn, guarded, guardError } from "./guarding";
import { type Emit, operate } from "./operation";
import { planApart } from "./planning/plan-apart";
import { type Environment, type HistoryEntry, joinEnvironments, type Output, readHistory, readOutputs, readStacks } from "./records";
import { adoptOrphan, couldBecome, findOrphans, type Orphan, orphanOf } from "./recovery/orphans";
import { retrying } from "./recovery/retry";
import { type Report } from "./recovery/state";

export type { PlatformOptions };

/** Deletions in flight at the most: no plan says how wide they are, and AWS takes no more of them at once than of creations. */
const DELETIONS_AT_ONCE = 64;

/** What every operation takes. */
export interface OperationOptions {
  /** Hears every event, in order. */
  readonly onEvent?: EventListener;
  /** Stops the operation in good order: the engine begins nothing more, saves the state and leaves no lock. */
  readonly signal?: AbortSignal;
  /** Operations in flight at the most. Default: from the graph of the plan where one is made, never from the cores of this machine. */
  readonly parallel?: number;
}

/** What an operation of the engine ended with. */
export interface OperationResult {
  readonly environment: string;
  /** Number of resources by what happened, or would happen, to them. */
  readonly changes: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** What a preview ended with. */
export interface PreviewResult extends OperationResult {
  /** In the engine's order, those that stay the same included. */
  readonly steps: readonly PlannedStep[];
  /** What the guard finds in them: what stops the operation, and what is only told. */
  readonly findings: readonly GuardFinding[];
}

/** How `preview` is asked. */
export interface PreviewOptions extends OperationOptions {
  /** URNs that may be replaced or deleted though they keep data. */
  readonly allowReplace?: readonly string[];
  /** What was planned already. Default: it is planned. */
  readonly plan?: PlanDocument;
}

/** How `up` and `destroy` are asked. */
export interface ChangeOptions extends PreviewOptions {
  /** Name of the durable environment that may be destroyed. */
  readonly destroyDurable?: string;
  /** Id of a lock that may be taken by force. */
  readonly breakLock?: string;
  /** What somebody decided of operations that a killed engine left: the id of what was made, or `undefined` for nothing, by URN. */
  readonly decisions?: ReadonlyMap<string, string | undefined>;
  /** Is asked before anything changes; without it the caller has agreed. */
  readonly confirm?: (preview: PreviewResult) => Promise<boolean>;
}

/** What `refresh` would write into the state. */
export interface DriftResult extends OperationResult {
  /** None when the cloud is as the state says. */
  readonly drifts: readonly Drift[];
}

/**
 * Previews, changes and reads the environments of one platform: everything that the `strata` command does, for tools. Instances share nothing, and
 * any number of operations may run at once; of one environment the back end lets only one change at a time.
 */
export class Platform {
  readonly root: string;
  private found: Promise<FoundEngine> | undefined;

  constructor(private readonly options: PlatformOptions) {
    this.root = resolve(options.root);
  }

  /**
   * What an environment will be made of, offline and without an engine.
   * @throws {UnknownEnvironment} {ConfigError} {RefusedError}
   */
  async plan(environment: string): Promise<PlanDocument> {
    this.known(environment);
    return planApart(this.root, environment);
  }

  /** What `up` would do, and what would stop it. Nothing is changed. */
  async preview(environment: string, options: PreviewOptions = {}): Promise<PreviewResult> {
    return operate({ ...options, operation: "preview", environment }, async (emit) => {
      const stack = await this.stack(environment);
      const preview = await attempt({ stack: stack.engine, operation: "preview", emit }, options);
      // What is protected fails a preview, and the guard says more of it; what failed before it came to any resource has nothing for the guard.
      if (preview.failure && preview.steps.length === 0) throw preview.failure;
      const plan = options.plan ?? (await this.plan(environment));
      const findings = await findingsIn(stack, preview, { ...options, operation: "up", plan }, emit);
      if (preview.failure) throw guardError(findings) ?? preview.failure;
      return previewed(environment, preview, findings);
    });
  }

  /**
   * Makes an environment what its files say: settles what a killed operation left, previews, asks the guard and the caller, and only then changes anything.
   * @throws {LockedByAnother} {WouldReplaceState} {PolicyViolation} {OverBudget} {NotConfirmed} {UpdateFailed} and what every operation throws.
   */
  async up(environment: string, options: ChangeOptions = {}): Promise<OperationResult> {
    return operate({ ...options, operation: "up", environment }, async (emit) => {
      const stack = await this.stack(environment);
      const plan = options.plan ?? (await this.plan(environment));
      await stack.recover(reportTo(emit), options);
      const preview = await attempt({ stack: stack.engine, operation: "preview", emit }, options);
      const findings = await guarded(stack, preview, { ...options, operation: "up", plan }, emit);
      await confirm(previewed(environment, preview, findings), options);
      const width = { ...options, parallel: options.parallel ?? widthOf(plan.schedule) };
      return resultOf(environment, await retrying(() => carryOut({ stack: stack.engine, operation: "up", emit }, width), reportTo(emit)));
    });
  }

  /** Writes into the state what the cloud has. */
  async refresh(environment: string, options: OperationOptions = {}): Promise<OperationResult> {
    return operate({ ...options, operation: "refresh", environment }, async (emit) => {
      const { engine: stack } = await this.stack(environment);
      return resultOf(environment, await carryOut({ stack, operation: "refresh", emit }, options));
    });
  }

  /** What somebody changed in the cloud behind the platform's back. Nothing is changed, not even the state. */
  async drift(environment: string, options: OperationOptions = {}): Promise<DriftResult> {
    return operate({ ...options, operation: "drift", environment }, async (emit) => {
      const { engine: stack } = await this.stack(environment);
      const carried = await carryOut({ stack, operation: "previewRefresh", emit }, options);
      return { ...resultOf(environment, carried), drifts: driftOf(carried.events) };
    });
  }

  /**
   * Deletes everything of an environment. It is previewed first: what is protected stops it with nothing deleted, whereas the engine alone deletes
   * everything else before it comes to that.
   */
  async destroy(environment: string, options: ChangeOptions = {}): Promise<OperationResult> {
    return operate({ ...options, operation: "destroy", environment }, async (emit) => {
      const stack = await this.stack(environment);
      await stack.recover(reportTo(emit), options);
      const preview = await attempt({ stack: stack.engine, operation: "previewDestroy", emit }, options);
      const findings = await guarded(stack, preview, { ...options, operation: "destroy" }, emit);
      await confirm(previewed(environment, preview, findings), options);
      const width = { ...options, parallel: options.parallel ?? DELETIONS_AT_ONCE };
      return resultOf(
        environment,
        await retrying(() => carryOut({ stack: stack.engine, operation: "destroy", emit }, width), reportTo(emit)),
      );
    });
  }

  /** What carries the tags of an environment in the cloud and is in no state. */
  async orphans(environment: string): Promise<readonly Orphan[]> {
    const stack = await this.stack(environment);
    return findOrphans(await stack.state(), stack.cloud, stack.stackName);
  }

  /**
   * Deletes an orphan. One that may hold data is named by its whole id.
   * @throws {UserError} when no orphan, or more than one, is named so.
   */
  async deleteOrphan(environment: string, id: string): Promise<Orphan> {
    const orphan = orphanOf(await this.orphans(environment), id, true);
    await (await this.stack(environment)).cloud.delete(orphan);
    return orphan;
  }

  /**
   * Takes an orphan into the state, as the resource of the plan that it is.
   * @param as URN of that resource. Default: the only one that it could be.
   * @returns the URN.
   */
  async adopt(environment: string, id: string, as?: string, onStep: Report = () => undefined): Promise<string> {
    const stack = await this.stack(environment);
    const orphan = orphanOf(await this.orphans(environment), id, false);
    const { resources } = await this.plan(environment);
    const candidates = couldBecome(orphan, resources, await stack.state());
    const [planned, other] = as === undefined ? candidates : candidates.filter(({ urn }) => urn === as);
    if (!planned) throw new UserError(`${orphan.id}: is nothing that the plan asks for and the state has not`);
    if (other) throw new UserError(`${orphan.id}: could be ${candidates.map(({ urn }) => urn).join(" or ")}; say which with --as`);
    const { access, cloud, keepIn } = stack;
    await adoptOrphan({ stack: access, cloud, keepIn }, orphan, planned, onStep);
    return planned.urn;
  }

  /** Puts a resource that exists under the care of an environment; the program has to ask for it by the same type, name and inputs afterwards. */
  async import(environment: string, resource: ImportedResource, options: OperationOptions = {}): Promise<OperationResult> {
    return operate({ ...options, operation: "import", environment }, async (emit) => {
      const stack = await this.stack(environment);
      const provider = resource.provider ?? (await stack.providerOf(resource.type));
      const named = { ...resource, ...(provider !== undefined && { provider }) };
      return resultOf(environment, await bringIn(named, { stack: stack.engine, emit }, options));
    });
  }

  /** Ends the lock that an operation has left. One that still works loses its right to save: make sure that nobody does. */
  async cancel(environment: string, options: Pick<OperationOptions, "onEvent"> = {}): Promise<void> {
    await operate({ ...options, operation: "cancel", environment }, async () => {
      const stack = await this.stack(environment);
      await stack.command("cancel", "--yes", "--stack", environment);
    });
  }

  /**
   * Takes an environment that was destroyed out of the back end, with its history. Its stack file stays.
   * @throws {UpdateFailed} when it still has resources.
   */
  async removeStack(environment: string): Promise<void> {
    const stack = await this.stack(environment);
    await stack.command("stack", "rm", "--yes", "--preserve-config", "--stack", environment);
  }

  /**
   * What an environment gives to others.
   * @param showSecrets without it a secret reads `[secret]`, and is not even decrypted.
   */
  async outputs(
    environment: string,
    { showSecrets = false }: { readonly showSecrets?: boolean } = {},
  ): Promise<Readonly<Record<string, Output>>> {
    const stack = await this.stack(environment);
    const read = async (...more: string[]): Promise<string> => stack.command("stack", "output", "--json", "--stack", environment, ...more);
    return readOutputs(await read(), showSecrets ? await read("--show-secrets") : undefined);
  }

  /** Operations that ended, the newest first. */
  async history(environment: string): Promise<readonly HistoryEntry[]> {
    const stack = await this.stack(environment);
    return readHistory(await stack.command("stack", "history", "--json", "--stack", environment));
  }

  /** Every environment that has a stack file or a stack. */
  async environments(): Promise<readonly Environment[]> {
    const stack = await this.open("");
    const [stacks, backEnd] = [readStacks(await stack.command("stack", "ls", "--json")), await stack.backEnd()];
    const locks = await Promise.all(stacks.map(async ({ name }) => [name, await stack.lockHolders(backEnd, name)] as const));
    return joinEnvironments(this.root, stackFiles(this.root), stacks, new Map(locks.filter(([, holders]) => holders.length > 0)));
  }

  /** The engine that all operations use. */
  async engine(): Promise<FoundEngine> {
    this.found ??= findEngine();
    return this.found;
  }

  /**
   * The stack of an environment, for what the operations here don't do.
   * @throws {UnknownEnvironment} {EngineMissing}
   */
  async stack(environment: string): Promise<EnvironmentStack> {
    this.known(environment);
    return this.open(environment);
  }

  private async open(name: string): Promise<EnvironmentStack> {
    const { env, home } = this.options;
    const settings = { engine: await this.engine(), folder: this.root, ...(env && { env }), ...(home !== undefined && { home }) };
    return new EnvironmentStack(await EngineStack.open(settings, name), { ...this.options, root: this.root });
  }

  private known(environment: string): void {
    const known = stackFiles(this.root);
    if (known.length > 0 && !known.includes(environment))
      throw new UnknownEnvironment(
        `${environment}: is not an environment, there is no Pulumi.${environment}.yaml; ${suggestion(environment, known)}`,
      );
    readStackFile(this.root, environment);
  }
}

function reportTo(emit: Emit): Report {
  return (step) => emit({ kind: "recovery", ...step });
}

function resultOf(environment: string, { changes, seconds }: CarriedOut): OperationResult {
  return { environment, changes, seconds };
}

function previewed(environment: string, carried: CarriedOut, findings: readonly GuardFinding[]): PreviewResult {
  return { ...resultOf(environment, carried), steps: carried.steps, findings };
}

async function confirm(preview: PreviewResult, { confirm: ask }: ChangeOptions): Promise<void> {
  if (ask && !(await ask(preview))) throw new NotConfirmed(`${preview.environment}: nobody said yes; nothing was changed`);
}
