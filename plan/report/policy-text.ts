import colors from "picocolors";
import { exceptionMessage } from "../../policy/lib/exceptions";
import { nameOf, typeOf } from "../urn";
import { byRule, type ByRule, counted, type Policy, type PolicyReport, refusal, summary, violationsByRule } from "./policy-report";
import { printable, wrapped } from "./wrapped";

const SOURCE_WORDS = { plan: "planned offline", state: "as its state says", preview: "as previewed" } as const;

/** Most names that stand in one line of what was not evaluated. */
const MOST_NAMES = 6;

type Color = (text: string) => string;

interface Page {
  /** Columns of the terminal. */
  readonly width: number;
}

/** A paragraph with its first line after a bullet and the others under it. */
function item(bullet: string, text: string, { width }: Page, color: Color = String, indent = "    "): string {
  const lines = wrapped(text, width - indent.length);
  return lines.map((line, index) => `${index === 0 ? indent.slice(0, -2) + bullet + " " : indent}${color(line)}`).join("\n");
}

/** What a rule says of each resource, then once what to do. */
function violations({ rule, found }: ByRule<Policy["violations"][number]>, page: Page): string {
  const [{ level, severity, fix, pack }] = found;
  const color = level === "mandatory" ? colors.red : colors.yellow;
  return [
    `  ${color(colors.bold(rule))}  ${colors.dim(`${pack}, ${severity}${found.length > 1 ? `, ${found.length} times` : ""}`)}`,
    ...found.map(({ urn, message }) => item(color("✗"), `${message} (${typeOf(urn)})`, page)),
    item(colors.green("→"), `fix: ${fix}`, page),
  ].join("\n");
}

function section(title: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`${colors.bold(title)}\n\n${parts.join("\n")}`];
}

function violationSections(policy: Policy, page: Page): string[] {
  const groups = violationsByRule(policy);
  return (["mandatory", "advisory"] as const).flatMap((level) => {
    const those = groups.filter(({ found: [{ level: own }] }) => own === level);
    const count = those.reduce((sum, { found }) => sum + found.length, 0);
    const title = level === "mandatory" ? "Stops a deployment" : "Advice";
    return section(
      `${title}: ${counted(count, "violation")} of ${counted(those.length, "rule")}`,
      those.map((group) => `${violations(group, page)}\n`),
    );
  });
}

function brokenSection({ broken }: Policy, page: Page): string[] {
  const parts = broken.map(({ rule, urn, error }) => item(colors.red("✗"), `${rule}${urn ? ` on ${nameOf(urn)}` : ""}: ${error}`, page));
  return section(`Rules that failed themselves: ${broken.length}`, parts);
}

function exceptionSection({ exceptions }: Policy, page: Page): string[] {
  const parts = exceptions.flatMap((exception) => {
    const message = exceptionMessage(exception);
    const color = exception.state === "expired" ? colors.red : colors.yellow;
    return message === undefined ? [] : [item(color("✗"), `${exception.rule}: ${message}`, page)];
  });
  return section(`Exceptions that don't do their work: ${parts.length}`, parts);
}

function exceptedSection({ excepted }: Policy, page: Page): string[] {
  const parts = byRule(excepted).map(({ rule, found }) =>
    [
      `  ${rule}`,
      ...found.map(({ message, reason, owner, expires }) =>
        item("·", `${message}; excepted until ${expires} by ${owner}, because ${reason}`, page, colors.dim),
      ),
    ].join("\n"),
  );
  return section(`Excepted: ${excepted.length}`, parts);
}

function remediatedSection({ remediated }: Policy, page: Page): string[] {
  const parts = remediated.map(({ rule, message, properties }) =>
    item("·", `${rule}: ${message}; the engine would set ${properties.join(", ")}`, page),
  );
  return section(`Would be remediated: ${remediated.length}`, parts);
}

function notEvaluatedSection({ notEvaluated }: Policy, page: Page): string[] {
  const parts = byRule(notEvaluated).flatMap(({ rule, found }) => {
    const reasons = [...new Set(found.map(({ why }) => why))];
    return reasons.map((why) => {
      const names = found.filter((one) => one.why === why).map(({ urn }) => nameOf(urn));
      const rest = names.length - MOST_NAMES;
      const shown = `${names.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
      return item("·", `${rule}: ${shown}: ${why}`, page, colors.dim);
    });
  });
  return section(`Not evaluated: ${notEvaluated.length}`, parts);
}

function packLine({ name, rules, levels }: Policy["packs"][number]): string {
  return `${name}: ${[counted(rules, "rule"), ...Object.entries(levels).map(([level, count]) => `${count} ${level}`)].join(", ")}`;
}

/** The verdict of policies for people: by rule, what to do said once, what stops a deployment first. */
export function policyText({ document }: PolicyReport, page: Page): string {
  const { stack, source, notes, policy } = document;
  const why = refusal(policy);
  const parts = [
    [
      `${colors.bold(`Policies of ${printable(stack)}`)}, ${SOURCE_WORDS[source]}`,
      ...wrapped(summary(document), page.width),
      ...policy.packs.flatMap((pack) => wrapped(packLine(pack), page.width - 2).map((line) => colors.dim(`  ${line}`))),
      ...notes.map((note) => item(colors.yellow("!"), note, page)),
    ].join("\n"),
    ...violationSections(policy, page).map((part) => part.replace(/\n$/, "")),
    ...brokenSection(policy, page),
    ...exceptionSection(policy, page),
    ...remediatedSection(policy, page),
    ...exceptedSection(policy, page),
    ...notEvaluatedSection(policy, page),
    why === undefined ? colors.green("May be deployed.") : wrapped(`May not be deployed: ${why}.`, page.width).map(colors.red).join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}
