import { z } from "zod";
import { canRemediate } from "../policy/lib/config-file";
import { defaultLevel } from "../policy/lib/levels";
import { type Pack, type Rule } from "../policy/lib/rule";
import { PACKS } from "../policy/packs";

const INTRODUCTION = `# Policies

What must hold for everything that is deployed, as CrossGuard rules in four packs. \`strata plan\` evaluates them offline, and the engine at every preview and update
that is told to, with the same verdicts. [policy-howto.md](policy-howto.md) says how to run them, set levels, let something off and have it mended.
\`npm run schema\` writes this page from the rules themselves.

A rule passes, fails, or is not evaluated: what only becomes known during an update is never taken for right. A rule that is not evaluated is said and
stops nothing. What a violation does is the level of its rule: \`policy/config/<environment>.json\` gives it, else the severity does, where high and critical
stop a deployment. \`policy/exceptions.json\` lets named resources off a rule, with a reason and until a day.

The packs read types of resources and nothing else of this project, so they hold on any stack. Rules about durable environments ask the component around a
resource whether it declares \`durable\`, and their setting \`durable\` where none does. Rules about services read what \`strata:service:Service\` declares, and
have nothing to say where there are none.
`;

function setting([name, property]: [string, z.core.JSONSchema.JSONSchema | boolean]): string {
  const schema = typeof property === "object" ? property : {};
  return `\`${name}\` (default \`${JSON.stringify(schema.default)}\`): ${schema.description ?? ""}`;
}

function section(rule: Rule): string {
  const { properties = {} } = z.toJSONSchema(rule.config, { io: "input" });
  const settings = Object.entries(properties).map(setting);
  const lines = [
    `- **Severity:** ${rule.severity}, by default ${defaultLevel(rule.severity)}`,
    `- **Why:** ${rule.why}`,
    `- **Fix:** ${rule.fix}`,
    ...(rule.frameworks.length > 0 ? [`- **Answers to:** ${rule.frameworks.map(({ name, id }) => `${name} ${id}`).join(", ")}`] : []),
    ...(canRemediate(rule) ? ["- **Remediation:** offered, at the level `remediate`"] : []),
    ...(settings.length > 0 ? [`- **Settings:**`, ...settings.map((text) => `  - ${text}`)] : []),
    ...(rule.links.length > 0 ? [`- **Read:** ${rule.links.map((link) => `<${link}>`).join(", ")}`] : []),
  ];
  return `### \`${rule.id}\`\n\n${rule.title}.\n\n${lines.join("\n")}\n`;
}

function packSection({ name, description, rules }: Pack): string {
  return [`## ${name}\n\n${description} It has ${rules.length} rules.\n`, ...rules.map(section)].join("\n");
}

/** Ids of public catalogues in the order of people: ECS.9 before ECS.10. */
function byNumber(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}

/** Which rules answer to which check of a public catalogue. */
function frameworkIndex(): string {
  const catalogues = new Map<string, Map<string, string[]>>();
  for (const { rules } of PACKS)
    for (const { id: rule, frameworks } of rules)
      for (const { name, id } of frameworks) {
        const checks = catalogues.get(name) ?? new Map<string, string[]>();
        catalogues.set(name, checks.set(id, [...(checks.get(id) ?? []), rule]));
      }
  const sections = [...catalogues].sort(([left], [right]) => byNumber(left, right)).map(([name, checks]) => catalogueSection(name, checks));
  return `## By catalogue\n\nWhich rule answers to which check.\n\n${sections.join("\n\n")}\n`;
}

function catalogueSection(name: string, checks: ReadonlyMap<string, readonly string[]>): string {
  const rows = [...checks]
    .sort(([left], [right]) => byNumber(left, right))
    .map(([id, rules]) => `- ${id}: ${rules.map((rule) => `[${rule}](#${rule})`).join(", ")}`);
  return `### ${name}\n\n${rows.join("\n")}`;
}

/** The page of docs that says what every rule wants and why; ends in a new line. */
export function policiesPage(): string {
  const packs = PACKS.map(({ name, description, rules }) => `- [${name}](#${name}): ${rules.length} rules. ${description}`).join("\n");
  return [INTRODUCTION, `${packs}\n`, ...PACKS.map(packSection), frameworkIndex()].join("\n");
}
