import colors from "picocolors";
import { diffOf } from "../../plan/diff/diff";
import { countsText, deltas, losses } from "../../plan/diff/diff-words";
import { planSide } from "../../plan/diff/sides";
import { type PlanDocument } from "../../plan/plan-schema";
import { counted, type Policy } from "../../plan/report/policy-report";
import { typeText } from "../../plan/schedule/schedule-words";
import { nameOf } from "../../plan/urn";

const MOST_NAMED = 3;

type Violation = Policy["violations"][number];

function keyOf({ rule, urn, property, message }: Violation): string {
  return JSON.stringify([rule, urn, property, message]);
}

/** What the first has that the second has not. */
function without(violations: readonly Violation[], others: readonly Violation[]): Violation[] {
  const known = new Set(others.map(keyOf));
  return violations.filter((violation) => !known.has(keyOf(violation)));
}

/** `2 findings more, 1 mandatory: rule on name, …`; nothing where there is none. */
function findings(violations: readonly Violation[], change: "more" | "fewer"): string[] {
  if (violations.length === 0) return [];
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const named = violations.slice(0, MOST_NAMED).map(({ rule, urn }) => `${rule} on ${nameOf(urn)}`);
  const rest = violations.length - named.length;
  const text = `${counted(violations.length, "finding")} ${change}${mandatory > 0 ? `, ${mandatory} mandatory` : ""}: ${named.join(", ")}${rest > 0 ? `, ${rest} more` : ""}`;
  return [change === "more" ? (mandatory > 0 ? colors.red(text) : colors.yellow(text)) : colors.green(text)];
}

/** What differs between two plans of an environment, on one line. */
export function changeLine(before: PlanDocument, after: PlanDocument): string {
  const difference = diffOf(planSide(before, "before"), planSide(after, "now"));
  const { changes, counts, monthlyUsd, minutes } = difference;
  const named = [...new Set(changes.map(({ name, type }) => `${name} (${typeText(type)})`))];
  const rest = named.length - MOST_NAMED;
  const resources = `${countsText(difference)}: ${named.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? `, ${rest} more` : ""}`;
  const lost = losses(difference);
  const parts = [
    ...(changes.length > 0 ? [resources] : []),
    ...(lost.length > 0 ? [colors.red(`loses data: ${lost.join(", ")}`)] : []),
    ...deltas({ ...(monthlyUsd?.delta !== 0 && { monthlyUsd }), ...(minutes?.delta !== 0 && { minutes }) }),
    ...findings(without(after.policy.violations, before.policy.violations), "more"),
    ...findings(without(before.policy.violations, after.policy.violations), "fewer"),
  ];
  return parts.length === 0 ? `nothing changes: ${counts.same} resources are the same` : parts.join("; ");
}
