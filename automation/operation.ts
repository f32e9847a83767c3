import { EngineKilled, Stopped } from "./errors";
import { Emitter } from "./events/emitter";
import { type EventListener, type Operation, type Outcome, type UnnumberedEvent } from "./events/events";

/** Reports something of an operation. */
export type Emit = (event: UnnumberedEvent) => void;

function outcomeOf(error: unknown): Outcome {
  if (error instanceof Stopped) return "stopped";
  return error instanceof EngineKilled ? "killed" : "failed";
}

/** Runs an operation between the two events that every operation has, whatever becomes of it. */
export async function operate<Result>(
  {
    operation,
    environment,
    onEvent,
  }: { readonly operation: Operation; readonly environment: string; readonly onEvent?: EventListener | undefined },
  body: (emit: Emit) => Promise<Result>,
): Promise<Result> {
  const { emit } = new Emitter(onEvent ? [onEvent] : []);
  emit({ kind: "begun", operation, environment });
  let result: Result;
  try {
    result = await body(emit);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    emit({ kind: "ended", outcome: outcomeOf(error), error: { name, message } });
    throw error;
  }
  emit({ kind: "ended", outcome: "succeeded" });
  return result;
}
