import { isPriceItem, price } from "../../facts/prices/price";
import { type FixedPrice, fixedPrice } from "../../policy/lib/price/fixed-price";
import { regionOf } from "../../policy/lib/price/region";
import { StackGraph } from "../../policy/lib/graph";
import { append } from "../../policy/lib/multimap";
import { type PlannedResource } from "../graph";
import { layerOf } from "../layers";
import { serviceOf } from "../owner";
import { type PlanDocument } from "../plan-schema";
import { Assumptions, type AssumptionValues } from "./assumptions";
import { type CostDocument, type CostLine, type Unpriced } from "./cost-schema";
import { fromMicro, micro, sumUsd } from "./money";
import { DEMAND_ASSUMPTION, usesOf } from "./services";
import { sharesOf } from "./shares";
import { usageOf } from "./usage";
import { type UsageCharge, type UsageContext } from "./usage/usage";

export type { Assumption, CostDocument, CostLine, Unpriced } from "./cost-schema";

const PLATFORM_TYPE = "strata:stacks:Platform";

/** What costs are computed with, besides the resources. */
export interface CostOptions {
  /** Region of the environment, such as `us-east-1`. */
  readonly region: string;
  /** Values that are known better than the assumptions. */
  readonly assumptions?: AssumptionValues;
}

/** Everything a line says of the resource it is for. */
type Subject = Pick<CostLine, "urn" | "name" | "layer"> & { readonly service?: string };

function subjectOf(resource: PlannedResource, service: string | undefined): Subject {
  return { urn: resource.urn, name: resource.name, layer: layerOf(resource), ...(service !== undefined && { service }) };
}

function amount(quantity: number, usdPerUnit: number): number {
  return fromMicro(micro(quantity * usdPerUnit));
}

function fixedLines(subject: Subject, { lines }: FixedPrice): CostLine[] {
  return lines.map(({ what, item, quantity, unit, unitPrice, source, date }) => ({
    ...subject,
    what,
    item,
    quantity,
    unit,
    usdPerUnit: unitPrice,
    monthlyUsd: amount(quantity, unitPrice),
    basis: "fixed",
    assumptions: [],
    source,
    date,
  }));
}

/** What a resource costs, and what of it nobody can say. */
interface Priced {
  readonly lines: CostLine[];
  readonly unpriced: Unpriced[];
}

function usageLine(resource: PlannedResource, charge: UsageCharge, owner: string | undefined, region: string | undefined): Priced {
  const service = charge.kind === "usage" ? (charge.service ?? owner) : owner;
  const subject = subjectOf(resource, service);
  const { what } = charge;
  if (charge.kind === "unpriced") return { lines: [], unpriced: [{ ...subject, what, why: charge.why }] };
  const { item, quantity, assumptions } = charge;
  const found = region !== undefined && isPriceItem(item) ? price(item, region) : undefined;
  if (found === undefined)
    return {
      lines: [],
      unpriced: [{ ...subject, what, why: `the price of ${item} in ${region ?? "an unknown region"} is not among the facts` }],
    };
  const { usd, unit, source, date } = found;
  const line: CostLine = {
    ...subject,
    what,
    item,
    quantity,
    unit,
    usdPerUnit: usd,
    monthlyUsd: amount(quantity, usd),
    basis: "usage",
    assumptions: [...assumptions],
    source,
    date,
  };
  return { lines: [line], unpriced: [] };
}

function priceOf(resource: PlannedResource, context: UsageContext): Priced {
  const owner = serviceOf(resource, context.resources);
  const subject = subjectOf(resource, owner);
  const fixed = fixedPrice(resource, context.graph);
  const usage = usageOf(resource, context);
  const priced = (usage ?? []).map((charge) => usageLine(resource, charge, owner, regionOf(resource, context.graph)));
  return {
    lines: [...(fixed ? fixedLines(subject, fixed) : []), ...priced.flatMap(({ lines }) => lines)],
    unpriced: [
      ...(fixed?.unpriced ?? []).map(({ what, why }) => ({ ...subject, what, why })),
      ...(fixed?.unknown ?? []).map(({ what, property }) => ({ ...subject, what, why: `${property} is not known yet` })),
      ...(usage === undefined ? (fixed?.usage ?? []) : []).map((what) => ({
        ...subject,
        what,
        why: "nothing declares how much it is used",
      })),
      ...priced.flatMap(({ unpriced }) => unpriced),
    ],
  };
}

