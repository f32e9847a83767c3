/** An order between two tasks: the second starts when the first has ended. */
export interface Order {
  /** Index of the task that is waited for. */
  readonly from: number;
  /** Index of the task that waits. */
  readonly to: number;
  /** True when AWS could not do with less: a value of the first goes into the second, or AWS requires the order. */
  readonly forced: boolean;
}

/** Tasks and their orders, as {@link taskGraph} makes them. */
export interface TaskGraph {
  /** Ticks of each task; whole, so that sums are exact. */
  readonly ticks: readonly number[];
  /** Sorted: an order stands after all those to the task that it comes from, so that one pass over them is enough. */
  readonly orders: readonly Order[];
}

/** When everything starts, when nothing waits for a free worker. */
export interface Timing {
  /** Tick of the earliest start of each task. */
  readonly starts: readonly number[];
  /** Tick at which the last task ends. */
  readonly makespan: number;
}

/**
 * A graph of tasks. Linear in tasks and orders.
 * @throws {Error} when tasks wait for one another in a circle: the engine refuses such a program before it comes here.
 */
export function taskGraph(ticks: readonly number[], orders: readonly Order[]): TaskGraph {
  const waiting = new Array<number>(ticks.length).fill(0);
  const outgoing = ticks.map((): Order[] => []);
  for (const order of orders) {
    waiting[order.to] = (waiting[order.to] ?? 0) + 1;
    outgoing[order.from]?.push(order);
  }
  const ready = ticks.flatMap((_, task) => (waiting[task] === 0 ? [task] : []));
  const inSequence: Order[] = [];
  for (const task of ready)
    for (const order of outgoing[task] ?? []) {
      inSequence.push(order);
      const left = (waiting[order.to] ?? 0) - 1;
      waiting[order.to] = left;
      if (left === 0) ready.push(order.to);
    }
  if (ready.length < ticks.length) throw new Error(`${ticks.length - ready.length} resources wait for one another in a circle`);
  return { ticks, orders: inSequence };
}

/** The earliest start of each task. */
export function timing({ ticks, orders }: TaskGraph): Timing {
  const starts = new Array<number>(ticks.length).fill(0);
  for (const { from, to } of orders) {
    const end = (starts[from] ?? 0) + (ticks[from] ?? 0);
    if (end > (starts[to] ?? 0)) starts[to] = end;
  }
  return { starts, makespan: ticks.reduce((latest, length, task) => Math.max(latest, (starts[task] ?? 0) + length), 0) };
}

/** The same graph seen from its end: the start of a task in it is the longest way that comes after the task. */
export function reversed({ ticks, orders }: TaskGraph): TaskGraph {
  return { ticks, orders: orders.map(({ from, to, forced }) => ({ from: to, to: from, forced })).reverse() };
}

/** Only what is forced. */
export function forcedOnly({ ticks, orders }: TaskGraph): TaskGraph {
  return { ticks, orders: orders.filter(({ forced }) => forced) };
}

/** The tasks of the longest path, in order. Together they take as long as all. */
export function longestPath({ ticks, orders }: TaskGraph, { starts, makespan }: Timing): number[] {
  const end = (task: number) => (starts[task] ?? 0) + (ticks[task] ?? 0);
  const before = new Map<number, Order>();
  for (const order of orders) {
    if (end(order.from) !== starts[order.to]) continue;
    // A forced order comes first: where both hold a task up, the other is not to blame.
    if (!before.has(order.to) || (order.forced && !before.get(order.to)?.forced)) before.set(order.to, order);
  }
  const path: number[] = [];
  let task: number | undefined = ticks.findIndex((_, index) => end(index) === makespan);
  while (task !== undefined && task >= 0) {
    path.push(task);
    task = before.get(task)?.from;
  }
  return path.reverse();
}

/** The most tasks that run at once; one that takes no time never runs. */
export function width(ticks: readonly number[], starts: readonly number[]): number {
  const begins = starts.filter((_, task) => (ticks[task] ?? 0) > 0).sort((one, other) => one - other);
  const ends = starts
    .flatMap((start, task) => ((ticks[task] ?? 0) > 0 ? [start + (ticks[task] ?? 0)] : []))
    .sort((one, other) => one - other);
  let ended = 0;
  let most = 0;
  begins.forEach((start, begun) => {
    // What ends makes room before what starts at the same tick.
    while ((ends[ended] ?? Infinity) <= start) ended += 1;
    most = Math.max(most, begun + 1 - ended);
  });
  return most;
}
