import { forcedOnly, longestPath, type Order, reversed, type TaskGraph, timing } from "./task-graph";

/** An order that nothing forces, and by how many ticks it makes all end later. */
export interface Avoidable {
  readonly order: Order;
  readonly adds: number;
}

/** Rounds in which orders are found that add nothing alone and something together. */
const MOST_ROUNDS = 20;

/**
 * The orders that nothing forces and that make all end later. Those that do so alone, on top of what is forced, are found in one pass; after that the longest path
 * is looked at until no such order is on it.
 */
export function avoidable(graph: TaskGraph): Avoidable[] {
  const found = alone(graph);
  const left = new Set(graph.orders);
  for (const { order } of found) left.delete(order);
  const bound = timing(forcedOnly(graph));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const rest = { ticks: graph.ticks, orders: [...left] };
    const now = timing(rest);
    if (now.makespan === bound.makespan) break;
    const held = heldUp(rest, longestPath(rest, now));
    if (held.length === 0) break;
    for (const order of held) left.delete(order);
    const gained = now.makespan - timing({ ticks: graph.ticks, orders: [...left] }).makespan;
    // Of several on one path the one to blame is that after which most is later than it had to be.
    const late = (task: number) => (now.starts[task] ?? 0) - (bound.starts[task] ?? 0);
    const [worst] = held.sort((one, other) => late(other.to) - late(other.from) - late(one.to) + late(one.from));
    if (worst && gained > 0) found.push({ order: worst, adds: gained });
  }
  return found.sort((one, other) => other.adds - one.adds || one.order.from - other.order.from || one.order.to - other.order.to);
}

/** Added to what is forced, the order from one task to another makes the longest way through both the longest of all. */
function alone(graph: TaskGraph): Avoidable[] {
  const forced = forcedOnly(graph);
  const { starts, makespan } = timing(forced);
  const after = timing(reversed(forced)).starts;
  return graph.orders.flatMap((order) => {
    if (order.forced) return [];
    const { from, to } = order;
    const through = (starts[from] ?? 0) + (graph.ticks[from] ?? 0) + (graph.ticks[to] ?? 0) + (after[to] ?? 0);
    return through > makespan ? [{ order, adds: through - makespan }] : [];
  });
}

/** The orders of a path that nothing forces. */
function heldUp({ orders }: TaskGraph, path: readonly number[]): Order[] {
  const next = new Map(path.slice(1).map((task, position) => [path[position], task]));
  return orders.filter(({ from, to, forced }) => !forced && next.get(from) === to);
}
