import type { StackGraph } from "../graph";
import type { StackResource } from "../resource";
import { type FixedPrice, fixedPrice, usdPerMonth } from "./fixed-price";

/** What some resources cost together whether they are used or not. */
export interface Total {
  /** US dollars a month of what has a price. */
  readonly usd: number;
  /** Those that cost most, the dearest first. */
  readonly dearest: readonly { readonly name: string; readonly usd: number }[];
  /** What costs money that is not counted, such as `orders-db: hours of db.m7g.large`. */
  readonly unpriced: readonly string[];
  /** As `unpriced`, with the property that is not known yet. */
  readonly unknown: readonly string[];
}

/** The sum over resources; each is priced once a graph. */
export function totalOf(resources: readonly StackResource[], graph: StackGraph): Total {
  const prices = graph.once(pricesOf);
  const result = { usd: 0, dearest: [] as { name: string; usd: number }[], unpriced: [] as string[], unknown: [] as string[] };
  for (const { urn, name } of resources) {
    const found = prices.get(urn);
    if (found === undefined) continue;
    const usd = usdPerMonth(found);
    result.usd += usd;
    if (usd > 0) result.dearest.push({ name, usd });
    result.unpriced.push(...found.unpriced.map(({ what }) => `${name}: ${what}`));
    result.unknown.push(...found.unknown.map(({ what, property }) => `${name}: ${what} (${property})`));
  }
  result.dearest.sort((one, other) => other.usd - one.usd || one.name.localeCompare(other.name));
  return result;
}

function pricesOf(graph: StackGraph): ReadonlyMap<string, FixedPrice> {
  return new Map(
    graph.resources.flatMap((resource) => {
      const found = fixedPrice(resource, graph);
      return found === undefined ? [] : [[resource.urn, found] as const];
    }),
  );
}
