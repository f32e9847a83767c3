import { number, read, type StackResource } from "../resource";
import { fail, notEvaluated, pass, type Verdict } from "../rule";
import type { Total } from "./total";

/** How many of a list a message names. */
const NAMED = 5;

/** What a component may cost a month: as it declares it, else as the setting has it. Undefined for one that nobody limits. */
export function budgetOf(component: StackResource, setting: number | undefined): number | "unknown" | undefined {
  const reading = read(component, "budget.monthlyUsd");
  if (reading.state === "unknown") return "unknown";
  if (reading.state === "absent") return setting;
  return typeof reading.value === "number" ? reading.value : (number(reading) ?? setting);
}

/**
 * Whether what has a price already costs more than a budget, which nothing that is not counted can make better. When it does not, what is not counted
 * may still make it worse: then nobody can say that it holds.
 */
export function budgetVerdict({ urn, name }: StackResource, budget: number | "unknown" | undefined, total: Total): Verdict[] {
  if (budget === undefined) return [];
  if (budget === "unknown") return [notEvaluated(urn, "its budget is not known yet", "budget")];
  const { usd, dearest, unpriced, unknown } = total;
  if (usd > budget) {
    const most = dearest.slice(0, NAMED).map((each) => `${each.name} ${dollars(each.usd)}`);
    const rest = unpriced.length > 0 ? `, and ${named(unpriced)} on top, unpriced` : "";
    return [
      fail(
        urn,
        `${name} costs ${dollars(usd)} a month before anybody uses it, its budget is ${dollars(budget)}: ${most.join(", ")}${rest}`,
        "budget",
      ),
    ];
  }
  if (unknown.length > 0)
    return [notEvaluated(urn, `${dollars(usd)} of ${dollars(budget)} without what is not known yet: ${named(unknown)}`, "budget")];
  if (unpriced.length > 0)
    return [notEvaluated(urn, `${dollars(usd)} of ${dollars(budget)} without what has no price: ${named(unpriced)}`, "budget")];
  return [pass(urn)];
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

function named(list: readonly string[]): string {
  const more = list.length - NAMED;
  return `${list.slice(0, NAMED).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
