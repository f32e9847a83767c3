import colors from "picocolors";
import { printable, wrapped } from "../../plan/report/wrapped";
import { nameOf, typeOf } from "../../plan/urn";
import { type GuardFinding, type Kept } from "./finding";
import { type ReplacingChange } from "./properties";

/** How findings are laid out. */
export interface GuardTextOptions {
  /** What was asked for, such as `up of prod`. */
  readonly of: string;
  /** Columns. Default: 100. A URN is longer, and is never broken: it is there to be copied. */
  readonly width?: number;
}

const WIDTH = 100;
const LABEL = 10;
const URN = "urn:pulumi:";

/** The findings for people; empty when there are none. */
export function guardText(findings: readonly GuardFinding[], { of, width = WIDTH }: GuardTextOptions): string {
  if (findings.length === 0) return "";
  const { roots, followers } = grouped(findings);
  const stopping = findings.filter(({ stops }) => stops).length;
  const title =
    stopping > 0
      ? colors.red(`${stopping} ${stopping === 1 ? "thing stops" : "things stop"} the ${of}; nothing was done`)
      : `The ${of} goes on; to be known`;
  const blocks = roots.map((finding) => block(finding, followers.get(finding) ?? [], width).join("\n"));
  return `${colors.bold(title)}\n\n${blocks.join("\n\n")}\n`;
}

/** One finding as one text, for an error or an event. */
export function guardMessage(finding: GuardFinding): string {
  const urn = "urn" in finding && finding.urn !== undefined ? ` [${finding.urn}]` : "";
  const by = propertiesOf(finding).map(propertyText);
  const reasons = by.length > 0 ? ` by ${by.join(", ")}` : "";
  return printable(`${finding.what}${urn}${reasons}: ${finding.why}. What to do: ${finding.todo.join("; or ")}`);
}

/** What comes along with another finding stands below it. */
function grouped(findings: readonly GuardFinding[]): { roots: GuardFinding[]; followers: Map<GuardFinding, GuardFinding[]> } {
  const byUrn = new Map<string, GuardFinding>();
  for (const finding of findings) if ("type" in finding && !byUrn.has(finding.urn)) byUrn.set(finding.urn, finding);
  const followers = new Map<GuardFinding, GuardFinding[]>();
  const roots = findings.filter((finding) => {
    const root = rootOf(finding, byUrn);
    if (root === finding || root.stops !== finding.stops) return true;
    followers.set(root, [...(followers.get(root) ?? []), finding]);
    return false;
  });
  return { roots, followers };
}

function rootOf(finding: GuardFinding, byUrn: ReadonlyMap<string, GuardFinding>): GuardFinding {
  const seen = new Set<GuardFinding>();
  let root = finding;
  while (!seen.has(root) && "follows" in root && root.follows !== undefined) {
    seen.add(root);
    root = byUrn.get(root.follows) ?? root;
  }
  return root;
}

function block(finding: GuardFinding, followers: readonly GuardFinding[], width: number): string[] {
  const mark = finding.stops ? colors.red("✗") : colors.yellow("•");
  const [first = "", ...more] = wrapped(finding.what, width - 2);
  return [
    `${mark} ${colors.bold(first)}`,
    ...more.map((line) => `  ${line}`),
    ...("urn" in finding && finding.urn !== undefined ? [`  ${colors.dim(printable(finding.urn))}`] : []),
    ...labelled("by", propertiesOf(finding).map(propertyText), width),
    ...labelled("because", [finding.why], width),
    ...(finding.kind === "destroy" ? labelled("keeps", finding.keeps.map(keptText), width) : []),
    ...labelled("do", finding.todo, width),
    ...labelled("with it", followers.flatMap(followerLines), width),
  ];
}

/** A follower needs its own word to be allowed, as everything does. */
function followerLines(finding: GuardFinding): string[] {
  const by = propertiesOf(finding).map(({ path }) => path);
  const flag = finding.todo.find((line) => line.startsWith("--allow-replace"));
  return [`${finding.what}${by.length > 0 ? `, by ${by.join(", ")}` : ""}`, ...(flag === undefined ? [] : [flag])];
}

function labelled(label: string, texts: readonly string[], width: number): string[] {
  const lines = texts.flatMap((text) => (text.includes(URN) ? [printable(text)] : wrapped(text, width - LABEL - 2)));
  return lines.map((line, index) => `  ${colors.dim((index === 0 ? label : "").padEnd(LABEL))}${line}`);
}

function propertiesOf(finding: GuardFinding): readonly ReplacingChange[] {
  return "properties" in finding ? finding.properties : [];
}

function propertyText({ path, before, after, when, means }: ReplacingChange): string {
  if (means !== undefined) return `${path}: ${means}`;
  return `${path}: ${before ?? "nothing"} → ${after ?? "nothing"}${when === undefined ? "" : ` (replaces when ${when})`}`;
}

const THEN: Readonly<Record<Kept["then"], string>> = {
  goes: "goes with its data",
  stays: "stays in AWS, in no state",
  refused: "is protected",
};

function keptText({ urn, then }: Kept): string {
  return `${typeOf(urn)} ${nameOf(urn)} ${THEN[then]}`;
}
