import { type Duration, type Operation } from "../../facts/durations";
import { type PlannedResource } from "../graph";
import { avoidable } from "./avoidable";
import { destroyGraph, destruction, forcedDestruction, holds } from "./destroy";
import { durationFor, operationOf, type ScheduledStep, toMinutes, toTicks } from "./operations";
import { type ScheduleDocument } from "./schedule-schema";
import { forcedOnly, longestPath, type TaskGraph, taskGraph, timing, width } from "./task-graph";
import { type Tasks, waits } from "./waits";

export { type ScheduledStep } from "./operations";
export { ScheduleDocument } from "./schedule-schema";

/** What is done with each resource, by its index; undefined for one that is left alone. */
type Durations = readonly (Duration | undefined)[];

/** One operation in time, in ticks. */
interface Entry {
  readonly task: number;
  readonly start: number;
  readonly ticks: number;
  readonly source: string;
}

function ticksOf(durations: Durations, count: number): number[] {
  return Array.from({ length: count }, (_, task) => toTicks(durations[task]?.minutes ?? 0));
}

function entriesOf(durations: Durations, starts: readonly number[], ticks: readonly number[]): Entry[] {
  return durations.flatMap((duration, task) =>
    duration ? [{ task, start: starts[task] ?? 0, ticks: ticks[task] ?? 0, source: duration.source }] : [],
  );
}

/** Orders out of one component of another process are one: whoever waits for it waits for the same. */
function avoidableIn(graph: TaskGraph, { urns }: Tasks, resources: number): ScheduleDocument["avoidable"] {
  const ofComponents = new Set<number>();
  return avoidable(graph).flatMap(({ order: { from, to }, adds }) => {
    if (from >= resources && ofComponents.has(from)) return [];
    if (from >= resources) ofComponents.add(from);
    return [{ from: urns[from] ?? "", to: urns[to] ?? "", addsMinutes: toMinutes(adds) }];
  });
}

/** A document of entries whose times are known. */
function documentOf(
  about: Pick<ScheduleDocument, "action" | "avoidable">,
  resources: readonly PlannedResource[],
  all: readonly Entry[],
  path: readonly number[],
  { makespan, bound }: { readonly makespan: number; readonly bound: number },
): ScheduleDocument {
  const working = new Set(all.flatMap(({ task, ticks }) => (ticks > 0 ? [task] : [])));
  const critical = path.filter((task) => working.has(task));
  const isCritical = new Set(critical);
  const urn = (task: number) => resources[task]?.urn ?? "";
  const inOrder = [...all].sort((one, other) => one.start - other.start || one.task - other.task);
  return {
    action: about.action,
    minutes: toMinutes(makespan),
    lowerBoundMinutes: toMinutes(bound),
    criticalPath: critical.map(urn),
    entries: inOrder.map(({ task, start, ticks, source }) => ({
      urn: urn(task),
      start: toMinutes(start),
      minutes: toMinutes(ticks),
      critical: isCritical.has(task),
      source,
    })),
    avoidable: about.avoidable,
    width: width(
      inOrder.map(({ ticks }) => ticks),
      inOrder.map(({ start }) => start),
    ),
  };
}

/** The schedule of operations that run while the program does. */
function running(action: "create" | "update", resources: readonly PlannedResource[], durations: Durations): ScheduleDocument {
  const tasks = waits(resources);
  const graph = taskGraph(ticksOf(durations, tasks.urns.length), tasks.orders);
  const now = timing(graph);
  return documentOf(
    { action, avoidable: avoidableIn(graph, tasks, resources.length) },
    resources,
    entriesOf(durations, now.starts, graph.ticks),
    longestPath(graph, now),
    { makespan: now.makespan, bound: timing(forcedOnly(graph)).makespan },
  );
}

/** The schedule of deletions. */
function deleting(resources: readonly PlannedResource[], durations: Durations): ScheduleDocument {
  const graph = destroyGraph(resources, ticksOf(durations, resources.length));
  const held = holds(resources);
  const now = destruction(graph, held);
  const urn = (task: number) => resources[task]?.urn ?? "";
  const named = avoidable(graph).map(({ order: { from, to }, adds }) => ({ from: urn(from), to: urn(to), addsMinutes: toMinutes(adds) }));
  return documentOf({ action: "destroy", avoidable: named }, resources, entriesOf(durations, now.starts, now.ticks), now.path, {
    makespan: now.makespan,
    bound: forcedDestruction(graph, held),
  });
}

/** What an update does first, and what it deletes once the program has ended. */
function byPhase(
  resources: readonly PlannedResource[],
  steps: readonly ScheduledStep[],
): Record<"first" | "last", (Operation | undefined)[]> {
  const index = new Map(resources.map(({ urn }, position) => [urn, position]));
  const first = new Array<Operation | undefined>(resources.length).fill(undefined);
  const last = new Array<Operation | undefined>(resources.length).fill(undefined);
  for (const step of steps) {
    const task = index.get(step.urn);
    const operation = operationOf(step);
    if (task === undefined || operation === undefined) continue;
    if (operation === "delete" || step.op === "replace") last[task] = "delete";
    if (operation !== "delete") first[task] = operation;
  }
  return { first, last };
}

/** The engine deletes what is not wanted any more, and what was replaced, once the program has ended. */
function updating(resources: readonly PlannedResource[], steps: readonly ScheduledStep[]): ScheduleDocument {
  const { first, last } = byPhase(resources, steps);
  const durationsOf = (operations: readonly (Operation | undefined)[]): Durations =>
    resources.map((resource, task) => {
      const operation = operations[task];
      return operation && durationFor(resource, operation);
    });
  const made = running("update", resources, durationsOf(first));
  const condemned = resources.filter((_, task) => last[task] !== undefined);
  if (condemned.length === 0) return made;
  const gone = deleting(
    condemned,
    condemned.map((resource) => durationFor(resource, "delete")),
  );
  const after = (start: number) => toMinutes(toTicks(start) + toTicks(made.minutes));
  return {
    action: "update",
    minutes: after(gone.minutes),
    lowerBoundMinutes: toMinutes(toTicks(made.lowerBoundMinutes) + toTicks(gone.lowerBoundMinutes)),
    criticalPath: [...made.criticalPath, ...gone.criticalPath],
    entries: [...made.entries, ...gone.entries.map((entry) => ({ ...entry, start: after(entry.start) }))],
    avoidable: [...made.avoidable, ...gone.avoidable].sort((one, other) => other.addsMinutes - one.addsMinutes),
    width: Math.max(made.width, gone.width),
  };
}

/**
 * How long an operation on a whole environment takes when nothing waits for a free worker, what it is held up by, and what it need not be held up by.
 * @param resources all that the program registers; what an update deletes belongs to them too, with its dependencies.
 * @param steps of an update, what the engine has planned. Without them, all is created.
 */
export function scheduleOf(
  resources: readonly PlannedResource[],
  action: ScheduleDocument["action"],
  steps?: readonly ScheduledStep[],
): ScheduleDocument {
  if (action === "destroy")
    return deleting(
      resources,
      resources.map((resource) => durationFor(resource, "delete")),
    );
  if (action === "update" && steps !== undefined) return updating(resources, steps);
  return running(
    action,
    resources,
    resources.map((resource) => durationFor(resource, "create")),
  );
}
