import { z } from "zod";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { elements, every, read, type Reading, readPath, type Resource, some, text, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { SEARCH_DOMAINS } from "../../../lib/stores/store-rule";

const PROPERTY = "logPublishingOptions";
const LOG_TYPES = ["ES_APPLICATION_LOGS", "AUDIT_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"] as const;

const config = z.strictObject({
  logTypes: z
    .array(z.enum(LOG_TYPES))
    .min(1)
    .default([...LOG_TYPES])
    .describe("The logs that must be published."),
});

export const searchPublishesLogs = resourceRule({
  id: "search-publishes-logs",
  title: "Every search domain publishes its logs",
  severity: "medium",
  why: "The logs of a domain are nowhere but where it publishes them: without them nobody sees who read what, why a query is slow, or why the domain turned red.",
  fix: "Add one entry to logPublishingOptions for each of ES_APPLICATION_LOGS, AUDIT_LOGS, INDEX_SLOW_LOGS and SEARCH_SLOW_LOGS.",
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html"],
  frameworks: [
    { name: "FSBP", id: "Opensearch.4" },
    { name: "FSBP", id: "Opensearch.5" },
    { name: "FSBP", id: "ES.4" },
    { name: "FSBP", id: "ES.5" },
    { name: "Checkov", id: "CKV_AWS_84" },
    { name: "Checkov", id: "CKV_AWS_317" },
    { name: "AwsSolutions", id: "OS9" },
  ],
  types: SEARCH_DOMAINS,
  config,
  check: (domain, { logTypes }) => [judge(domain, `${domain.name} keeps logs to itself`, findings(domain, logTypes))],
});

function findings(domain: Resource, wanted: readonly string[]): Finding[] {
  const options = elements(read(domain, PROPERTY));
  const published = wanted.map((type): [string, Tri] => [type, some(options.map((option) => publishes(option, type)))]);
  const lacking = published.filter(([, is]) => is === false).map(([type]) => type);
  if (lacking.length > 0) return [{ what: `${PROPERTY} lacks ${lacking.join(", ")}`, property: PROPERTY }];
  return published.some(([, is]) => is === undefined) ? [notKnown(PROPERTY)] : [];
}

/** An entry is on unless it says otherwise. */
function publishes(option: Reading, type: string): Tri {
  if (option.state !== "known") return undefined;
  const logType = readPath(option.value, "logType");
  const enabled = readPath(option.value, "enabled");
  return every([
    logType.state === "unknown" ? undefined : text(logType) === type,
    enabled.state === "unknown" ? undefined : enabled.state === "absent" || enabled.value === true || enabled.value === "true",
  ]);
}
