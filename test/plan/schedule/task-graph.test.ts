import assert from "node:assert/strict";
import * as fc from "fast-check";
import { avoidable } from "../../../plan/schedule/avoidable";
import { forcedOnly, longestPath, type Order, reversed, type TaskGraph, taskGraph, timing, width } from "../../../plan/schedule/task-graph";

const MOST_TASKS = 25;

/** Tasks with orders from lower to higher numbers, under numbers that say nothing of that. */
const graphs = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: MOST_TASKS })
  .chain((ticks) =>
    fc.record({
      ticks: fc.constant(ticks),
      pairs: fc.array(fc.tuple(fc.nat(ticks.length - 1), fc.nat(ticks.length - 1), fc.boolean()), { maxLength: 60 }),
      renamed: fc.shuffledSubarray([...ticks.keys()], { minLength: ticks.length }),
    }),
  )
  .map(({ ticks, pairs, renamed }): TaskGraph => {
    const orders = pairs.flatMap(([one, other, forced]): Order[] => {
      const [from, to] = [renamed[Math.min(one, other)], renamed[Math.max(one, other)]];
      return from === undefined || to === undefined || from === to ? [] : [{ from, to, forced }];
    });
    return taskGraph(ticks, orders);
  });

const end = ({ ticks }: TaskGraph, starts: readonly number[], task: number) => (starts[task] ?? 0) + (ticks[task] ?? 0);

/** A clock that goes from end to end, with as many workers as there is work. */
function listScheduled({ ticks, orders }: TaskGraph): { makespan: number; most: number } {
  const done = new Set<number>();
  const ends = new Map<number, number>();
  let now = 0;
  let most = 0;
  while (done.size < ticks.length) {
    const free = (task: number) => !done.has(task) && !ends.has(task) && orders.every(({ from, to }) => to !== task || done.has(from));
    ticks.forEach((length, task) => {
      if (free(task)) ends.set(task, now + length);
    });
    const next = Math.min(...ends.values());
    if (next > now) most = Math.max(most, ends.size);
    now = next;
    for (const [task, at] of [...ends]) if (at === now && ends.delete(task)) done.add(task);
  }
  return { makespan: now, most };
}

describe("the longest path", () => {
  it("is what a clock with workers enough shows, and so is the width", () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        const { starts, makespan } = timing(graph);
        const clocked = listScheduled(graph);
        assert.equal(makespan, clocked.makespan);
        assert.equal(width(graph.ticks, starts), clocked.most);
      }),
    ));

  it("starts nothing before what it waits for has ended", () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        const { starts, makespan } = timing(graph);
        for (const { from, to } of graph.orders) assert.ok(end(graph, starts, from) <= (starts[to] ?? 0));
        for (const task of graph.ticks.keys()) assert.ok(end(graph, starts, task) <= makespan);
      }),
    ));

  it("goes along orders, and its tasks together take as long as all", () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        const now = timing(graph);
        const path = longestPath(graph, now);
        assert.equal(
          path.reduce((sum, task) => sum + (graph.ticks[task] ?? 0), 0),
          now.makespan,
        );
        path.slice(1).forEach((task, position) => assert.ok(graph.orders.some(({ from, to }) => from === path[position] && to === task)));
      }),
    ));

  it("is the longest task where nothing waits, and as long seen from the end", () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        assert.equal(timing({ ...graph, orders: [] }).makespan, Math.max(...graph.ticks));
        assert.equal(timing(reversed(graph)).makespan, timing(graph).makespan);
      }),
    ));

  it("gets no shorter by an order more", () =>
    fc.assert(
      fc.property(graphs, fc.nat(), (graph, choice) => {
        const less = graph.orders.filter((_, position) => position !== choice % Math.max(1, graph.orders.length));
        assert.ok(timing(taskGraph(graph.ticks, less)).makespan <= timing(graph).makespan);
      }),
    ));

  it("refuses tasks that wait for one another in a circle", () =>
    assert.throws(
      () =>
        taskGraph(
          [1, 1, 1],
          [
            { from: 0, to: 1, forced: true },
            { from: 1, to: 0, forced: true },
          ],
        ),
      /^Error: 2 resources wait for one another in a circle$/,
    ));
});

describe("avoidable orders", () => {
  it("are none where all is forced, and without those that are named nothing is longer than forced", () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        const bound = timing(forcedOnly(graph)).makespan;
        const found = avoidable(graph);
        assert.deepEqual(avoidable(forcedOnly(graph)), []);
        assert.equal(found.length === 0, timing(graph).makespan === bound);
        for (const { order, adds } of found) assert.ok(!order.forced && adds > 0);
      }),
    ));

  it("add alone what they are said to add", () => {
    const graph = taskGraph(
      [10, 5, 7],
      [
        { from: 0, to: 1, forced: false },
        { from: 1, to: 2, forced: true },
      ],
    );
    assert.deepEqual(avoidable(graph), [{ order: { from: 0, to: 1, forced: false }, adds: 10 }]);
  });

  it("are found when they add nothing alone but something together", () => {
    const graph = taskGraph(
      [10, 1, 10, 19],
      [
        { from: 0, to: 1, forced: false },
        { from: 1, to: 2, forced: false },
      ],
    );
    assert.equal(
      avoidable(graph).reduce((sum, { adds }) => sum + adds, 0),
      2,
    );
  });
});
