import { documentOf, type Policy, type PolicyReport } from "../../../plan/report/policy-report";
import { pass, type Pack, resourceRule, type Severity } from "../../../policy/lib/rule";

/** Rules of two packs, one of each severity. */
export const PACKS_OF_REPORT: readonly Pack[] = [
  { name: "strata-security", description: "Security.", rules: [rule("store-is-closed", "critical"), rule("key-rotates", "medium")] },
  { name: "strata-cost", description: "Cost.", rules: [rule("disk-is-gp3", "low"), rule("throws", "high")] },
];

function rule(id: string, severity: Severity) {
  return resourceRule({
    id,
    severity,
    title: `Rule ${id} holds`,
    why: `Without ${id} things go wrong.`,
    fix: `Mend ${id}.`,
    links: ["https://example.com/a", "https://example.com/b"],
    frameworks: [{ name: "FSBP", id: "RDS.3" }],
    types: ["aws:s3/bucket:Bucket"],
    check: ({ urn }) => [pass(urn)],
  });
}

export function urn(name: string): string {
  return `urn:pulumi:dev::shop::aws:s3/bucket:Bucket::${name}`;
}

export function violation(rule: string, name: string, over: Partial<Policy["violations"][number]> = {}): Policy["violations"][number] {
  const pack = PACKS_OF_REPORT.find(({ rules }) => rules.some(({ id }) => id === rule))?.name ?? "";
  return {
    pack,
    rule,
    urn: urn(name),
    severity: "critical",
    level: "mandatory",
    message: `${name} is open`,
    fix: `Mend ${rule}.`,
    ...over,
  };
}

const NOTHING: Policy = {
  packs: [],
  evaluations: 9,
  violations: [],
  excepted: [],
  remediated: [],
  notEvaluated: [],
  broken: [],
  exceptions: [],
};

/** A verdict with what is given. */
export function reportWith(policy: Partial<Policy> = {}, notes: string[] = []): PolicyReport {
  const document = documentOf({ stack: "shop/dev", source: "state", resources: 42, notes, policy: { ...NOTHING, ...policy } });
  const lines = new Map([[urn("in code"), { file: "src/my stores.ts", line: 12 }]]);
  return { document, packs: PACKS_OF_REPORT, locate: (at) => lines.get(at ?? "") ?? { file: "Pulumi.dev.yaml", line: 1 } };
}

const AGREED = { reason: "It is a | public site", owner: "@web-team", expires: "2027-03-31" };

/** A verdict with something of every kind. */
export function everyKind(): PolicyReport {
  const { level: _, ...found } = violation("store-is-closed", "site");
  return reportWith({
    packs: [{ name: "strata-security", rules: 2, levels: { mandatory: 1, advisory: 1 } }],
    violations: [
      violation("disk-is-gp3", "disk", { severity: "low", level: "advisory", message: "disk is gp2" }),
      violation("store-is-closed", "in code", { property: "acl" }),
      violation("store-is-closed", "uploads"),
    ],
    excepted: [{ ...found, ...AGREED }],
    remediated: [
      { pack: "strata-security", rule: "key-rotates", urn: urn("key"), message: "key does not rotate", properties: ["enableKeyRotation"] },
    ],
    notEvaluated: [{ pack: "strata-security", rule: "key-rotates", urn: urn("other"), why: "its rotation is not known yet" }],
    broken: [{ pack: "strata-cost", rule: "throws", urn: urn("uploads"), error: "cannot read <x> of undefined" }],
    exceptions: [
      { rule: "store-is-closed", name: "old", ...AGREED, expires: "2020-01-01", state: "expired" },
      { rule: "store-is-closed", name: "new", ...AGREED, state: "unused" },
      { rule: "store-is-closed", name: "site", ...AGREED, state: "used" },
    ],
  });
}
