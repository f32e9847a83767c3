import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { rehearsalText, simulatedTime } from "../../../automation/rehearse/report";
import { type Rehearsal } from "../../../automation/rehearse/scenario";

const PASSED: Rehearsal = {
  environment: "prod",
  resources: 1640,
  components: "installed",
  steps: [
    { name: "up", result: "1200 resources made", passed: true, problems: [], minutes: 41.2, seconds: 180 },
    { name: "preview", result: "no changes in 1640 resources", passed: true, problems: [], minutes: 0, seconds: 60 },
  ],
  times: [{ operation: "up", minutes: 41.2, longestPathMinutes: 40, ratio: 1.03, parallel: 120 }],
  orphans: [],
  kept: [{ type: "aws:s3/bucket:Bucket", id: "orders", tags: {}, properties: {} }],
  missing: [],
  passed: true,
};

const text = (rehearsal: Rehearsal): string => stripVTControlCharacters(rehearsalText(rehearsal, { width: 120 }));

describe("the report of a rehearsal", () => {
  it("has a line for each step, with its simulated time and its result", () => {
    const report = text(PASSED);
    assert.match(report, /✔ up +41 min +180 s +1200 resources made/);
    assert.match(report, /✔ preview +– +60 s +no changes/);
    assert.match(report, /up +41 min; longest path of the schedule 40 min, 1\.03 times that; --parallel 120/);
    assert.match(report, /kept in the cloud on purpose \(retainOnDelete\): 1: 1 Bucket/);
    assert.match(report, /prod passed/);
  });

  it("names what is wrong, under its step and at the end", () => {
    const problems = Array.from({ length: 14 }, (_, index) => `problem ${index}`);
    const report = text({
      ...PASSED,
      steps: [{ name: "up", result: "failed", passed: false, problems, minutes: 1, seconds: 2 }],
      orphans: [{ type: "aws:sqs/queue:Queue", id: "lost", tags: {}, properties: {} }],
      missing: ["urn:pulumi:prod::strata::aws:sns/topic:Topic::alarms"],
      passed: false,
    });
    assert.match(report, /✘ up .*failed\n +problem 0\n/);
    assert.match(report, /and 4 more/);
    assert.match(report, /✘ in the cloud and in no state: 1\n +aws:sqs\/queue:Queue lost/);
    assert.match(report, /✘ in the state and in no cloud: 1\n +aws:sns\/topic:Topic urn:/);
    assert.match(report, /prod did not pass/);
  });

  it("says times as a person does", () => {
    assert.deepEqual([0.2, 3.24, 41.2, 65, 59.9].map(simulatedTime), ["12 s", "3.2 min", "41 min", "1 h 05 min", "1 h 00 min"]);
  });
});
