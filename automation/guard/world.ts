import { type Change, changesOf } from "./changes";
import { type GuardAbout, type KnownResource } from "./finding";
import { type GuardStep } from "./step";

/** Everything the rules of the guard look at. */
export interface World {
  readonly about: GuardAbout;
  readonly steps: readonly GuardStep[];
  readonly changes: readonly Change[];
  /** Changes by URN. */
  readonly changed: ReadonlyMap<string, Change>;
  readonly allowed: ReadonlySet<string>;
  /** URNs of what is there before the update, as far as anything tells. */
  readonly existing: ReadonlySet<string>;
  /** URNs that wait for a resource, directly or by way of others. */
  readonly dependentsOf: (urn: string) => ReadonlySet<string>;
  /** Why a change comes with another one: the resource that its replacing value comes from, or that takes it along. */
  readonly causeOf: (change: Change, paths: readonly string[]) => string | undefined;
}

export function worldOf(steps: readonly GuardStep[], about: GuardAbout): World {
  const planned: readonly KnownResource[] = about.plan?.resources ?? [];
  const declared = new Map(planned.map(({ urn, deleteBeforeReplace }) => [urn, deleteBeforeReplace === true]));
  const changes = changesOf(steps, (urn) => (declared.get(urn) === true ? true : undefined));
  const known = [...planned, ...(about.state ?? [])];
  const dependents = directDependents(steps, known);
  const knownByUrn = new Map(known.map((resource) => [resource.urn, resource]));
  const changed = new Map(changes.map((change) => [change.urn, change]));
  return {
    about,
    steps,
    changes,
    changed,
    allowed: new Set(about.allowReplace),
    existing: new Set([...steps.flatMap(({ urn, before }) => (before ? [urn] : [])), ...(about.state ?? []).map(({ urn }) => urn)]),
    dependentsOf: (urn) => reachable(urn, dependents),
    causeOf: (change, paths) => causeOf(change, paths, changed, knownByUrn.get(change.urn)),
  };
}

/** Who waits for whom: by what the steps, the plan and the state say together. */
function directDependents(steps: readonly GuardStep[], known: readonly KnownResource[]): ReadonlyMap<string, ReadonlySet<string>> {
  const dependents = new Map<string, Set<string>>();
  const add = (urn: string, on: readonly (string | undefined)[]): void => {
    for (const one of on) if (one !== undefined && one !== urn) dependents.set(one, (dependents.get(one) ?? new Set()).add(urn));
  };
  for (const { urn, before, after } of steps)
    for (const state of [before, after])
      if (state) add(urn, [...state.dependencies, ...Object.values(state.propertyDependencies).flat(), state.deletedWith]);
  for (const { urn, dependencies, deletedWith } of known) add(urn, [...dependencies, deletedWith]);
  return dependents;
}

function reachable(from: string, edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [from];
  for (let urn = open.pop(); urn !== undefined; urn = open.pop())
    for (const next of edges.get(urn) ?? [])
      if (next !== from && !found.has(next)) {
        found.add(next);
        open.push(next);
      }
  return found;
}

function causeOf(
  { urn, kind, before, after }: Change,
  paths: readonly string[],
  changed: ReadonlyMap<string, Change>,
  known: KnownResource | undefined,
): string | undefined {
  const goes = (other: string | undefined): other is string => other !== undefined && other !== urn && changed.has(other);
  const deletedWith = before?.deletedWith ?? known?.deletedWith;
  if (goes(deletedWith) && (kind === "delete" || paths.includes("deletedWith"))) return deletedWith;
  const provider = before?.provider?.slice(0, before.provider.lastIndexOf("::"));
  if (paths.includes("provider") && goes(provider)) return provider;
  if (kind === "delete") return goes(before?.parent) && changed.get(before.parent)?.kind === "delete" ? before.parent : undefined;
  const sources = { ...known?.propertyDependencies, ...after?.propertyDependencies };
  return paths.flatMap((path) => sources[path.split(/[.[]/)[0] ?? path] ?? []).find(goes);
}
