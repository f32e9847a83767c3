import { type FailedStep, type PlatformError } from "../errors";
import { type Emit } from "../operation";
import { type PlannedStep } from "../events/events";
import { failureOf } from "./failure";
import { type EngineOperation, type EngineRun, type EngineStack, type ImportedResource, type RunOptions } from "./stack";
import { type EngineEvent, translate } from "./translate";

/** What a run of the engine came to. */
export interface CarriedOut {
  readonly run: EngineRun;
  /** Number of resources by what happened, or would happen, to them. */
  readonly changes: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Of a preview, in the engine's order. */
  readonly steps: readonly PlannedStep[];
  /** The engine's own events of resources, for those who read more of a step than we tell. */
  readonly events: readonly EngineEvent[];
  /** Why it did not end well; what is said above is true nevertheless. */
  readonly failure?: PlatformError;
}

const PREVIEWS: ReadonlySet<EngineOperation> = new Set(["preview", "previewRefresh", "previewDestroy"]);

/** Collects what a run says of itself. */
class Hearing {
  readonly errors: { readonly urn?: string | undefined; readonly message: string }[] = [];
  readonly failed: { readonly urn: string; readonly op: string }[] = [];
  readonly steps: PlannedStep[] = [];
  readonly events: EngineEvent[] = [];
  changes: Readonly<Record<string, number>> = {};
  seconds = 0;

  hear(event: EngineEvent, preview: boolean, emit: Emit): void {
    const told = translate(event, preview);
    if (event.resourcePreEvent || event.resOutputsEvent) this.events.push(event);
    if (!told) return;
    emit(told);
    if (told.kind === "diagnostic" && told.severity === "error") this.errors.push(told);
    if (told.kind === "summary") [this.changes, this.seconds] = [told.changes, told.seconds];
    if (told.kind !== "resource") return;
    if (told.phase === "failed") this.failed.push(told);
    const { kind: _kind, phase, ...step } = told;
    if (phase === "planned") this.steps.push(step);
  }

  /** Each resource that failed, with what was said of it. */
  failures(): FailedStep[] {
    return this.failed.map(({ urn, op }) => {
      const messages = this.errors.filter((error) => error.urn === urn).map(({ message }) => message);
      return { urn, op, message: messages.length > 0 ? messages.join("\n") : `${op} failed` };
    });
  }
}

/** What an engine's run is reported with. */
interface Reported {
  readonly stack: EngineStack;
  readonly emit: Emit;
}

type Options = Omit<RunOptions, "onEvent">;

async function hear(
  { stack, emit }: Reported,
  { signal }: Options,
  preview: boolean,
  start: (onEvent: (event: EngineEvent) => void) => Promise<EngineRun>,
): Promise<CarriedOut> {
  const hearing = new Hearing();
  const run = await start((event) => hearing.hear(event, preview, emit));
  const { changes, seconds, steps, events } = hearing;
  const carried = { run, changes, seconds, steps, events };
  if (run.exitCode === 0) return carried;
  const failure = failureOf({
    environment: stack.name,
    run,
    errors: hearing.errors.map(({ message }) => message),
    failed: hearing.failures(),
    stopped: signal?.aborted ?? false,
  });
  return { ...carried, failure };
}

function orThrow(carried: CarriedOut): CarriedOut {
  if (carried.failure) throw carried.failure;
  return carried;
}

/** Runs an operation of the engine and reports it, whether it ends well or not. */
export async function attempt(
  { operation, ...reported }: Reported & { readonly operation: EngineOperation },
  options: Options,
): Promise<CarriedOut> {
  return hear(reported, options, PREVIEWS.has(operation), (onEvent) => reported.stack.run(operation, { ...options, onEvent }));
}

/**
 * Runs an operation of the engine and reports it.
 * @throws {PlatformError} when the engine does not end well.
 */
export async function carryOut(...args: Parameters<typeof attempt>): Promise<CarriedOut> {
  return orThrow(await attempt(...args));
}

/**
 * Puts an existing resource under the engine's care and reports it.
 * @throws {PlatformError} when the engine does not end well.
 */
export async function bringIn(resource: ImportedResource, reported: Reported, options: Options): Promise<CarriedOut> {
  return orThrow(await hear(reported, options, false, (onEvent) => reported.stack.import(resource, { ...options, onEvent })));
}
