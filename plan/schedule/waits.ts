import { requiredOrder } from "../../facts/durations/required-orders";
import { type PlannedResource } from "../graph";
import { type Order } from "./task-graph";

/** What a task stands for. */
export interface Tasks {
  /** By index; after the resources stands, for each component of another process, its end. */
  readonly urns: readonly string[];
  readonly orders: readonly Order[];
}

/** A provider as a resource names it, `urn::id`, without the id. */
function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

/** The components of other processes that a resource is in, from the inside out. */
function enclosing(resources: readonly PlannedResource[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const find = (resource: PlannedResource): readonly string[] => {
    const known = all.get(resource.urn);
    if (known) return known;
    const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
    const above = parent ? find(parent) : [];
    const own = resource.remote ? [resource.urn, ...above] : above;
    all.set(resource.urn, own);
    return own;
  };
  for (const resource of resources) find(resource);
  return all;
}

/**
 * What waits for what while a program runs, as the SDK and the engine do it: a registration is sent once its inputs, its `dependsOn`, its parent, its provider
 * and what it is deleted with are there. A component is there as soon as it is registered; one of another process answers once all of its children are,
 * so that whoever takes any output of it waits for the slowest of them.
 * Source: `prepareResource` in sdk/nodejs/runtime/resource.ts and `construct` in sdk/nodejs/provider/server.ts of pulumi 3.248 (2026-11).
 */
export function waits(resources: readonly PlannedResource[]): Tasks {
  const remote = resources.filter(({ remote: isRemote }) => isRemote);
  const index = new Map(resources.map(({ urn }, position) => [urn, position]));
  const ends = new Map(remote.map(({ urn }, position) => [urn, resources.length + position]));
  const within = enclosing(resources);
  const orders = new Map<number, Order>();
  const size = resources.length + remote.length;
  const add = (from: number | undefined, to: number | undefined, forced: boolean) => {
    if (from === undefined || to === undefined || from === to) return;
    const key = from * size + to;
    if (forced || !orders.has(key)) orders.set(key, { from, to, forced });
  };

  const waitFor = (urn: string, resource: PlannedResource, forced: boolean) => {
    const to = index.get(resource.urn);
    add(index.get(urn), to, forced);
    const inside = within.get(resource.urn) ?? [];
    for (const component of within.get(urn) ?? []) if (!inside.includes(component)) add(ends.get(component), to, false);
  };

  for (const resource of resources) {
    const { urn, parent, provider, deletedWith, dependencies, propertyDependencies, custom } = resource;
    const carrying = new Set(custom ? Object.values(propertyDependencies).flat() : []);
    for (const dependency of new Set([...dependencies, ...Object.values(propertyDependencies).flat()])) {
      const before = resources[index.get(dependency) ?? -1];
      if (before) waitFor(dependency, resource, carrying.has(dependency) || requiredOrder(before.type, resource.type) !== undefined);
    }
    if (parent !== undefined) add(index.get(parent), index.get(urn), false);
    if (provider !== undefined) add(index.get(providerUrn(provider)), index.get(urn), true);
    if (deletedWith !== undefined) waitFor(deletedWith, resource, false);
    for (const component of within.get(urn) ?? []) add(index.get(urn), ends.get(component), true);
  }
  return { urns: [...resources.map(({ urn }) => urn), ...remote.map(({ urn }) => urn)], orders: [...orders.values()] };
}
