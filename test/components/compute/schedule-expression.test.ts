import assert from "node:assert/strict";
import { scheduleFaults } from "../../../components/compute/schedule-expression";

describe("a schedule", () => {
  it("is what EventBridge Scheduler documents", () => {
    for (const right of [
      "rate(1 minute)",
      "rate(5 minutes)",
      "rate(1 day)",
      "cron(0 3 * * ? *)",
      "cron(0/15 * * * ? *)",
      "cron(0 10 ? * MON-FRI *)",
      "cron(0 18 L * ? *)",
      "cron(0 8 ? * 6L *)",
      "cron(0 8 ? * 2#1 *)",
      "cron(0 8 3W * ? *)",
      "cron(15 10 ? * 6L 2027-2030)",
      "cron(0 0 1 JAN,JUL ? 2027/2)",
      "cron(0 0 29 2 ? *)",
    ])
      assert.deepEqual(scheduleFaults("k", right), [], right);
  });

  it("is refused with its key, what it got and what would be right", () => {
    assert.deepEqual(scheduleFaults("services/a/service.yaml: triggers[0].schedule", "every day"), [
      {
        key: "services/a/service.yaml: triggers[0].schedule",
        what: "is not a schedule",
        got: "every day",
        right: "write cron(minute hour day-of-month month day-of-week year), such as cron(0 3 * * ? *), or rate(5 minutes)",
      },
    ]);
  });

  const wrong: Readonly<Record<string, RegExp>> = {
    "0 3 * * *": /is not a schedule/,
    "cron(0 3 * * *)": /is not a schedule/,
    "cron(0 3 * * ?)": /is not a schedule/,
    "cron(60 3 * * ? *)": /Invalid value for minute/,
    "cron(0 25 * * ? *)": /Invalid value for hour/,
    "cron(0 0 32 * ? *)": /Invalid value for day$/,
    "cron(0 0 ? * 0 *)": /Invalid value for dayOfWeek/,
    "cron(0 0 * * * *)": /exactly one of day-of-month and day-of-week/,
    "cron(0 0 ? * ? *)": /exactly one of day-of-month and day-of-week/,
    "cron(0 0 1 * MON *)": /exactly one of day-of-month and day-of-week/,
    "cron(0 0 30 2 ? *)": /never runs/,
    "cron(0 0 1 1 ? 2300)": /after 2199/,
    "cron(/5 * * * ? *)": /a field is spelled/,
    "rate(0 minutes)": /never runs/,
    "rate(1 minutes)": /mixes singular and plural/,
    "rate(5 minute)": /mixes singular and plural/,
    "rate(5 seconds)": /is not a schedule/,
    "": /is not a schedule/,
  };
  for (const [text, what] of Object.entries(wrong))
    it(`is refused as ${text || "nothing"}`, () => {
      const [fault, ...more] = scheduleFaults("k", text);
      assert.deepEqual(more, []);
      assert.match(fault?.what ?? "", what);
    });
});
