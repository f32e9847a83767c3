import Table from "cli-table3";
import colors from "picocolors";
import { columns, type TextOptions, widest } from "../text-layout";
import { type CostDocument, type CostLine } from "./cost-schema";
import { sumUsd } from "./money";
import { budgetText, dollars } from "./text";

/** By what `strata cost` adds up. */
export const COST_GROUPS = ["service", "layer", "resource"] as const;
export type CostGroup = (typeof COST_GROUPS)[number];

const WIDEST = 100;
/** Cents that a resource must cost to have a row of its own. */
const LEAST_SHOWN_USD = 1;
const FRAME = 1;

interface Column {
  readonly head: string;
  /** Columns of the terminal, with its padding; the one without takes what is left. */
  readonly width?: number;
  readonly right?: boolean;
}

function table(shape: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const fixed = shape.reduce((sum, column) => sum + (column.width ?? 0) + FRAME, FRAME);
  const made = new Table({
    head: shape.map(({ head }) => head),
    style: { head: [], border: [] },
    colWidths: shape.map((column) => column.width ?? Math.min(width, WIDEST) - fixed),
    colAligns: shape.map(({ right }) => (right ? "right" : "left")),
    wordWrap: true,
  });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
}

const MONEY: Pick<Column, "width" | "right"> = { width: 13, right: true };

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}

function servicesTable({ totals }: CostDocument, width: number): string {
  const { monthlyUsd: whole, unattributedUsd } = totals;
  const rows = totals.byService.map(({ service, ownUsd, sharedUsd, monthlyUsd }) => [
    service,
    dollars(ownUsd),
    dollars(sharedUsd),
    dollars(monthlyUsd),
    percent(monthlyUsd, whole),
  ]);
  return table(
    [
      { head: "Service" },
      { head: "Its own", ...MONEY },
      { head: "Its share", ...MONEY },
      { head: "A month", ...MONEY },
      { head: "", width: 9, right: true },
    ],
    [
      ...rows,
      ["of no service", "", "", dollars(unattributedUsd), percent(unattributedUsd, whole)],
      [colors.bold("total"), "", "", colors.bold(dollars(whole)), ""],
    ],
    width,
  );
}

function sum(lines: readonly CostLine[], basis?: CostLine["basis"]): number {
  return sumUsd(lines.flatMap((line) => (basis === undefined || line.basis === basis ? [line.monthlyUsd] : [])));
}

const BASES: readonly Column[] = [
  { head: "Fixed", ...MONEY },
  { head: "By use", ...MONEY },
  { head: "A month", ...MONEY },
];

function layersTable({ lines, totals }: CostDocument, width: number): string {
  const rows = totals.byLayer.map(({ layer, monthlyUsd }) => {
    const own = lines.filter((line) => line.layer === layer);
    return [layer, dollars(sum(own, "fixed")), dollars(sum(own, "usage")), dollars(monthlyUsd)];
  });
  const total = ["total", dollars(sum(lines, "fixed")), dollars(sum(lines, "usage")), dollars(totals.monthlyUsd)];
  return table([{ head: "Layer" }, ...BASES], [...rows, total.map((cell) => colors.bold(cell))], width);
}

function resourcesTable({ lines, totals }: CostDocument, width: number): string {
  const byUrn = new Map<string, CostLine[]>();
  for (const line of lines) byUrn.set(line.urn, [...(byUrn.get(line.urn) ?? []), line]);
  const all = [...byUrn.values()].map((own) => ({ own, usd: sum(own) })).sort((one, other) => other.usd - one.usd);
  const shown = all.filter(({ usd }) => usd >= LEAST_SHOWN_USD);
  const rest = all.slice(shown.length);
  const rows = shown.map(({ own, usd }) => {
    const [first] = own;
    return [
      first?.name ?? "",
      own.map(({ what }) => what).join(", "),
      dollars(sum(own, "fixed")),
      dollars(sum(own, "usage")),
      dollars(usd),
    ];
  });
  return table(
    [{ head: "Resource", width: 26 }, { head: "For" }, ...BASES],
    [
      ...rows,
      [`${rest.length} more`, `each below ${dollars(LEAST_SHOWN_USD)}`, "", "", dollars(sumUsd(rest.map(({ usd }) => usd)))],
      [colors.bold("total"), "", "", "", colors.bold(dollars(totals.monthlyUsd))],
    ],
    width,
  );
}

const TABLES: Readonly<Record<CostGroup, (cost: CostDocument, width: number) => string>> = {
  service: servicesTable,
  layer: layersTable,
  resource: resourcesTable,
};

function unpricedTable({ unpriced }: CostDocument, width: number): string[] {
  if (unpriced.length === 0) return [];
  const rows = unpriced.map(({ name, what, why }) => [`${name}: ${what}`, why]);
  return [
    colors.bold(`Unpriced: ${unpriced.length}, on top of the total`),
    table([{ head: "What", width: 45 }, { head: "Why" }], rows, width),
  ];
}

function assumptionsTable({ assumptions }: CostDocument, width: number): string {
  const rows = assumptions.map(({ id, what, value, unit, from }) => [id, `${value} ${unit}`, colors.dim(`${what}: ${from}`)]);
  const widths = [
    widest(
      assumptions.map(({ id }) => id),
      20,
    ),
    24,
  ];
  return columns(rows, widths, { width: Math.min(width, WIDEST) });
}

function whatIfTable({ whatIf }: CostDocument, width: number): string[] {
  if (whatIf.length === 0) return [];
  const rows = whatIf.map(({ change, savesUsd, loses }) => [change, `−${dollars(savesUsd)}`, loses]);
  return [
    colors.bold("Cheaper, planned anew with one change each"),
    table([{ head: "Change", width: 38 }, { head: "A month", ...MONEY }, { head: "Loses" }], rows, width),
  ];
}

/** What an environment costs, as a person reads it: never wider than 100 columns. */
export function costText(cost: CostDocument, by: CostGroup, environment: string, { width }: Pick<TextOptions, "width">): string {
  const over = budgetText(cost);
  const of = cost.budget ? ` of ${dollars(cost.budget.monthlyUsd)}` : "";
  return `${[
    `${colors.bold(`Cost of ${environment}`)}: ${dollars(cost.totals.monthlyUsd)}${of} a month in ${cost.region}${over.length > 0 ? colors.red(`, ${over.join(", ")}`) : ""}`,
    TABLES[by](cost, width),
    ...unpricedTable(cost, width),
    ...whatIfTable(cost, width),
    colors.bold("Assumed; each can be --set, or given in strata:cost.assumptions"),
    assumptionsTable(cost, width),
    colors.dim("List prices, without tax, free tier, discounts and support: docs/cost.md."),
  ].join("\n")}\n`;
}
