import fc from "fast-check";
import assert from "node:assert/strict";
import { paceOf } from "../../../automation/progress/estimate";
import { type Expectation, expectationOf } from "../../../automation/progress/expectation";
import { Progress, type Snapshot } from "../../../automation/progress/progress";
import { type PlatformEvent } from "../../../automation/events/events";
import { type PlannedResource } from "../../../plan/graph";
import { events, EXPECTATION, expected, minute, PLATFORM, recordingOf, resource, type RecordingOptions, urnOf } from "./recording";

const { vpc, kafka, database, service } = PLATFORM;

function after(recording: readonly PlatformEvent[], minutes: number, expectation: Expectation = EXPECTATION): Snapshot {
  const progress = new Progress(expectation);
  for (const event of recording) if (Date.parse(event.time) <= minute(minutes)) progress.take(event);
  return progress.snapshot(minute(minutes));
}

const leftAt = (minutes: number, options: RecordingOptions = {}): number =>
  (after(recordingOf(EXPECTATION, options), minutes).leftSeconds ?? NaN) / 60;

describe("the progress of an operation", () => {
  it("tells time left by the longest path over what is left, not by what is done", () => {
    assert.equal(Math.round(leftAt(0)), 25);
    assert.equal(Math.round(leftAt(10)), 15);
    // The database is long done and Kafka is not: nothing else counts.
    assert.equal(Math.round(leftAt(20)), 5);
    assert.equal(leftAt(26), 0);
  });

  it("expects the rest to take longer once what is done did, and waits for no exact repetition", () => {
    const slow = leftAt(18, { pace: 2 });
    assert.ok(slow > 25.1 - 18 && slow < 50.2 - 18, String(slow));
  });

  it("never expects what is late to be over this instant", () => {
    const recording = events([
      [0, { kind: "begun", operation: "up", environment: "prod" }],
      [0, resource("started", database.urn)],
    ]);
    const left = after(recording, 40, [expected("persistence", "aws:rds/cluster:Cluster", "orders", 8)]).leftSeconds ?? 0;
    assert.ok(left > 60, String(left));
  });

  it("tells no time left without a schedule, and while it only looks what there is to do", () => {
    assert.equal(after(recordingOf(EXPECTATION), 5, []).leftSeconds, undefined);
    const previewed = after(events([[0, resource("planned", vpc.urn)]]), 1);
    assert.ok(previewed.previewing);
    assert.equal(previewed.leftSeconds, undefined);
  });

  it("expects nothing more of what waits, once something failed: the engine starts nothing more", () => {
    const recording = events([
      [0, resource("started", kafka.urn)],
      [0, resource("started", database.urn)],
      [2, resource("failed", database.urn)],
    ]);
    const { leftSeconds = 0, failed } = after(recording, 2);
    assert.equal(failed, 1);
    assert.equal(Math.round(leftSeconds / 60), 20);
  });

  it("counts what a preview found, and nothing that stays the same", () => {
    const recording = events([
      [0, resource("planned", service.urn, "update")],
      [0, resource("planned", vpc.urn, "same")],
      [1, resource("done", vpc.urn, "same")],
      [1, resource("started", service.urn, "update")],
    ]);
    const { total, done, layers } = after(recording, 1);
    assert.deepEqual([total, done, layers.map(({ layer }) => layer)], [1, 0, ["service"]]);
  });

  it("counts a replacement once, when the new one is there, and shows the old one go", () => {
    const steps = ["create-replacement", "replace", "delete-replaced"];
    const planned = steps.map((op) => [0, resource("planned", database.urn, op)] as const);
    const recording = events([
      ...planned,
      [0, resource("started", database.urn, "create-replacement")],
      [8, resource("done", database.urn, "create-replacement")],
      [8, resource("started", database.urn, "delete-replaced")],
      [11, resource("done", database.urn, "delete-replaced")],
    ]);
    assert.deepEqual([after(recording, 4).done, after(recording, 4).total], [0, 1]);
    const going = after(recording, 9);
    assert.deepEqual([going.done, going.inFlight.map(({ op }) => op)], [1, ["delete-replaced"]]);
    assert.deepEqual([after(recording, 12).done, after(recording, 12).fraction], [1, 1]);
  });

  it("counts what an earlier replacement left behind, when it is gone", () => {
    const recording = events([
      [0, resource("planned", database.urn, "delete-replaced")],
      [0, resource("started", database.urn, "delete-replaced")],
      [5, resource("done", database.urn, "delete-replaced")],
    ]);
    assert.equal(after(recording, 1).fraction < 1, true);
    assert.equal(after(recording, 6).fraction, 1);
  });

  it("puts what no plan knows into the layer of its URN", () => {
    const gone = urnOf("persistence", "aws:s3/bucket:Bucket", "uploads");
    const { layers } = after(events([[0, resource("started", gone, "delete")]]), 1, []);
    assert.deepEqual(
      layers.map(({ layer }) => layer),
      ["persistence"],
    );
  });

  it("never goes back, ends whole, and tells no time below none, whatever the pace and the order", () => {
    const minutes = fc.double({ min: 0, max: 40, noNaN: true });
    const parts = fc.array(
      fc.tuple(fc.constantFrom("network", "persistence", "service"), minutes, fc.array(fc.nat(20), { maxLength: 3 })),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(parts, fc.double({ min: 0.1, max: 5, noNaN: true }), (resources, pace) => {
        const urn = (index: number): string => urnOf(resources[index]?.[0] ?? "", "aws:x/y:Z", `r${index}`);
        const expectation = resources.map(([layer, usual, on], index) =>
          expected(layer, "aws:x/y:Z", `r${index}`, usual, on.filter((other) => other < index).map(urn)),
        );
        const recording = recordingOf(expectation, { pace });
        const progress = new Progress(expectation);
        let before = 0;
        for (const event of recording) {
          progress.take(event);
          const { fraction, leftSeconds = 0 } = progress.snapshot(Date.parse(event.time));
          assert.ok(fraction >= before - 1e-9 && fraction <= 1 + 1e-9);
          assert.ok(leftSeconds >= 0);
          before = fraction;
        }
        assert.ok(before > 1 - 1e-9);
      }),
    );
  });

  it("takes the pace from what takes long, and one slow resource for no slow day", () => {
    const done = { urn: "a", layer: "", seconds: [600], after: [], state: "done", actual: 1200 } as const;
    const pace = paceOf([done], 0);
    assert.ok(pace > 1.5 && pace < 2, String(pace));
    assert.equal(paceOf([{ ...done, seconds: [2], actual: 60 }], 0), 1);
  });
});

