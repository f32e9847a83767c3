import { z } from "zod";
import { notKnown, unless } from "../../lib/expect";
import { type Finding, judge } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import { hasReason, REASON_CONFIG } from "../../lib/reason";
import { number, read, type StackResource, text } from "../../lib/resource";
import { stackRule, type Verdict } from "../../lib/rule";
import { SERVERLESS_CACHE, SERVERLESS_NAMESPACE, SERVERLESS_WORKGROUP, TABLE } from "../../lib/stores/store-rule";

const USAGE_LIMIT = "aws:redshiftserverless/usageLimit:UsageLimit";

/** Aurora asks for its most capacity by itself, and functions are `security`'s matter. */
export const storePaidByUseHasALimit = stackRule({
  id: "store-paid-by-use-has-a-limit",
  title: "What is paid by use has a most that it may cost",
  severity: "low",
  why: "A loop that reads a table all night costs what its caller manages to ask for: on-demand tables, serverless caches and warehouses follow every demand.",
  fix: "Set onDemandThroughput of the table, cacheUsageLimits of the cache, or maxCapacity or a UsageLimit of the warehouse.",
  links: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html",
    "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-billing.html",
  ],
  frameworks: [],
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (stack, names) => {
    const verdict = (store: StackResource, findings: readonly Finding[]): Verdict =>
      judge(store, `nothing limits what ${store.name} may cost`, findings, {
        given: hasReason(store, names),
        what: "whether a tag gives a reason for it",
        property: "tags",
      });
    return [
      ...stack.ofType(TABLE).flatMap((table) => {
        const findings = tableFindings(table);
        return findings === undefined ? [] : [verdict(table, findings)];
      }),
      ...stack.ofType(SERVERLESS_CACHE).map((cache) => verdict(cache, cacheFindings(cache))),
      ...stack.ofType(SERVERLESS_WORKGROUP).map((workgroup) => verdict(workgroup, warehouseFindings(workgroup, stack))),
    ];
  },
});

/** Provisioned throughput is a limit. -1 is none. Source: `onDemandThroughput` of aws.dynamodb.Table (2026-11). */
function tableFindings(table: StackResource): Finding[] | undefined {
  const mode = read(table, "billingMode");
  if (mode.state === "unknown") return [notKnown("billingMode")];
  if (text(mode) !== "PAY_PER_REQUEST") return undefined;
  return ["maxReadRequestUnits", "maxWriteRequestUnits"].flatMap((limit) =>
    unless(table, `onDemandThroughput.${limit}`, {
      accepts: (value) => (number({ state: "known", value }) ?? -1) > 0,
      absent: "wrong",
      what: `onDemandThroughput has no ${limit}`,
    }),
  );
}

function cacheFindings(cache: StackResource): Finding[] {
  return ["dataStorage", "ecpuPerSeconds"].flatMap((limit) =>
    unless(cache, `cacheUsageLimits.${limit}`, { absent: "wrong", what: `cacheUsageLimits has no ${limit}` }),
  );
}

function warehouseFindings(workgroup: StackResource, stack: StackGraph): Finding[] {
  const property = "maxCapacity";
  const limited = stack.referring(workgroup, "resourceArn", [USAGE_LIMIT]).length > 0;
  const namespaces = stack.references(workgroup, "namespaceName", [SERVERLESS_NAMESPACE]);
  const ofNamespace = namespaces.some(
    (found) => found.kind === "resource" && stack.referring(found.resource, "resourceArn", [USAGE_LIMIT]).length > 0,
  );
  return limited || ofNamespace
    ? []
    : unless(workgroup, property, { absent: "wrong", what: `it has neither ${property} nor a usage limit` });
}
