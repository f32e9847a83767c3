import { type PendingOperation, type State, type StateResource } from "./state";

/** What a resource can't do without: each must come before it in a state. Source: `Snapshot.VerifyIntegrity` of pulumi 3.260 (2026-11-26). */
function needs({ parent, dependencies, propertyDependencies, deletedWith, provider }: StateResource): Set<string> {
  const owned = provider?.slice(0, provider.lastIndexOf("::"));
  const all = [
    parent,
    deletedWith,
    owned,
    ...(dependencies ?? []),
    ...Object.values(propertyDependencies ?? {}).flatMap((urns) => urns ?? []),
  ];
  return new Set(all.filter((urn): urn is string => typeof urn === "string" && urn !== ""));
}

/** URNs that a pending resource needs and a state does not have. */
export function missingFor(resource: StateResource, resources: readonly StateResource[]): string[] {
  const there = new Set(resources.map(({ urn }) => urn));
  return [...needs(resource)].filter((urn) => !there.has(urn));
}

/** The first place after everything that a resource needs. */
function placeOf(resource: StateResource, resources: readonly StateResource[]): number {
  const waiting = needs(resource);
  let place = 0;
  for (const [index, { urn }] of resources.entries()) if (waiting.delete(urn)) place = index + 1;
  return place;
}

/** How a pending creation becomes a resource. */
export interface Adoption {
  readonly id: string;
  /** True when the provider must import it, because the id is none of a state's. */
  readonly imported: boolean;
}

/**
 * A resource for what a pending creation made: under its URN, parent, provider and dependencies, with the id that was found.
 * It is marked to be read through its provider before the next operation, which gives it the outputs, and takes it out again if it is gone
 * by then. Until then its outputs are its inputs, so that nothing that can't be read back (a password) looks changed; without outputs the provider
 * imports it. Source: `RefreshStep.Apply` and `deploymentExecutor.refresh` of pulumi 3.260; `Provider.Read` of pulumi-terraform-bridge (2026-11-26).
 */
function adopted({ resource }: PendingOperation, { id, imported }: Adoption): StateResource {
  const { outputs: _, ...rest } = resource;
  return { ...rest, custom: true, id, refreshBeforeUpdate: true, ...(!imported && { outputs: resource.inputs ?? {} }) };
}

/**
 * Puts what a pending creation made among the resources of a state. What it was to replace waits to be deleted, as after a creation that the engine
 * saw the end of; what was deleted to make room for it goes.
 */
export function adopt(resources: readonly StateResource[], operation: PendingOperation, adoption: Adoption): StateResource[] {
  const { urn } = operation.resource;
  const others = resources
    .filter((one) => one.urn !== urn || !(one.pendingReplacement ?? false))
    .map((one) => (one.urn === urn ? { ...one, delete: true } : one));
  const resource = adopted(operation, adoption);
  const place = placeOf(resource, others);
  return [...others.slice(0, place), resource, ...others.slice(place)];
}

/** Marks a resource to be read through its provider before the next operation. */
export function reread(resources: readonly StateResource[], urn: string, id: string | undefined): StateResource[] {
  return resources.map((one) => (one.urn === urn && (id === undefined || one.id === id) ? { ...one, refreshBeforeUpdate: true } : one));
}

/** A state with other resources, and nothing pending. */
export function settled(state: State, resources: readonly StateResource[]): State {
  const { pending_operations: _, ...deployment } = state.deployment;
  return { ...state, deployment: { ...deployment, resources: [...resources] } };
}
