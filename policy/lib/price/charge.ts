import { HOURS_PER_MONTH } from "../../../facts/prices/month";
import type { StackGraph } from "../graph";
import { elements, number, read, type Resource, type StackResource, text } from "../resource";

/** Something a resource is charged for, before it has a price. */
export type Charge =
  | {
      readonly kind: "fixed";
      readonly what: string;
      /** Row of `facts/prices`; one that is not there is unpriced. */
      readonly item: string;
      /** Units of the item in a month: hours of all copies, GB-months. */
      readonly quantity: number;
    }
  /** An input decides that is not known yet. */
  | { readonly kind: "unknown"; readonly what: string; readonly property: string }
  /** What it costs is not in the facts, whatever the region. */
  | { readonly kind: "unpriced"; readonly what: string; readonly why: string }
  /** Paid by use: nothing in the stack says how much. */
  | { readonly kind: "usage"; readonly what: string };

/** What resources of some types are charged for. */
export interface Pricer {
  readonly types: readonly string[];
  readonly charges: (resource: StackResource, graph: StackGraph) => readonly Charge[];
}

/** An input that a charge depends on: its value, or that it is not known yet. `property` names it either way. */
export interface Amount {
  readonly value: number | undefined;
  readonly property: string;
}

/** As `Amount`, of a word such as an instance type. */
export interface Word {
  readonly value: string | undefined;
  readonly property: string;
}

/** A number among the inputs; absent reads as the default of AWS. Not known without one. */
export function amount(resource: Resource, property: string, byDefault?: number): Amount {
  const reading = read(resource, property);
  return { value: reading.state === "absent" ? byDefault : number(reading), property };
}

/** A word among the inputs; absent reads as the default of AWS. Not known without one. */
export function word(resource: Resource, property: string, byDefault?: string): Word {
  const reading = read(resource, property);
  return { value: reading.state === "absent" ? byDefault : text(reading), property };
}

/** How many elements a list has; none when it is absent. */
export function listLength(resource: Resource, property: string): Amount {
  const reading = read(resource, property);
  return { value: reading.state === "unknown" ? undefined : elements(reading).length, property };
}

/** An amount that depends on others; not known as soon as one of them is not. */
export function combined(amounts: readonly Amount[], combine: (...values: number[]) => number): Amount {
  const missing = amounts.find(({ value }) => value === undefined);
  const [first] = amounts;
  if (missing !== undefined || first === undefined) return missing ?? { value: combine(), property: "" };
  return { value: combine(...amounts.map(({ value = 0 }) => value)), property: first.property };
}

/** So many things, each paid for by the hour all month. None of them is no charge. */
export function hourly(what: string, item: string | Word, count: Amount | number): Charge[] {
  return monthly(what, item, typeof count === "number" ? count * HOURS_PER_MONTH : combined([count], (value) => value * HOURS_PER_MONTH));
}

/** So many units of an item in a month. None of them is no charge. */
export function monthly(what: string, item: string | Word, quantity: Amount | number): Charge[] {
  const row = typeof item === "string" ? item : item.value;
  if (row === undefined) return [{ kind: "unknown", what, property: typeof item === "string" ? "" : item.property }];
  const units = typeof quantity === "number" ? quantity : quantity.value;
  if (units === undefined) return [{ kind: "unknown", what, property: typeof quantity === "number" ? "" : quantity.property }];
  return units > 0 ? [{ kind: "fixed", what, item: row, quantity: units }] : [];
}

/** Paid by use. */
export function usage(what: string): Charge {
  return { kind: "usage", what };
}

export function unpriced(what: string, why: string): Charge {
  return { kind: "unpriced", what, why };
}

/** What the item of a word is called in `facts/prices`, such as `ec2.` before an instance type. */
export function prefixed(prefix: string, { value, property }: Word): Word {
  return { value: value === undefined ? undefined : `${prefix}${value}`, property };
}
