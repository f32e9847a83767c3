import colors from "picocolors";
import { columns, type TextOptions, widest } from "../text-layout";
import { type CostDocument } from "./cost-schema";

const TOP_SERVICES = 5;
const SHOWN_UNPRICED = 4;

/** US dollars as a person reads them: `$7,215.63`. */
export function dollars(usd: number): string {
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** What is said of the limits of an environment and its services: only where one is passed. */
export function budgetText({ budget, serviceBudgets }: CostDocument): string[] {
  return [
    ...(budget?.over ? [`over the budget of ${dollars(budget.monthlyUsd)}`] : []),
    ...serviceBudgets.flatMap(({ service, monthlyUsd, over }) => (over ? [`${service} over its ${dollars(monthlyUsd)}`] : [])),
  ];
}

/** The limit of the environment, and who is over one. */
function budgetRow(cost: CostDocument): string[][] {
  const over = budgetText(cost);
  if (over.length > 0) return [["budget", colors.red(over.join(", "))]];
  return cost.budget ? [["budget", `within ${dollars(cost.budget.monthlyUsd)}`]] : [];
}

/** What costs most, in a few lines: layers, the dearest services, and what has no price. */
export function costSection(cost: CostDocument, options: Pick<TextOptions, "width">): string {
  const { totals, unpriced } = cost;
  const services = totals.byService.slice(0, TOP_SERVICES);
  const rows = [
    ...budgetRow(cost),
    ["by layer", totals.byLayer.map(({ layer, monthlyUsd }) => `${layer} ${dollars(monthlyUsd)}`).join(", ")],
    [
      "dearest services",
      services.map(({ service, monthlyUsd, ownUsd }) => `${service} ${dollars(monthlyUsd)} (${dollars(ownUsd)} its own)`).join(", "),
    ],
    ...(unpriced.length > 0
      ? [
          [
            `unpriced: ${unpriced.length}`,
            `${unpriced
              .slice(0, SHOWN_UNPRICED)
              .map(({ name, what }) => `${name}: ${what}`)
              .join("; ")}${unpriced.length > SHOWN_UNPRICED ? ` and ${unpriced.length - SHOWN_UNPRICED} more` : ""}`,
          ],
        ]
      : []),
  ];
  const title = `Cost: ${dollars(totals.monthlyUsd)} a month at list prices`;
  return `${colors.bold(title)}\n${columns(rows, [widest(["dearest services"], 10)], options)}\n`;
}