function contextOf(resources: readonly PlannedResource[], services: PlanDocument["services"], assumptions: Assumptions): UsageContext {
  const uses = usesOf(resources, services, assumptions);
  const byName = new Map(uses.map((use) => [use.name, use]));
  const known = new Map<unknown, unknown>();
  const context: UsageContext = {
    graph: new StackGraph(resources),
    resources,
    services: uses,
    assumptions,
    owner: (resource) => byName.get(serviceOf(resource as PlannedResource, resources) ?? ""),
    once: (compute) => {
      if (!known.has(compute)) known.set(compute, compute(context));
      return known.get(compute) as ReturnType<typeof compute>;
    },
  };
  return context;
}

function layers(lines: readonly CostLine[]): CostDocument["totals"]["byLayer"] {
  const names = [...new Set(lines.map(({ layer }) => layer))];
  return names
    .map((layer) => ({ layer, monthlyUsd: sumUsd(lines.filter((line) => line.layer === layer).map(({ monthlyUsd }) => monthlyUsd)) }))
    .sort((one, other) => other.monthlyUsd - one.monthlyUsd);
}

function byService(
  names: readonly string[],
  lines: readonly CostLine[],
  shares: CostDocument["shares"],
): CostDocument["totals"]["byService"] {
  const own = new Map<string, number[]>();
  for (const { service, monthlyUsd } of lines) if (service !== undefined) append(own, service, monthlyUsd);
  const shared = new Map<string, number[]>();
  for (const { parts } of shares) for (const { service, monthlyUsd } of parts) append(shared, service, monthlyUsd);
  return names
    .map((service) => {
      const ownUsd = sumUsd(own.get(service) ?? []);
      const sharedUsd = sumUsd(shared.get(service) ?? []);
      return { service, ownUsd, sharedUsd, monthlyUsd: sumUsd([ownUsd, sharedUsd]) };
    })
    .sort((one, other) => other.monthlyUsd - one.monthlyUsd || one.service.localeCompare(other.service));
}

/** What the component of a service, or of the platform, says that it may cost. */
function budgetOf({ inputs }: PlannedResource): number | undefined {
  const budget = inputs["budget"];
  const usd = typeof budget === "object" && budget !== null && !Array.isArray(budget) ? budget["monthlyUsd"] : undefined;
  return typeof usd === "number" ? usd : undefined;
}

function limit(monthlyUsd: number | undefined, costs: number): { monthlyUsd: number; over: boolean } | undefined {
  return monthlyUsd === undefined ? undefined : { monthlyUsd, over: costs > monthlyUsd };
}

/**
 * What an environment costs a month at list prices: what is paid in any case, from `policy/lib/price`, and what is paid by use, from the demand
 * that its services declare. Pure: the same resources, services and assumptions always cost the same.
 */
export function costOf(
  resources: readonly PlannedResource[],
  services: PlanDocument["services"],
  { region, assumptions: given = {} }: CostOptions,
): CostDocument {
  const platform = resources.find(({ type }) => type === PLATFORM_TYPE);
  const assumptions = new Assumptions(platform?.inputs["durable"] === true, given);
  const context = contextOf(resources, services, assumptions);
  const priced = resources.map((resource) => priceOf(resource, context));
  const lines = priced.flatMap((one) => one.lines);
  const shares = sharesOf(lines, context);
  const monthlyUsd = sumUsd(lines.map((line) => line.monthlyUsd));
  const all = byService(
    services.map(({ name }) => name),
    lines,
    shares,
  );
  const ownUsd = new Map(all.map((one) => [one.service, one.ownUsd]));
  const budget = limit(platform && budgetOf(platform), monthlyUsd);
  return {
    region,
    currency: "USD",
    lines,
    unpriced: priced.flatMap((one) => one.unpriced),
    assumptions: assumptions.list(new Set([DEMAND_ASSUMPTION, ...lines.flatMap((line) => line.assumptions)])),
    totals: {
      monthlyUsd,
      byLayer: layers(lines),
      byService: all,
      unattributedUsd: fromMicro(micro(monthlyUsd) - all.reduce((sum, one) => sum + micro(one.monthlyUsd), 0)),
    },
    shares,
    ...(budget && { budget }),
    serviceBudgets: context.services.flatMap(({ name, resource }) => {
      const found = limit(budgetOf(resource), ownUsd.get(name) ?? 0);
      return found ? [{ service: name, ...found }] : [];
    }),
    whatIf: [],
  };
}
