import colors from "picocolors";
import { exceptedMessage, exceptionMessage } from "../policy/lib/exceptions";
import { costSection } from "./cost/text";
import { decommissioningText } from "../stacks/decommissioning";
import { layerOf } from "./layers";
import { type Plan } from "./plan";
import { type PlanDocument } from "./plan-schema";
import { scheduleText } from "./schedule/schedule-text";
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
    const types = byLayer.get(layerOf(resource)) ?? new Map<string, number>();
    const name = resource.type.split(":").at(-1) ?? resource.type;
    byLayer.set(layerOf(resource), types.set(name, (types.get(name) ?? 0) + 1));
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

/** One row a store: what it is here, and what a durable environment would have instead. What all have in common is said once. */
function swapped({ swaps }: PlanDocument, options: TextOptions): string {
  const line = ({ property, here, durable }: PlanDocument["swaps"][number]) =>
    `${property}: ${here} ${colors.dim(`instead of ${durable}`)}`;
  const stores = [...new Set(swaps.map(({ store }) => store))];
  if (stores.length === 0) return "";
  const lines = stores.map((store) => swaps.filter((swap) => swap.store === store).map(line));
  const common = (lines[0] ?? []).filter((one) => stores.length > 1 && lines.every((others) => others.includes(one)));
  const own = lines.map((all) => all.filter((one) => !common.includes(one)).join("\n"));
  const rows = [
    ...stores.flatMap((store, index) => (own[index] ? [[store, own[index]]] : [])),
    ...(common.length > 0 ? [["each of them", common.join("\n")]] : []),
  ];
  return section(`Swapped for something cheaper: ${plural(stores.length, "store")}`, columns(rows, [widest(stores, 10)], options));
}

const MOST_PROPERTIES = 5;

/** What keeps data, a row a type: all of a type are replaced by the same changes. */
function kept({ keeps }: PlanDocument, options: TextOptions): string {
  const types = [...new Set(keeps.map(({ urn }) => typeOf(urn)))];
  const rows = types.map((type) => {
    const all = keeps.filter(({ urn }) => typeOf(urn) === type);
    const properties = (all[0]?.replacedBy ?? []).map(({ property }) => property).filter((property) => property !== "region");
    const rest = properties.length - MOST_PROPERTIES;
    const safe = all.filter(({ protect, retained }) => protect || retained).length;
    return [
      type.replace(/^aws:([^/]+)\/[^:]+:/, "$1."),
      `${all.length}, ${safe === all.length ? "protected" : safe === 0 ? "not protected" : `${safe} protected`}`,
      `replaced by ${properties.slice(0, MOST_PROPERTIES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`,
    ];
  });
  return section(
    `Keeps data: ${plural(keeps.length, "resource")}`,
    columns(
      rows,
      [
        widest(
          rows.map(([type = ""]) => type),
          10,
        ),
        widest(
          rows.map(([, count = ""]) => count),
          10,
        ),
      ],
      options,
    ),
  );
}

function cost({ cost: document }: PlanDocument, options: TextOptions): string {
  return costSection(document, options);
}

function packLine({ name, rules, levels }: PlanDocument["policy"]["packs"][number]): string {
  const counts = Object.entries(levels).map(([level, count]) => `${count} ${level}`);
  return `${name}: ${plural(rules, "rule")}${counts.length > 0 ? `, ${counts.join(", ")}` : ""}`;
}

/** What is said of an exception: that it stops the deployment, that it is to be removed, or nothing. */
function exceptionRow(exception: PlanDocument["policy"]["exceptions"][number]): string[][] {
  const message = exceptionMessage(exception);
  return message === undefined ? [] : [[(exception.state === "expired" ? colors.red : colors.yellow)(exception.rule), message]];
}

function policies({ policy }: PlanDocument, options: TextOptions): string {
  const { violations, excepted, remediated, notEvaluated, broken, exceptions } = policy;
  const title = [
    `Policies: ${plural(policy.evaluations, "verdict")}, ${violations.length} broken`,
    ...(excepted.length > 0 ? [`${excepted.length} excepted`] : []),
    ...(remediated.length > 0 ? [`${remediated.length} to be remediated`] : []),
    `${notEvaluated.length} not evaluated`,
  ].join(", ");
  const rows = [
    ...violations.map(({ rule, urn, message, fix, level }) => [
      (level === "mandatory" ? colors.red : colors.yellow)(rule),
      `${nameOf(urn)} (${typeOf(urn)}): ${message}\n${colors.dim(`fix: ${fix}`)}`,
    ]),
    ...broken.map(({ rule, error }) => [colors.red(rule), `the rule itself failed: ${error}`]),
    ...exceptions.flatMap(exceptionRow),
    ...remediated.map(({ rule, urn, message, properties: changed }) => [
      colors.cyan(rule),
      `${nameOf(urn)} would be remediated by setting ${changed.join(", ")}: ${message}`,
    ]),
    ...excepted.map((found) => [colors.dim(found.rule), colors.dim(`${nameOf(found.urn)}: ${exceptedMessage(found.message, found)}`)]),
    ...notEvaluated.map(({ rule, urn, why }) => [colors.dim(rule), colors.dim(`${nameOf(urn)}: not evaluated, ${why}`)]),
  ];
  const rules = [...violations, ...exceptions, ...remediated, ...excepted].map(({ rule }) => rule);
  const packs = policy.packs.map((pack) => `  ${packLine(pack)}`).join("\n");
  return section(title, rows.length > 0 ? `${packs}\n${columns(rows, [widest(rules, 20)], options)}` : packs);
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

function schedule({ schedule: document }: PlanDocument, options: TextOptions): string {
  return scheduleText(document, options);
}

/** A plan for people: the environment, its services, resources, its schedule, who reaches whom, policies, unknowns, time taken. */
export function planText({ document, stack }: Plan, options: TextOptions): string {
  const account = (JSON.parse(stack.config["strata:aws"] ?? "{}") as { accountId?: string }).accountId ?? "unknown";
  const heading = `${colors.bold(`Plan of ${document.environment}`)}  ${colors.dim(`${document.stack}, account ${account}, ${document.region}`)}\n`;
  const loud = document.decommissioning ? [`${colors.bold(colors.red(decommissioningText(document.environment)))}\n`] : [];
  const parts = [services, cost, resources, schedule, kept, swapped, reachable, policies, unknown].map((part) => part(document, options));
  return `${[heading, ...loud, ...parts].join("\n").replace(/\n{3,}/g, "\n\n")}\n${colors.dim(`Planned in ${options.seconds.toFixed(1)} s, offline; nothing was created.`)}\n`;
}
