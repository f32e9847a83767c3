import { exceptionMessage } from "../policy/lib/exceptions";
import { decommissioningText } from "../stacks/decommissioning";
import { budgetText, dollars } from "./cost/text";
import { type PlanDocument } from "./plan-schema";
import { mermaidOf } from "./report/mermaid";
import { counted, type Policy, refusal, violationsByRule } from "./report/policy-report";
import { avoidableText, criticalSteps, minutesText, scheduleTitle } from "./schedule/schedule-words";
import { nameOf, typeOf } from "./urn";

/** Most characters of a comment on GitHub are 65,536; a workflow puts a line or two around the plan. */
const LONGEST = 60_000;

/** How many resources a row names, from the best page to one that is short enough whatever was found. */
const MOST_SHOWN = [Infinity, 20, 5, 1];

/** By which a comment is found again, to be updated in place. */
function marker(what: string, stack: string): string {
  return `<!-- strata ${what} ${stack.replace(/[^\w./-]/g, "_")} -->`;
}

/** Text that reads as it is, also in a cell of a table: nothing of it is markup, nobody is mentioned and no issue linked. */
function text(value: string): string {
  return value
    .replace(/\s*\r?\n\s*/g, " ")
    .replace(/[\\`*_[\]<>|~$!{}]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/([@#])(?=\w)/g, "$1&#8203;");
}

/** A name as code; a pipe in it would still end a cell. */
function code(value: string): string {
  const inner = value.replace(/\s+/g, " ").replace(/\|/g, "\\|");
  const fence = "`".repeat(Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  const space = inner.startsWith("`") || inner.endsWith("`") ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function list(items: readonly string[], most: number): string[] {
  const rest = items.length - most;
  return rest > 0 ? [...items.slice(0, most), `and ${rest} more`] : [...items];
}

function bullets(items: readonly string[]): string[] {
  return items.length === 0 ? [] : [items.map((one) => `- ${one}`).join("\n")];
}

function details(title: string, items: readonly string[], most: number): string[] {
  if (items.length === 0) return [];
  // GitHub reads Markdown inside of HTML only after an empty line.
  return [`<details><summary>${title}: ${items.length}</summary>\n\n${bullets(list(items, most)).join("")}\n\n</details>`];
}

function violations(policy: Policy, most: number): string[] {
  const rows = violationsByRule(policy).map(({ rule, found }) => {
    const [{ level, severity, fix }] = found;
    const messages = found.map(({ message, urn }) => `${text(message)} (${code(typeOf(urn))})`);
    return [
      `${level === "mandatory" ? "❌" : "⚠️"} ${code(rule)}`,
      `${level}, ${text(severity)}`,
      list(messages, most).join("<br>"),
      text(fix),
    ];
  });
  return rows.length === 0 ? [] : [table(["Rule", "Level", "What is wrong", "Fix"], rows)];
}

/** The verdict of policies, with everything that a reviewer must know unfolded and the rest folded away. */
function policies(policy: Policy, most: number): string[] {
  const why = refusal(policy);
  const failed = policy.broken.map(
    ({ rule, urn, error }) => `${code(rule)} failed itself${urn ? ` on ${text(nameOf(urn))}` : ""}: ${text(error)}`,
  );
  const exceptions = policy.exceptions.flatMap((exception) => {
    const message = exceptionMessage(exception);
    return message === undefined ? [] : [`${exception.state === "expired" ? "❌" : "⚠️"} ${code(exception.rule)}: ${text(message)}`];
  });
  const remediated = policy.remediated.map(
    ({ rule, message, properties }) => `${code(rule)}: ${text(message)}; the engine would set ${properties.map(code).join(", ")}`,
  );
  const excepted = policy.excepted.map(
    ({ rule, message, reason, owner, expires }) =>
      `${code(rule)}: ${text(message)}; until ${expires} by ${text(owner)}, because ${text(reason)}`,
  );
  const notEvaluated = policy.notEvaluated.map(({ rule, urn, why: reason }) => `${code(rule)}, ${text(nameOf(urn))}: ${text(reason)}`);
  return [
    why === undefined ? "✅ **Policies: may be deployed.**" : `❌ **Policies: may not be deployed:** ${why}.`,
    ...violations(policy, most),
    ...bullets([...list(failed, most), ...list(exceptions, most)]),
    ...details("Would be remediated", remediated, most),
    ...details("Excepted", excepted, most),
    ...details("Not evaluated", notEvaluated, most),
  ];
}

/** How long it takes; what holds it up is folded away. */
function schedule(document: PlanDocument["schedule"], most: number): string[] {
  const { steps } = criticalSteps(document);
  const path = steps.map(({ at, minutes, name, type }) => `at ${minutesText(at)}: ${code(name)} (${text(type)}), ${minutesText(minutes)}`);
  return [
    `${scheduleTitle(document)}.`,
    ...details("Steps that hold it up", path, most),
    ...details("Need not wait", document.avoidable.map(avoidableText).map(text), most),
  ];
}

/** Who needs what, as a drawing that GitHub makes; folded away. */
function drawing(document: PlanDocument): string[] {
  const chart = mermaidOf(document);
  return chart === undefined ? [] : [`<details><summary>Picture</summary>\n\n\`\`\`mermaid\n${chart}\n\`\`\`\n\n</details>`];
}

/** The longest page that a comment takes; what is left out is counted. */
function shortEnough(page: (most: number) => readonly string[]): string {
  const pages = MOST_SHOWN.map((most) => `${page(most).join("\n\n")}\n`);
  const fitting = pages.find(({ length }) => length <= LONGEST);
  return fitting ?? `${(pages.at(-1) ?? "").slice(0, LONGEST)}\n\n… cut off: the page is too long for a comment.\n`;
}

/** What an environment costs, in a line; what it is made of folded away. */
function costLines({ cost }: PlanDocument, most: number): string[] {
  const { totals, unpriced, budget } = cost;
  const over = budgetText(cost);
  const limit = budget ? ` of ${dollars(budget.monthlyUsd)}` : "";
  const mark = over.length > 0 ? "❌" : "💰";
  const rows = totals.byService.map(({ service, ownUsd, sharedUsd, monthlyUsd }) => [
    code(service),
    ...[ownUsd, sharedUsd, monthlyUsd].map((usd) => text(dollars(usd))),
  ]);
  const by = totals.byLayer.map(({ layer, monthlyUsd }) => `${text(layer)} ${text(dollars(monthlyUsd))}`).join(", ");
  return [
    `${mark} **Cost: ${text(dollars(totals.monthlyUsd))}${text(limit)} a month at list prices${over.length > 0 ? `, ${text(over.join(", "))}` : ""}.** ${by}.`,
    ...(rows.length > 0
      ? [`<details><summary>Cost by service</summary>\n\n${table(["Service", "Its own", "Its share", "A month"], rows)}\n\n</details>`]
      : []),
    ...details(
      "Unpriced",
      unpriced.map(({ name, what, why }) => `${text(name)}, ${text(what)}: ${text(why)}`),
      most,
    ),
  ];
}

/** A plan as a comment on a pull request: services and why they run there, what it costs, how long it takes, and the verdict of policies. */
export function planMarkdown(document: PlanDocument): string {
  const { environment, stack, region, decommissioning, services, resources, policy, schedule: when } = document;
  const managed = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).length;
  const rows = services.map(({ name, target, reason, waitingFor }) => [
    code(name),
    text(target),
    `${text(reason)}${waitingFor ? `<br>waiting for ${text(waitingFor.join(", "))}` : ""}`,
  ]);
  return shortEnough((most) => [
    marker("plan", stack),
    `### Plan of ${text(environment)}`,
    `${text(stack)}, ${text(region)}: ${counted(services.length, "service")}, ${counted(managed, "resource")}. Planned offline; nothing was created.`,
    ...(decommissioning ? [`> [!WARNING]\n> **${text(decommissioningText(environment))}**`] : []),
    ...(rows.length > 0 ? [table(["Service", "Runs on", "Because"], rows)] : []),
    ...drawing(document),
    ...costLines(document, most),
    ...schedule(when, most),
    ...policies(policy, most),
  ]);
}

/** The verdict on a real stack as a comment on a pull request. */
export function policyMarkdown({
  stack,
  source,
  policy,
}: {
  readonly stack: string;
  readonly source: string;
  readonly policy: Policy;
}): string {
  return shortEnough((most) => [
    marker(`policies of the ${source}`, stack),
    `### Policies of ${text(stack)} (${source})`,
    ...policies(policy, most),
  ]);
}
