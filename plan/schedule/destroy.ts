import { lingersAfter } from "../../facts/durations/lingering";
import { requiredOrder } from "../../facts/durations/required-orders";
import { type PlannedResource } from "../graph";
import { toTicks } from "./operations";
import { forcedOnly, type Order, reversed, type TaskGraph, taskGraph, timing } from "./task-graph";

/** Time of a deletion, in ticks. */
export interface Destruction {
  readonly starts: readonly number[];
  /** With what lingers of others in it. */
  readonly ticks: readonly number[];
  /** The longest deletion of each round, in order. */
  readonly path: readonly number[];
  readonly makespan: number;
}

/** Ticks for which a deleted resource still keeps another from being deleted. */
interface Hold {
  readonly by: number;
  readonly ticks: number;
}

/** What keeps each resource from being deleted, by its index, although it is free to go otherwise. */
export type Holds = ReadonlyMap<number, readonly Hold[]>;

/** What the engine asks no provider for: what stays in AWS, and what is gone with another that is deleted too. */
function asked(resources: readonly PlannedResource[], ticks: readonly number[]): number[] {
  const going = new Set(resources.map(({ urn }) => urn));
  return ticks.map((length, task) => {
    const { retainOnDelete, deletedWith } = resources[task] ?? {};
    return retainOnDelete || (deletedWith !== undefined && going.has(deletedWith)) ? 0 : length;
  });
}

/**
 * Who is deleted before whom: what is waited for at creation goes last. Source: `DependenciesOf` in pkg/resource/graph of pulumi 3.260 (2026-11).
 * @param ticks of each deletion.
 */
export function destroyGraph(resources: readonly PlannedResource[], ticks: readonly number[]): TaskGraph {
  const index = new Map(resources.map(({ urn }, position) => [urn, position]));
  const orders: Order[] = [];
  resources.forEach(({ type, dependencies, propertyDependencies, parent, provider, deletedWith }, from) => {
    const carrying = new Set(Object.values(propertyDependencies).flat());
    const all = new Set([...dependencies, ...carrying]);
    for (const urn of [parent, deletedWith, provider?.slice(0, provider.lastIndexOf("::"))]) if (urn !== undefined) all.add(urn);
    for (const urn of all) {
      const to = index.get(urn);
      const before = to === undefined ? undefined : resources[to];
      if (to === undefined || !before || from === to) continue;
      const isProvider = before.type.startsWith("pulumi:providers:");
      orders.push({ from, to, forced: isProvider || carrying.has(urn) || requiredOrder(before.type, type) !== undefined });
    }
  });
  return taskGraph(asked(resources, ticks), orders);
}

/** What is held by something that lingers after another resource. */
export function holds(resources: readonly PlannedResource[]): Holds {
  const index = new Map(resources.map(({ urn }, position) => [urn, position]));
  const all = new Map<number, Hold[]>();
  resources.forEach(({ type, inputs, propertyDependencies }, by) => {
    const lingering = lingersAfter(type, inputs);
    if (!lingering) return;
    for (const urn of new Set(Object.values(propertyDependencies).flat())) {
      const on = index.get(urn);
      if (on === undefined || !lingering.holds.test(resources[on]?.type ?? "")) continue;
      all.set(on, [...(all.get(on) ?? []), { by, ticks: toTicks(lingering.minutes) }]);
    }
  });
  return all;
}

/**
 * How the engine deletes: not each resource as soon as all that stand on it are gone, but in rounds. The first takes those with the most resources
 * one on another below them, the last those that stand on nothing; each round waits for the whole of the one before.
 * Source: `ScheduleDeletes` in pkg/resource/deploy/step_generator.go of pulumi 3.260 (2026-11).
 */
export function destruction(graph: TaskGraph, held: Holds): Destruction {
  const lengths = [...graph.ticks];
  const { starts: heights } = timing(reversed({ ticks: lengths.map(() => 1), orders: graph.orders }));
  const rounds: number[][] = [];
  heights.forEach((height, task) => (rounds[height] ??= []).push(task));
  const starts = new Array<number>(lengths.length).fill(0);
  const path: number[] = [];
  let now = 0;
  for (const round of rounds.reverse()) {
    let longest = round[0] ?? 0;
    for (const task of round) {
      starts[task] = now;
      const free = Math.max(now, ...(held.get(task) ?? []).map(({ by, ticks }) => (starts[by] ?? 0) + (lengths[by] ?? 0) + ticks));
      lengths[task] = lengths[task] === 0 ? 0 : (lengths[task] ?? 0) + free - now;
      if ((lengths[task] ?? 0) > (lengths[longest] ?? 0)) longest = task;
    }
    path.push(longest);
    now += lengths[longest] ?? 0;
  }
  return { starts, ticks: lengths, path, makespan: now };
}

/** The least ticks in which all could be deleted: each resource as soon as those are gone that AWS wants gone first. */
export function forcedDestruction(graph: TaskGraph, held: Holds): number {
  const lingering = [...held].flatMap(([to, all]) => all.map(({ by, ticks }) => ({ by, to, ticks })));
  // What lingers is a task of its own between the two.
  const ticks = [...graph.ticks, ...lingering.map((one) => one.ticks)];
  const between = lingering.flatMap(({ by, to }, position): Order[] => [
    { from: by, to: graph.ticks.length + position, forced: true },
    { from: graph.ticks.length + position, to, forced: true },
  ]);
  return timing(taskGraph(ticks, [...forcedOnly(graph).orders, ...between])).makespan;
}
