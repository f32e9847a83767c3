import assert from "node:assert/strict";
import fc from "fast-check";
import { faultLine } from "../../../../components/faults";
import { type Archive, archiveText, intervalOf, readRetention } from "../../../../components/visibility/metrics/retention";

/** Archives that are right: each a whole multiple of the one before, and longer. */
const archives = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.array(fc.integer({ min: 2, max: 12 }), { maxLength: 3 }), fc.integer({ min: 12, max: 500 }))
  .map(([finest, ratios, points]): Archive[] =>
    ratios.reduce<Archive[]>(
      (all, ratio) => {
        const last = all.at(-1) ?? { secondsPerPoint: finest, points };
        return [...all, { secondsPerPoint: last.secondsPerPoint * ratio, points: last.points + 1 }];
      },
      [{ secondsPerPoint: finest, points }],
    ),
  );

function says(text: string): string {
  return readRetention("key", text).faults.map(faultLine).join("\n");
}

describe("A retention", () => {
  it("is read as carbon spells it", () => {
    assert.deepEqual(readRetention("key", "10s:1d, 60s:7d,10m:90d"), {
      archives: [
        { secondsPerPoint: 10, points: 8_640 },
        { secondsPerPoint: 60, points: 10_080 },
        { secondsPerPoint: 600, points: 12_960 },
      ],
      faults: [],
    });
    assert.deepEqual(readRetention("key", "15:240,1h:1y").archives, [
      { secondsPerPoint: 15, points: 240 },
      { secondsPerPoint: 3_600, points: 8_760 },
    ]);
  });

  it("that is right comes back as it was written", () =>
    fc.assert(
      fc.property(archives, (right) => {
        assert.deepEqual(readRetention("key", right.map(archiveText).join(",")), { archives: right, faults: [] });
        assert.equal(intervalOf(right), right[0]?.secondsPerPoint);
      }),
    ));

  it("with an archive that does not divide the next is refused, whichever it is", () =>
    fc.assert(
      fc.property(archives, fc.nat(), (right, which) => {
        fc.pre(right.length > 1);
        const index = 1 + (which % (right.length - 1));
        const wrong = right.map((archive, at) => (at === index ? { ...archive, secondsPerPoint: archive.secondsPerPoint + 1 } : archive));
        fc.pre((wrong[index]?.secondsPerPoint ?? 0) % (right[index - 1]?.secondsPerPoint ?? 1) !== 0);
        assert.match(says(wrong.map(archiveText).join(",")), /does not divide the next/);
      }),
    ));

  for (const [text, message] of [
    ["10s:1d,15s:7d", /key: has an archive that does not divide the next, got "10s:8640,15s:40320"; let 15s be a multiple of 10s/],
    ["60s:7d,10s:30d", /does not go from fine to coarse/],
    ["10s:7d,60s:1d", /does not reach further back than the one before/],
    ["10s:1m,10m:1d", /too short to make one point of the next.*give the finer one at least 60 points/],
    ["10s", /has an archive that is none, got "10s"; write archives from fine to coarse/],
    ["0s:1d", /has an archive that is none/],
    ["10s:0d", /has an archive that is none/],
    ["", /has an archive that is none/],
    ["10 seconds:1 day", /has an archive that is none/],
  ] as const)
    it(`${JSON.stringify(text)} is refused`, () => assert.match(says(text), message));
});
