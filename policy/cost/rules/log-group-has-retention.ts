import { z } from "zod";
import { number, read } from "../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../lib/rule";
import { LOG_GROUP } from "../../lib/visibility/log-groups";

const property = "retentionInDays";

const config = z.strictObject({
  maximumDays: z
    .int()
    .min(1)
    .max(3653)
    .default(3653)
    .describe("Most days a group may keep its lines. Default: ten years, the most there is."),
  minimumDays: z.int().min(1).max(3653).default(1).describe("Fewest days a group must keep its lines."),
});

export const logGroupHasRetention = resourceRule({
  id: "log-group-has-retention",
  title: "Every log group forgets after a time",
  severity: "medium",
  why: "A group without a retention keeps every line for ever: its cost only grows, and so does the personal data that nobody knows of.",
  fix: "Set retentionInDays; what must be kept longer belongs into an archive on S3.",
  links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_66" },
    { name: "Checkov", id: "CKV_AWS_338" },
  ],
  types: [LOG_GROUP],
  config,
  check: (group, { minimumDays, maximumDays }): Verdict[] => {
    const reading = read(group, property);
    if (reading.state === "unknown") return [notEvaluated(group.urn, "its retention is not known yet", property)];
    const days = number(reading) ?? 0;
    if (days === 0) return [fail(group.urn, `log group ${group.name} keeps its lines for ever`, property)];
    if (days >= minimumDays && days <= maximumDays) return [pass(group.urn)];
    return [
      fail(group.urn, `log group ${group.name} keeps its lines ${days} days; asked for are ${minimumDays} to ${maximumDays}`, property),
    ];
  },
});
