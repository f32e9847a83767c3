import colors from "picocolors";
import { typeOf } from "../../plan/urn";
import { columns, widest } from "../../plan/text-layout";
import { type Rehearsal, type RehearsalStep, type RehearsalTime } from "./scenario";
import { type FoundResource } from "./search";

const MOST_LISTED = 10;
const MOST_TYPES = 5;
const MINUTES_PER_HOUR = 60;

/** Simulated time as a person says it: `41 min`, `1 h 05 min`, `12 s`. */
export function simulatedTime(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * MINUTES_PER_HOUR)} s`;
  const whole = Math.round(minutes);
  if (whole < MINUTES_PER_HOUR) return `${minutes < 10 ? minutes.toFixed(1) : String(whole)} min`;
  return `${Math.floor(whole / MINUTES_PER_HOUR)} h ${String(whole % MINUTES_PER_HOUR).padStart(2, "0")} min`;
}

function mark(passed: boolean): string {
  return passed ? colors.green("✔") : colors.red("✘");
}

function stepRows({ name, result, passed, problems, minutes, seconds }: RehearsalStep): string[][] {
  const time = `${minutes > 0 ? simulatedTime(minutes) : "–"}`;
  const shown = problems.slice(0, MOST_LISTED);
  const more = problems.length > shown.length ? [["", "", "", colors.dim(`and ${problems.length - shown.length} more`)]] : [];
  return [
    [`${mark(passed)} ${name}`, time, `${seconds.toFixed(0)} s`, result],
    ...shown.map((problem) => ["", "", "", colors.red(problem)]),
    ...more,
  ];
}

function timeLine({ operation, minutes, longestPathMinutes, ratio, parallel }: RehearsalTime): string {
  const against = `longest path of the schedule ${simulatedTime(longestPathMinutes)}, ${ratio.toFixed(2)} times that`;
  return `  ${operation.padEnd(9)} ${simulatedTime(minutes)}; ${against}${parallel === undefined ? "" : `; --parallel ${parallel}`}`;
}

function byType(resources: readonly FoundResource[]): string {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const shown = sorted.slice(0, MOST_TYPES).map(([type, count]) => `${count} ${type.split(":").at(-1) ?? type}`);
  const more = sorted.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more types` : ""}`;
}

function leftovers({ orphans, kept, missing }: Rehearsal): string[] {
  const listed = orphans.slice(0, MOST_LISTED).map(({ type, id }) => `      ${type} ${id}`);
  const unmade = missing.slice(0, MOST_LISTED).map((urn) => `      ${typeOf(urn)} ${urn}`);
  return [
    `  ${mark(orphans.length === 0)} in the cloud and in no state: ${orphans.length}`,
    ...listed,
    `  ${mark(missing.length === 0)} in the state and in no cloud: ${missing.length}`,
    ...unmade,
    ...(kept.length > 0 ? [`  ${colors.dim("○")} kept in the cloud on purpose (retainOnDelete): ${kept.length}: ${byType(kept)}`] : []),
  ];
}

/** A rehearsal as a person reads it. */
export function rehearsalText(rehearsal: Rehearsal, { width }: { readonly width: number }): string {
  const { environment, resources, components, steps, times, passed } = rehearsal;
  const rows = [["", colors.dim("simulated"), colors.dim("here"), ""], ...steps.flatMap(stepRows)];
  const source = components === "installed" ? "awsx and eks as installed" : "awsx and eks simulated, their plugins are not installed";
  const names = steps.map(({ name }) => `✔ ${name}`);
  return [
    `${colors.bold(`Rehearsal of ${environment}`)}  ${resources} resources, real engine, simulated cloud; ${source}`,
    "",
    columns(rows, [widest(names, 10), 13, 9], { width }),
    "",
    colors.bold("Time against the schedule"),
    ...(times.length > 0 ? times.map(timeLine) : ["  nothing came to its end"]),
    "",
    colors.bold("At the end"),
    ...leftovers(rehearsal),
    "",
    passed ? colors.green(`${environment} passed`) : colors.red(`${environment} did not pass`),
    "",
  ].join("\n");
}