describe("what is expected of an operation", () => {
  const resources: PlannedResource[] = [vpc, kafka, service].map(({ urn, layer, after: dependencies }) => ({
    urn,
    type: urn.split("$").at(-1)?.split("::")[0] ?? "",
    name: "",
    component: `urn:pulumi:prod::strata::strata:${layer}:Part::x`,
    custom: true,
    remote: false,
    dependencies,
    propertyDependencies: {},
    protect: false,
    inputs: {},
    outputs: {},
  }));
  const schedule = { entries: [{ urn: kafka.urn, minutes: 22 }] };

  it("is each managed resource with its layer and its usual minutes", () => {
    assert.deepEqual(
      expectationOf(resources, schedule).map(({ layer, minutes }) => [layer, minutes]),
      [
        ["network", []],
        ["persistence", [22]],
        ["service", []],
      ],
    );
    assert.deepEqual(expectationOf([{ ...resources[0]!, custom: false }], schedule), []);
  });

  it("goes the other way round when all is destroyed", () => {
    const destroyed = expectationOf(resources, schedule, true);
    assert.deepEqual(
      destroyed.map(({ urn, after: before }) => [urn, before]),
      [
        [service.urn, []],
        [kafka.urn, [service.urn]],
        [vpc.urn, [kafka.urn]],
      ],
    );
  });
});
