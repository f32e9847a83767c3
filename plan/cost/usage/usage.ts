import { type CostAssumptionId } from "../../../facts/cost-assumptions";
import { type StackGraph } from "../../../policy/lib/graph";
import { append } from "../../../policy/lib/multimap";
import { type PlannedResource } from "../../graph";
import { type Assuming, type Assumptions } from "../assumptions";
import { type ServiceUse } from "../services";

/** Reads an assumption. */
export type Assume = (id: CostAssumptionId) => number;

export const KB_PER_GB = 1_000_000;
export const MILLION = 1_000_000;
export const DAYS_PER_MONTH = 730 / 24;

/** Something that is paid by use, before it has a price. */
export type UsageCharge =
  | {
      readonly kind: "usage";
      readonly what: string;
      /** Row of `facts/prices`; one that is not there is unpriced. */
      readonly item: string;
      /** Units of the item in a month. */
      readonly quantity: number;
      /** Ids of what the quantity was computed with. */
      readonly assumptions: readonly string[];
      /** The service that uses it, where the resource is shared. */
      readonly service?: string;
    }
  /** What it costs is not known. */
  | { readonly kind: "unpriced"; readonly what: string; readonly why: string };

/** What usage is computed from. */
export interface UsageContext {
  readonly graph: StackGraph;
  readonly resources: readonly PlannedResource[];
  readonly services: readonly ServiceUse[];
  readonly assumptions: Assumptions;
  /** The service a resource exists for alone. */
  owner(resource: { readonly urn: string }): ServiceUse | undefined;
  /** Computes something once. */
  once<Value>(compute: (context: UsageContext) => Value): Value;
}

/** What resources of some types are paid for by use. */
export interface UsagePricer {
  readonly types: readonly string[];
  readonly charges: (resource: PlannedResource, context: UsageContext) => readonly UsageCharge[];
}

/** So many units of an item in a month; none of them is no charge. */
export function used(what: string, item: string, quantity: number, assuming: Assuming, service?: string): UsageCharge[] {
  return quantity > 0
    ? [{ kind: "usage", what, item, quantity, assumptions: [...assuming.ids], ...(service !== undefined && { service }) }]
    : [];
}

/** A quantity with what it was computed with. */
export function amountOf(context: UsageContext, compute: (assume: Assume) => number): { value: number; ids: Assuming } {
  const assuming = context.assumptions.assuming();
  return { value: compute(assuming), ids: assuming };
}

/** One charge whose quantity follows from assumptions. */
export function charge(
  context: UsageContext,
  what: string,
  item: string,
  compute: (assume: Assume) => number,
  service?: string,
): UsageCharge[] {
  const { value, ids } = amountOf(context, compute);
  return used(what, item, value, ids, service);
}

export function sumOf<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0);
}

/** For each name, the services that are bound to something so called. */
function boundTo({ services }: UsageContext): ReadonlyMap<string, readonly ServiceUse[]> {
  const found = new Map<string, ServiceUse[]>();
  for (const service of services) for (const to of new Set(service.bindings.map((binding) => binding.to))) append(found, to, service);
  return found;
}

/** Services with a binding of one of these kinds, to this name and with this access where they are given. */
export function usersOf(context: UsageContext, kinds: readonly string[], to?: string, access?: string): readonly ServiceUse[] {
  const services = to === undefined ? context.services : (context.once(boundTo).get(to) ?? []);
  return services.filter(({ bindings }) =>
    bindings.some(
      (binding) =>
        kinds.includes(binding.kind) && (to === undefined || binding.to === to) && (access === undefined || binding.access === access),
    ),
  );
}

/** Requests a month of some services, each with as much as reaches the environment. */
export function requestsOf(services: readonly ServiceUse[], assume: Assume): number {
  assume("demand.share");
  return sumOf(services, ({ requests }) => requests);
}
