import { z } from "zod";
import { SERVICE_COMPONENT } from "../../lib/declared-service";
import type { StackGraph } from "../../lib/graph";
import { append } from "../../lib/multimap";
import type { Doubt } from "../../lib/network/groups";
import { budgetOf, budgetVerdict } from "../../lib/price/budget";
import { type Total, totalOf } from "../../lib/price/total";
import { analyse, type Reachability } from "../../lib/reachability";
import type { StackResource } from "../../lib/resource";
import { notEvaluated, stackRule, type Verdict } from "../../lib/rule";
import { DB_CLUSTERS, DB_INSTANCE, SERVERLESS_WORKGROUP, WAREHOUSE } from "../../lib/stores/store-rule";

const config = z.strictObject({
  monthlyUsd: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe("Most a service may cost in a month, by its name, in USD at list prices. Default: what the service declares."),
});

/** Stores that one service has for itself. Message buses and caches are shared, also with those that reach them in other ways than by the network. */
const OWNED = [...DB_CLUSTERS, DB_INSTANCE, WAREHOUSE, SERVERLESS_WORKGROUP];

/**
 * Counts what is below the component of a service, and the databases that it alone of all services reaches. What several share is nobody's: no rule
 * of sharing it out is right for all. A database of which it can't be told leaves open only a budget that holds without it and not with it.
 */
export const serviceFitsItsBudget = stackRule({
  id: "service-fits-its-budget",
  title: "What a service and its own stores cost before anybody uses them is within its budget",
  severity: "low",
  why: "A team sees what its service costs weeks later, among everybody else's: a store that one service alone uses is often most of it.",
  fix: "Make what the message names smaller, or raise monthlyUsd of the service in strata:services.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/practice-cloud-financial-management.html"],
  frameworks: [],
  config,
  check: (stack, { monthlyUsd }) => {
    const asked = stack.ofType(SERVICE_COMPONENT).flatMap((service) => {
      const budget = budgetOf(service, Object.hasOwn(monthlyUsd, service.name) ? monthlyUsd[service.name] : undefined);
      return budget === undefined ? [] : [{ service, budget }];
    });
    if (asked.length === 0) return [];
    const below = descendants(stack);
    const stores = ownStores(stack);
    const withStores = (service: StackResource, owned: readonly Owned[]): Total => {
      const roots = [service, ...owned.map(({ root }) => root)];
      return totalOf([...new Set(roots.flatMap((root) => [root, ...(below.get(root.urn) ?? [])]))], stack);
    };
    return asked.flatMap(({ service, budget }): Verdict[] => {
      const all = stores.get(service.name) ?? [];
      const certain = all.filter(({ doubt }) => doubt === undefined);
      const least = budgetVerdict(service, budget, withStores(service, certain));
      const [unclear] = all.filter(({ doubt }) => doubt !== undefined);
      if (unclear?.doubt === undefined || least.some(({ kind }) => kind === "fail")) return least;
      const { root, doubt } = unclear;
      const why = `whether ${root.name} is its alone is not known yet: ${doubt.why} (${doubt.urn})`;
      return budgetVerdict(service, budget, withStores(service, all)).map((most) =>
        most.kind === "fail" ? notEvaluated(service.urn, why, doubt.property) : most,
      );
    });
  },
});

/** Everything below each component. */
function descendants(stack: StackGraph): ReadonlyMap<string, readonly StackResource[]> {
  const result = new Map<string, StackResource[]>();
  for (const resource of stack.resources) for (const ancestor of stack.ancestors(resource)) append(result, ancestor.urn, resource);
  return result;
}

/** A database that a service has for itself. */
interface Owned {
  /** The component that stands for it, with all that belongs to it. */
  readonly root: StackResource;
  /** Why the service may not reach it, or another one may too; absent where the rules of the network leave no other reading. */
  readonly doubt?: Doubt;
}

/** By service, the databases that no other service reaches, as far as can be told. */
function ownStores(stack: StackGraph): ReadonlyMap<string, readonly Owned[]> {
  const services = new Set(stack.ofType(SERVICE_COMPONENT).map(({ name }) => name));
  const analysed = analyse(stack);
  const users = usersOf(analysed, services);
  const outward = outwardDoubts(analysed, services);
  const result = new Map<string, Owned[]>();
  for (const store of stack.ofType(...OWNED)) {
    const [user, ...others] = users.get(store.urn) ?? [];
    if (others.length > 0) continue;
    const root = rootOf(store, stack);
    const [letsIn] = analysed.inward.get(store.urn) ?? [];
    const more = [...services].filter((service) => service !== user).map((service) => ({ service, doubt: letsIn ?? outward.get(service) }));
    if (user !== undefined) append(result, user, { root, doubt: more.find(({ doubt }) => doubt !== undefined)?.doubt });
    else for (const { service, doubt } of more) if (doubt !== undefined) append(result, service, { root, doubt });
  }
  return result;
}

/** The services that are known to reach each resource, by its URN. */
function usersOf({ reaches }: Reachability, services: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const { from, toUrn } of reaches) {
    if (toUrn !== undefined && services.has(from)) users.set(toUrn, (users.get(toUrn) ?? new Set()).add(from));
  }
  return users;
}

/** By service, why it may reach more of the stack than is known; how it gets out to the internet is no matter here. */
function outwardDoubts({ endpoints }: Reachability, services: ReadonlySet<string>): ReadonlyMap<string, Doubt> {
  const result = new Map<string, Doubt>();
  for (const { name, doubts, groups } of endpoints) {
    const [doubt] = [...doubts, ...groups.flatMap(({ egressDoubts }) => egressDoubts)];
    if (services.has(name) && doubt !== undefined) result.set(name, doubt);
  }
  return result;
}

/** The component that stands for a store, with all that belongs to it; else the store. */
function rootOf(store: StackResource, stack: StackGraph): StackResource {
  const parent = store.parent === undefined ? undefined : stack.get(store.parent);
  return parent?.type.startsWith("strata:persistence:") === true ? parent : store;
}
