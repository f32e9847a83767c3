import { createHash } from "node:crypto";
import type { Log, Notification, PhysicalLocation, ReportingDescriptor, Result, Suppression } from "sarif";
import { exceptionMessage } from "../../policy/lib/exceptions";
import type { Pack, Rule, Severity } from "../../policy/lib/rule";
import { nameOf } from "../urn";
import { type Policy, type PolicyReport } from "./policy-report";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** How a severity shows by itself, and as the number by which code scanning ranks: over 9 critical, 7 high, 4 medium. Source: GitHub's page on SARIF support (2026-11-26). */
const SEVERITY: Readonly<Record<Severity, { readonly level: "error" | "warning" | "note"; readonly score: string }>> = {
  critical: { level: "error", score: "9.5" },
  high: { level: "error", score: "8.0" },
  medium: { level: "warning", score: "5.5" },
  low: { level: "note", score: "2.0" },
};

/** Most tags that code scanning takes of a rule; same source. */
const MOST_TAGS = 20;

/** What paths of results are relative to; the name that the specification recommends for it. */
const ROOT_ID = "%SRCROOT%";

type Found = Omit<Policy["violations"][number], "level">;

/**
 * The verdict as SARIF 2.1.0, as code scanning takes it: a result for each violation, suppressed where an exception lets it off; a notification for each rule
 * that failed itself, for what was not evaluated and for exceptions that don't do their work.
 */
export function sarif(report: PolicyReport): Log {
  const { document, packs } = report;
  const { policy, stack } = document;
  const rules = packs.flatMap((pack) => pack.rules.map((rule) => descriptor(pack, rule)));
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const result = resultOf(report, index);
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "strata", rules } },
        // One stack's results must not replace another's: up to the last slash it is their category.
        automationDetails: { id: `strata/${stack}/` },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [ROOT_ID]: { description: { text: "Folder of the Pulumi project." } } },
        invocations: [{ executionSuccessful: policy.broken.length === 0, toolExecutionNotifications: notifications(report, index) }],
        results: [
          ...policy.violations.map((found) => result(found, found.level === "mandatory" ? "error" : advice(found.severity), found.level)),
          ...policy.excepted.map((found) => ({
            ...result(found, SEVERITY[found.severity as Severity].level, "excepted"),
            suppressions: [suppression(found)],
          })),
        ],
      },
    ],
  };
}

function descriptor({ name: pack }: Pack, rule: Rule): ReportingDescriptor {
  const { id, title, why, fix, links, frameworks, severity } = rule;
  // Code scanning ranks by the score what is tagged `security`, so not the rules of other packs.
  const tags = [pack.replace(/^strata-/, ""), ...frameworks.map(({ name, id: check }) => `${name}/${check}`)].slice(0, MOST_TAGS);
  const [helpUri] = links;
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: {
      text: [why, `Fix: ${fix}`, ...links].join("\n\n"),
      markdown: [why, `**Fix:** ${fix}`, links.map((link) => `- <${link}>`).join("\n")].join("\n\n"),
    },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: SEVERITY[severity].level },
    properties: { tags, precision: "high", "security-severity": SEVERITY[severity].score },
  };
}

/** What is only advice never shows as an error. */
function advice(severity: string): "warning" | "note" {
  return severity === "low" ? "note" : "warning";
}

type Index = ReadonlyMap<string, number>;

function resultOf({ locate }: PolicyReport, index: Index): (found: Found, level: Result.level, verdict: string) => Result {
  return ({ rule, urn, message, property, fix, severity }, level, verdict) => ({
    ruleId: rule,
    ...indexOf(rule, index),
    kind: "fail",
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: place(locate, urn),
        logicalLocations: [{ name: nameOf(urn), fullyQualifiedName: urn, kind: "resource" }],
      },
    ],
    // Many resources share a file and a line; without a fingerprint of its own a result would be taken for another one there.
    partialFingerprints: { primaryLocationLineHash: fingerprint(rule, urn, property) },
    properties: { verdict, severity, fix, ...(property !== undefined && { property }) },
  });
}

function indexOf(rule: string, index: Index): { ruleIndex?: number } {
  const ruleIndex = index.get(rule);
  return ruleIndex === undefined ? {} : { ruleIndex };
}

function fingerprint(rule: string, urn: string, property = ""): string {
  return `${createHash("sha256").update([rule, urn, property].join("\n")).digest("hex").slice(0, 16)}:1`;
}

function place(locate: PolicyReport["locate"], urn: string | undefined): PhysicalLocation {
  const { file, line } = locate(urn);
  return { artifactLocation: { uri: encodeURI(file), uriBaseId: ROOT_ID }, region: { startLine: line } };
}

function suppression({ reason, owner, expires }: Policy["excepted"][number]): Suppression {
  return { kind: "external", status: "accepted", justification: `${reason} (${owner}, until ${expires})` };
}

/** What is no result: that a rule came to none, or that an exception is to be looked at. */
function notifications({ document: { policy }, locate }: PolicyReport, index: Index): Notification[] {
  const notification = (rule: string, urn: string | undefined, level: Notification.level, text: string): Notification => ({
    level,
    message: { text },
    associatedRule: { id: rule, ...(index.has(rule) && { index: index.get(rule) }) },
    locations: [
      {
        physicalLocation: place(locate, urn),
        ...(urn !== undefined && { logicalLocations: [{ name: nameOf(urn), fullyQualifiedName: urn, kind: "resource" }] }),
      },
    ],
  });
  return [
    ...policy.broken.map(({ rule, urn, error }) => notification(rule, urn, "error", `${rule} failed itself: ${error}`)),
    ...policy.exceptions.flatMap((exception) => {
      const message = exceptionMessage(exception);
      return message === undefined
        ? []
        : [notification(exception.rule, undefined, exception.state === "expired" ? "error" : "warning", message)];
    }),
    ...policy.notEvaluated.map(({ rule, urn, why }) => notification(rule, urn, "note", `${nameOf(urn)} was not evaluated: ${why}`)),
  ];
}
