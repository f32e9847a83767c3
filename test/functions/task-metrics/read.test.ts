import assert from "node:assert/strict";
import fc from "fast-check";
import { linesOf, metricsOf } from "../../../functions/task-metrics/read";
import { aTask, someStats } from "./task";

const MIB = 1_048_576;

function at(seconds: number) {
  return { time: 1_795_643_240_000 + seconds * 1_000, task: aTask(), stats: someStats(seconds) };
}

describe("Metrics of a Fargate task", () => {
  it("are shares of what the task has, and what counters grew by in a second", () => {
    const metrics = metricsOf(at(30), at(20));
    assert.deepEqual(Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number(value.toFixed(3))])), {
      "cpu.percent": 22,
      "memory.bytes": 256 * MIB,
      "memory.percent": 25,
      "storage.percent": 25.098,
      "network.received": 1_000,
      "network.sent": 2_000,
      "disk.read": 8_192,
      "disk.written": 16_384,
      "containers.orders.cpu.percent": 20,
      "containers.orders.memory.bytes": 200 * MIB,
      "containers.task-metrics.cpu.percent": 2,
      "containers.task-metrics.memory.bytes": 56 * MIB,
    });
  });

  it("that need two readings are left out of the first", () => {
    const names = Object.keys(metricsOf(at(10), undefined));
    assert.ok(names.includes("memory.bytes"));
    assert.ok(!names.some((name) => name.endsWith("cpu.percent") || name.startsWith("network.")));
  });

  it("leave out what ECS does not know yet, and what started again from zero", () => {
    const early = { ...at(1), stats: Object.fromEntries(Object.keys(someStats(1)).map((id) => [id, null])) };
    assert.deepEqual(Object.keys(metricsOf(early, undefined)), ["storage.percent"]);
    assert.ok(!("cpu.percent" in metricsOf({ ...at(30), stats: someStats(1) }, at(20))));
  });

  it("become lines below the task's id, with the second they are of", () => {
    const lines = linesOf("strata.test.tasks.orders", at(30), at(20));
    assert.ok(lines.includes("strata.test.tasks.orders.158d1c8083dd49d6b527399fd6414f5c.cpu.percent 22 1795643270\n"));
    assert.ok(lines.every((line) => /^[A-Za-z0-9_.-]+ -?\d+(\.\d+)? \d+\n$/.test(line)));
  });

  it("have no more levels than a container's name allows, whatever it is", () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (Name) => {
        const task = { ...aTask(), Containers: [{ DockerId: Object.keys(someStats(0))[0] ?? "", Name }] };
        for (const line of linesOf("p", { ...at(30), task }, at(20))) {
          const [path = "", ...rest] = line.split(" ");
          assert.equal(rest.length, 2);
          assert.ok(path.split(".").length <= 6);
        }
      }),
    ));
});
