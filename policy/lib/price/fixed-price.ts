import { isPriceItem, price } from "../../../facts/prices/price";
import type { PriceUnit } from "../../../facts/prices/table";
import type { StackGraph } from "../graph";
import type { StackResource } from "../resource";
import type { Charge, Pricer } from "./charge";
import { CLUSTER_PRICERS } from "./clusters";
import { COMPUTE_PRICERS } from "./compute";
import { DATABASE_PRICERS } from "./databases";
import { costsNothing } from "./free";
import { MESSAGING_PRICERS } from "./messaging";
import { NETWORK_PRICERS } from "./network";
import { regionOf } from "./region";
import { SECURITY_PRICERS } from "./security";
import { STORAGE_PRICERS } from "./storage";
import { USAGE_PRICERS } from "./usage";
import { VISIBILITY_PRICERS } from "./visibility";

/** Something that costs the same every month, at list prices without tax, free tier or discount. */
export interface PriceLine {
  readonly what: string;
  /** Row of `facts/prices`. */
  readonly item: string;
  /** Units a month, such as 730 hours of each copy. */
  readonly quantity: number;
  readonly unit: PriceUnit;
  /** US dollars a unit. */
  readonly unitPrice: number;
  readonly usdPerMonth: number;
  /** Where the price was read. */
  readonly source: string;
  /** Month in which it was read, such as `2026-11`. */
  readonly date: string;
}

/** Something that costs money all the time, of which nobody here knows how much. Never counted as nothing: say it. */
export interface UnpricedLine {
  readonly what: string;
  readonly why: string;
}

/** Something whose cost an input decides that is not known yet. */
export interface UnknownLine {
  readonly what: string;
  readonly property: string;
}

/** What a resource costs whether it is used or not. */
export interface FixedPrice {
  readonly lines: readonly PriceLine[];
  readonly unpriced: readonly UnpricedLine[];
  readonly unknown: readonly UnknownLine[];
  /** What is paid by use on top, such as `requests`. */
  readonly usage: readonly string[];
}

const ALL: readonly Pricer[] = [
  ...NETWORK_PRICERS,
  ...COMPUTE_PRICERS,
  ...CLUSTER_PRICERS,
  ...DATABASE_PRICERS,
  ...MESSAGING_PRICERS,
  ...STORAGE_PRICERS,
  ...SECURITY_PRICERS,
  ...VISIBILITY_PRICERS,
  ...USAGE_PRICERS,
];
const PRICERS: ReadonlyMap<string, Pricer> = new Map(ALL.flatMap((pricer) => pricer.types.map((type) => [type, pricer])));

/**
 * What a resource costs a month whether it is used or not, with 730 hours.
 * @returns undefined for what costs nothing by itself: components, permissions, settings of other resources.
 */
export function fixedPrice(resource: StackResource, graph: StackGraph): FixedPrice | undefined {
  const pricer = PRICERS.get(resource.type);
  if (pricer !== undefined) return priced(pricer.charges(resource, graph), regionOf(resource, graph));
  return costsNothing(resource.type)
    ? undefined
    : priced([{ kind: "unpriced", what: resource.type, why: "its price is not among the facts" }]);
}

/** US dollars a month of what has a price. */
export function usdPerMonth({ lines }: FixedPrice): number {
  return lines.reduce((sum, line) => sum + line.usdPerMonth, 0);
}

function priced(charges: readonly Charge[], region?: string): FixedPrice {
  const result = { lines: [] as PriceLine[], unpriced: [] as UnpricedLine[], unknown: [] as UnknownLine[], usage: [] as string[] };
  for (const charge of charges) {
    if (charge.kind === "usage") result.usage.push(charge.what);
    else if (charge.kind === "unknown") result.unknown.push({ what: charge.what, property: charge.property });
    else if (charge.kind === "unpriced") result.unpriced.push({ what: charge.what, why: charge.why });
    else if (region === undefined) result.unknown.push({ what: charge.what, property: "region" });
    else {
      const { what, item, quantity } = charge;
      const found = isPriceItem(item) ? price(item, region) : undefined;
      if (found === undefined) result.unpriced.push({ what, why: `the price of ${item} in ${region} is not among the facts` });
      else {
        const { unit, usd: unitPrice, source, date } = found;
        result.lines.push({ what, item, quantity, unit, unitPrice, usdPerMonth: quantity * unitPrice, source, date });
      }
    }
  }
  return result;
}
