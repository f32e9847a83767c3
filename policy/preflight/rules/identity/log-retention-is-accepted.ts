import { LOG_RETENTION_DAYS } from "../../../../facts/cloudwatch";
import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { LOG_GROUP } from "../../../lib/visibility/log-groups";

/** 0, as leaving it out, keeps lines for ever. */
const ACCEPTED: ReadonlySet<string> = new Set([0, ...LOG_RETENTION_DAYS].map(String));

export const logRetentionIsAccepted = resourceRule({
  id: "log-retention-is-accepted",
  title: "A log group keeps its lines for one of the numbers of days that CloudWatch has",
  severity: "high",
  why: "CloudWatch has a list of numbers, and refuses others such as 15, 45 or 100.",
  fix: "Set retentionInDays to 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or one of the longer ones.",
  links: ["https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"],
  frameworks: [],
  types: [LOG_GROUP],
  check: (group) => {
    const findings = unless(group, "retentionInDays", {
      accepts: (days) => ACCEPTED.has(typeof days === "string" ? days : JSON.stringify(days)),
      absent: "fine",
      what: `retentionInDays is ${JSON.stringify(group.inputs["retentionInDays"])}`,
    });
    return [judge(group, `CloudWatch refuses the retention of ${group.name}`, findings)];
  },
});
