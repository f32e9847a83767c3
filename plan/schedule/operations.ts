import { type Duration, durationOf, type Operation } from "../../facts/durations";
import { type PlannedResource } from "../graph";

/** Thousandths of a minute: sums of them are exact. */
const TICKS_PER_MINUTE = 1000;

export function toTicks(minutes: number): number {
  return Math.round(minutes * TICKS_PER_MINUTE);
}

export function toMinutes(ticks: number): number {
  return ticks / TICKS_PER_MINUTE;
}

/** One step that the engine has planned, by its own word: create, update, delete, replace, create-replacement, delete-replaced, same … */
export interface ScheduledStep {
  readonly urn: string;
  readonly op: string;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: "create",
  "create-replacement": "create",
  import: "create",
  "import-replacement": "create",
  // The step that stands for the whole replacement; its parts have steps of their own.
  replace: "create",
  update: "update",
  delete: "delete",
  "delete-replaced": "delete",
};

/** What a step asks of a provider; undefined when nothing, as of one that stays the same. */
export function operationOf({ op }: ScheduledStep): Operation | undefined {
  return Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
}

/** True when a provider has to do something for a resource; components and providers themselves are only noted down. */
export function isManaged({ custom, remote, type }: Pick<PlannedResource, "custom" | "remote" | "type">): boolean {
  return custom && !remote && !type.startsWith("pulumi:");
}

/** How long an operation on a resource takes; undefined for one that nothing is asked for. */
export function durationFor(resource: PlannedResource, operation: Operation): Duration | undefined {
  if (!isManaged(resource)) return undefined;
  return durationOf(resource.type, resource.inputs, operation);
}
