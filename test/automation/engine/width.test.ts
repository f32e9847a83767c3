import assert from "node:assert/strict";
import { API_RATES } from "../../../facts/limits-api";
import { widthOf } from "../../../automation/engine/width";

function entry(type: string, start: number, minutes: number, count = 1) {
  return Array.from({ length: count }, (_, index) => ({
    urn: `urn:pulumi:dev::strata::${type}::${start}-${index}`,
    start,
    minutes,
    critical: false,
    source: "https://example.com",
  }));
}

const QUEUE = "aws:sqs/queue:Queue";
const SUBNET = "aws:ec2/subnet:Subnet";

describe("the width of an update", () => {
  it("is as many operations as are in flight at once", () => {
    assert.equal(widthOf({ entries: [...entry(QUEUE, 0, 5, 3), ...entry(QUEUE, 2, 1, 4), ...entry(QUEUE, 6, 1, 2)] }), 7);
  });

  it("has no more that begin together than the API takes at once", () => {
    assert.equal(widthOf({ entries: entry(SUBNET, 0, 1, 400) }), API_RATES["ec2"]?.burst);
    assert.equal(widthOf({ entries: [...entry(SUBNET, 0, 1, 400), ...entry(QUEUE, 0, 1, 10)] }), 60);
  });

  it("does not count what takes no time, and is one at least", () => {
    assert.equal(widthOf({ entries: entry(QUEUE, 0, 0, 9) }), 1);
    assert.equal(widthOf({ entries: [] }), 1);
  });
});

describe("facts about APIs", () => {
  it("say where they are from", () => {
    for (const { source, date, burst, perSecond } of Object.values(API_RATES)) {
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
      assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
      assert.ok(burst > 0 && perSecond > 0);
    }
  });
});
