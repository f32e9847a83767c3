import { type PriceItem } from "../../../facts/prices/price";
import { HOURS_PER_MONTH } from "./load";
import { type Case, type CostLine } from "./types";

/** US dollars as a person reads them. */
export function dollars(usd: number | undefined): string {
  return usd === undefined ? "unpriced" : `$${usd.toFixed(2)}`;
}

/** Price of a unit in the case's region; undefined when it is not known. */
export function unitPrice({ facts, environment }: Case, item: PriceItem): number | undefined {
  return facts.price(item, environment.region)?.usd;
}

/** A line of `quantity` units; unpriced when the price is not known. */
export function line(what: string, price: number | undefined, quantity: number): CostLine {
  return price === undefined ? { what } : { what, usd: price * quantity };
}

/** A line of something paid by the hour, all month. */
export function hourly(what: string, price: number | undefined, quantity: number): CostLine {
  return line(what, price, quantity * HOURS_PER_MONTH);
}

/** A share as a person reads it: 0.27 as `27 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** The option that costs least; of two that cost the same, or are unpriced, the first. */
export function least<Option>(options: readonly Option[], cost: (option: Option) => number | undefined): Option | undefined {
  let best: { readonly option: Option; readonly usd: number } | undefined;
  for (const option of options) {
    const usd = cost(option) ?? Infinity;
    if (best === undefined || usd < best.usd) best = { option, usd };
  }
  return best?.option;
}

/** Sum of the lines; undefined when one of them is unpriced. */
export function total(lines: readonly CostLine[]): number | undefined {
  return lines.reduce<number | undefined>((sum, { usd }) => (sum === undefined || usd === undefined ? undefined : sum + usd), 0);
}
