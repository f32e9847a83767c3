import { minutesText, typeText } from "../schedule/schedule-words";
import { type Change, type DiffDocument, losesData } from "./diff";

const LONGEST_VALUE = 24;
const MOST_PROPERTIES = 4;

/** A group of changes of one type that stand together. */
export interface Row {
  /** `+2 −1 ~3`. */
  readonly counts: string;
  readonly type: string;
  /** What they are called, or what differs in them. */
  readonly what: string;
}

/** Changes of one service, or of one layer that several share. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

function valueText(value: unknown): string {
  if (value === undefined) return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, " ");
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE - 1)}…` : line;
}

function tally(changes: readonly Change[]): string {
  const signs = { added: "+", removed: "−", changed: "~", renamed: "→" } as const;
  return (Object.keys(signs) as (keyof typeof signs)[])
    .map((kind) => [signs[kind], changes.filter((change) => change.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([sign, count]) => `${sign}${count}`)
    .join(" ");
}

function listed(items: readonly string[], most: number): string {
  const rest = items.length - most;
  return [...items.slice(0, most), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

/** What differs in resources of one type, what differs in most of them first. */
function propertiesText(changes: readonly Change[]): string {
  const found = new Map<string, number>();
  for (const { properties } of changes)
    for (const { path, from, to } of properties) {
      const [before, after] = [valueText(from), valueText(to)];
      // Two long values that only differ behind what is shown of them say nothing.
      const line = before === after ? path : `${path} ${before} → ${after}`;
      found.set(line, (found.get(line) ?? 0) + 1);
    }
  const lines = [...found].sort(([, one], [, other]) => other - one).map(([line, count]) => (count > 1 ? `${line} (${count}×)` : line));
  return listed(lines, MOST_PROPERTIES);
}

function row(type: string, changes: readonly Change[]): Row {
  const only = changes.filter(({ kind }) => kind === "added" || kind === "removed").map(({ name }) => name);
  const renamed = changes.flatMap(({ name, was }) => (was === undefined ? [] : [`${was} → ${name}`]));
  const names = [...renamed, ...only];
  const what = [...(names.length > 0 ? [listed(names, MOST_PROPERTIES)] : []), propertiesText(changes)].filter((part) => part !== "");
  return { counts: tally(changes), type: typeText(type), what: what.join("; ") };
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** Services by name, then what several share by layer. */
export function sections({ changes }: DiffDocument): Section[] {
  const groups = grouped(changes, ({ service, layer }) => (service === undefined ? `shared: ${layer}` : `service ${service}`));
  const titles = [...groups.keys()].sort(
    (one, other) => Number(one.startsWith("shared")) - Number(other.startsWith("shared")) || (one < other ? -1 : 1),
  );
  return titles.map((title) => ({
    title,
    rows: [...grouped(groups.get(title) ?? [], ({ type }) => type)].map(([type, all]) => row(type, all)),
  }));
}

/** What stands above {@link losses}: between two environments nothing is lost, but a store of the one may be missed in the other. */
export function lossTitle({ from, to }: DiffDocument): string {
  return from.environment === to.environment ? "Loses data" : `Keeps data in ${from.environment} alone`;
}

/** What loses data, each in words. */
export function losses({ changes, from, to }: DiffDocument): string[] {
  const same = from.environment === to.environment;
  return changes.filter(losesData).map(({ name, type, kind, replacedBy }) => {
    const verb = kind === "removed" ? (same ? "is deleted" : `is not in ${to.environment}`) : `is replaced by ${replacedBy.join(", ")}`;
    return `${name} (${typeText(type)}) ${verb}`;
  });
}

function signed(value: number, text: string): string {
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** Below a dollar in cents: a small change is none that is nothing. */
function dollars(value: number): string {
  const digits = Math.abs(value) < 1 ? 2 : 0;
  return Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function costText({ delta, from, to }: NonNullable<DiffDocument["monthlyUsd"]>): string {
  if (dollars(delta) === "0.00") return `the same cost, ${dollars(to)} $ a month`;
  return `${signed(delta, dollars(delta))} $ a month (${dollars(from)} → ${dollars(to)})`;
}

function timeText({ delta, from, to }: NonNullable<DiffDocument["minutes"]>): string {
  if (delta === 0) return `the same time to create, ${minutesText(to)}`;
  return `${signed(delta, minutesText(Math.abs(delta)))} to create (${minutesText(from)} → ${minutesText(to)})`;
}

/** Cost and time: `+1,234 $ a month (200 → 1,434), +3 min to create (24 → 27)`. */
export function deltas({ monthlyUsd, minutes }: Pick<DiffDocument, "monthlyUsd" | "minutes">): string[] {
  return [...(monthlyUsd ? [costText(monthlyUsd)] : []), ...(minutes ? [timeText(minutes)] : [])];
}

/** `12 added, 3 removed, 40 changed, 1 renamed, 900 the same`; that nothing differs where nothing does. */
export function countsText({ counts: { added, removed, changed, renamed, same } }: DiffDocument): string {
  if (added + removed + changed + renamed === 0) return `Nothing differs: ${same} resources are the same.`;
  return `${added} added, ${removed} removed, ${changed} changed, ${renamed} renamed, ${same} the same`;
}

/** `dev → prod`, or one environment and what it is compared with. */
export function titleOf({ from, to }: DiffDocument): string {
  if (from.environment !== to.environment) return `${from.environment} → ${to.environment}`;
  return `${to.environment}: ${from.source} → ${to.source}`;
}
