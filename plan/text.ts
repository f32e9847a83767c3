import colors from "picocolors";
import { layerOf } from "./layers";
import { type Plan } from "./plan";
import { type PlanDocument } from "./plan-schema";
import { columns, type TextOptions, widest } from "./text-layout";
import { nameOf, typeOf } from "./urn";

const LAYERS = ["network", "compute", "service", "persistence", "visibility", "platform"];
const MOST_TYPES = 6;

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function section(title: string, body: string): string {
  return `${colors.bold(title)}\n${body}\n`;
}

function services({ services: all }: PlanDocument, options: TextOptions): string {
  const rows = all.map(({ name, target, reason, waitingFor }) => [
    `${waitingFor ? colors.yellow("○") : colors.green("●")} ${name}`,
    colors.cyan(target),
    waitingFor ? `${reason}\n${colors.yellow(`waiting for ${waitingFor.join(", ")}`)}` : reason,
  ]);
  const whole = all.filter(({ waitingFor }) => !waitingFor).length;
  const title = `Services: ${all.length}, ${whole === all.length ? "none waits for anything" : `${all.length - whole} wait for a store`}`;
  return section(
    title,
    columns(
      rows,
      [
        widest(
          all.map(({ name }) => `● ${name}`),
          12,
        ),
        widest(
          all.map(({ target }) => target),
          7,
        ),
      ],
      options,
    ),
  );
}

function resources({ resources: all }: PlanDocument, options: TextOptions): string {
  const managed = all.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const byLayer = new Map<string, Map<string, number>>();
  for (const resource of managed) {
    const types = byLayer.get(layerOf(resource as never)) ?? new Map<string, number>();
    const name = resource.type.split(":").at(-1) ?? resource.type;
    byLayer.set(layerOf(resource as never), types.set(name, (types.get(name) ?? 0) + 1));
  }
  const rows = [...byLayer]
    .sort(([left], [right]) => LAYERS.indexOf(left) - LAYERS.indexOf(right))
    .map(([layer, types]) => {
      const sorted = [...types].sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]));
      const shown = sorted.slice(0, MOST_TYPES).map(([type, count]) => (count > 1 ? `${count} ${type}` : type));
      const rest = sorted.length - shown.length;
      const total = [...types.values()].reduce((sum, count) => sum + count, 0);
      return [layer, String(total), `${shown.join(", ")}${rest > 0 ? ` and ${plural(rest, "more type")}` : ""}`];
    });
  return section(`Resources: ${managed.length}`, columns(rows, [widest(LAYERS, 7), 7], options));
}

/** Every endpoint of an AWS service is one row: they differ in nothing that a person looks for here. */
function reachable({ reachability, resources: all }: PlanDocument, options: TextOptions): string {
  const endpoints = new Set(all.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint").map(({ name }) => name));
  const callers = new Map<string, Set<string>>();
  for (const { from, to, port } of reachability) {
    const target = endpoints.has(to) ? "endpoints of AWS services" : `${to}:${port}`;
    callers.set(target, (callers.get(target) ?? new Set<string>()).add(from));
  }
  const rows = [...callers].map(([to, from]) => [to, `from ${[...from].join(", ")}`]);
  return section("Reachable", columns(rows, [widest([...callers.keys()], 10)], options));
}

function policies({ policy }: PlanDocument, options: TextOptions): string {
  const packs = policy.packs.map(({ name, rules, level }) => `${name}: ${plural(rules, "rule")}, ${level}`).join("; ");
  const title = `Policies: ${plural(policy.evaluations, "verdict")}, ${policy.violations.length} broken, ${policy.notEvaluated.length} not evaluated`;
  const rows = [
    ...policy.violations.map(({ rule, urn, message, fix, level }) => [
      (level === "mandatory" ? colors.red : colors.yellow)(rule),
      `${nameOf(urn)} (${typeOf(urn)}): ${message}\n${colors.dim(`fix: ${fix}`)}`,
    ]),
    ...policy.broken.map(({ rule, error }) => [colors.red(rule), `the rule itself failed: ${error}`]),
    ...policy.notEvaluated.map(({ rule, urn, why }) => [colors.dim(rule), colors.dim(`${nameOf(urn)}: not evaluated, ${why}`)]),
  ];
  const table =
    rows.length > 0
      ? `\n${columns(
          rows,
          [
            widest(
              policy.violations.map(({ rule }) => rule),
              20,
            ),
          ],
          options,
        )}`
      : "";
  return section(title, `  ${packs}${table}`);
}

function unknown({ unknown: all }: PlanDocument, options: TextOptions): string {
  if (all.length === 0) return section("Unknown before it is deployed: nothing", "");
  const rows = all.map(({ urn, properties }) => [nameOf(urn), `${typeOf(urn)}: ${properties.join(", ")}`]);
  return section(
    `Unknown before it is deployed: ${plural(all.length, "resource")}`,
    columns(
      rows,
      [
        widest(
          all.map(({ urn }) => nameOf(urn)),
          10,
        ),
      ],
      options,
    ),
  );
}

/** A plan for people: the environment, its services, resources, who reaches whom, policies, unknowns, time taken. */
export function planText({ document, stack }: Plan, options: TextOptions): string {
  const account = (JSON.parse(stack.config["strata:aws"] ?? "{}") as { accountId?: string }).accountId ?? "unknown";
  const heading = `${colors.bold(`Plan of ${document.environment}`)}  ${colors.dim(`${document.stack}, account ${account}, ${document.region}`)}\n`;
  const parts = [services, resources, reachable, policies, unknown].map((part) => part(document, options));
  return `${[heading, ...parts].join("\n").replace(/\n{3,}/g, "\n\n")}\n${colors.dim(`Planned in ${options.seconds.toFixed(1)} s, offline; nothing was created.`)}\n`;
}
