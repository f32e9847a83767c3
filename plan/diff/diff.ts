import { withoutAutoname } from "../../facts/kubernetes-autonaming";
import { REPLACEMENTS, replacingChanges } from "../../facts/replacements";
import { type Json, type PlannedResource, type Properties } from "../graph";
import { layerOf } from "../layers";
import { serviceOf } from "../owner";
import { isManaged } from "../schedule/operations";
import { type Change, type DiffDocument } from "./diff-schema";
import { normaliser, propertyChanges } from "./normalise";

export { type Change, DiffDocument } from "./diff-schema";

/** One side of a difference: a plan, or a real stack. */
export interface Side {
  readonly environment: string;
  /** Project and stack, as `project/stack`. */
  readonly stack: string;
  /** What it was read from, in words. */
  readonly source: string;
  readonly resources: readonly PlannedResource[];
  readonly monthlyUsd?: number;
  readonly minutes?: number;
}

/** What stays of a URN in every stack of every project: the types of the parents, the type and the name. */
function placeOf(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

/** A resource with its inputs as they are compared, worked out when they are first asked for. */
class Compared {
  private known: Json | undefined;

  constructor(
    readonly resource: PlannedResource,
    private readonly normalise: (value: Json) => Json,
  ) {}

  get inputs(): Json {
    return (this.known ??= this.normalise(withoutAutoname(this.resource.inputs)));
  }
}

function compared(side: Side): Map<string, Compared> {
  const normalise = normaliser({ environment: side.environment, project: side.stack.split("/")[0] ?? "" });
  return new Map(side.resources.filter(isManaged).map((resource) => [placeOf(resource.urn), new Compared(resource, normalise)]));
}

/** Each pair that is one resource on both sides, by its places on them. What has the same place is; then what one side says the other was called. */
function pairs(from: ReadonlyMap<string, Compared>, to: ReadonlyMap<string, Compared>): Map<string, string> {
  const found = new Map([...from.keys()].flatMap((place) => (to.has(place) ? [[place, place] as const] : [])));
  const taken = new Set(found.values());
  const pair = (before: string, after: string) => {
    if (!from.has(before) || found.has(before) || !to.has(after) || taken.has(after)) return;
    found.set(before, after);
    taken.add(after);
  };
  for (const [after, { resource }] of to) for (const alias of resource.aliases ?? []) pair(placeOf(alias), after);
  for (const [before, { resource }] of from) for (const alias of resource.aliases ?? []) pair(before, placeOf(alias));
  return found;
}

/** What one side has and the other may have too. */
function changeOf(kind: Change["kind"], { resource }: Compared, side: Side, about: Partial<Change> = {}): Change {
  const service = serviceOf(resource, side.resources);
  return {
    kind,
    type: resource.type,
    name: resource.name,
    layer: layerOf(resource),
    ...(service !== undefined && { service }),
    stateful: REPLACEMENTS[resource.type]?.stateful ?? false,
    replacedBy: [],
    properties: [],
    ...about,
  };
}

/** How two forms of one resource differ; undefined when they don't. */
function compare(before: Compared, after: Compared, from: Side, to: Side): Change | undefined {
  // What two plans of one process share needs no look.
  if (before.resource === after.resource) return undefined;
  const properties = propertyChanges(before.inputs, after.inputs);
  const renamed = placeOf(before.resource.urn) !== placeOf(after.resource.urn);
  if (!renamed && properties.length === 0) return undefined;
  // Another environment is another stack: nothing of the one replaces anything of the other.
  const replacing =
    from.environment === to.environment
      ? replacingChanges(after.resource.type, before.inputs as Properties, after.inputs as Properties).map(({ path }) => path)
      : [];
  return changeOf(renamed ? "renamed" : "changed", after, to, {
    ...(renamed && { was: before.resource.name }),
    replacedBy: replacing,
    properties,
  });
}

/** True when a change loses data, or the only way to it. */
export function losesData({ kind, stateful, replacedBy }: Change): boolean {
  return stateful && (kind === "removed" || replacedBy.length > 0);
}

function inOrder(one: Change, other: Change): number {
  const key = (change: Change) =>
    [losesData(change) ? 0 : 1, change.service ?? "~", change.layer, change.type, change.name, change.kind].join("\u0000");
  return key(one) < key(other) ? -1 : 1;
}

function delta(from: number | undefined, to: number | undefined): { from: number; to: number; delta: number } | undefined {
  return from === undefined || to === undefined ? undefined : { from, to, delta: to - from };
}

/** What differs between two sides, without what follows from their names. Of a side with itself nothing does; the other way round it is the mirror image. */
export function diffOf(from: Side, to: Side): DiffDocument {
  const before = compared(from);
  const after = compared(to);
  const matched = pairs(before, after);
  const kept = new Set(matched.values());
  const changes = [
    ...[...before].flatMap(([place, one]) => (matched.has(place) ? [] : [changeOf("removed", one, from)])),
    ...[...after].flatMap(([place, one]) => (kept.has(place) ? [] : [changeOf("added", one, to)])),
    ...[...matched].flatMap(([place, other]) => {
      const [one, two] = [before.get(place), after.get(other)];
      const change = one && two && compare(one, two, from, to);
      return change ? [change] : [];
    }),
  ].sort(inOrder);
  const count = (kind: Change["kind"]) => changes.filter((change) => change.kind === kind).length;
  const [changed, renamed] = [count("changed"), count("renamed")];
  const [money, minutes] = [delta(from.monthlyUsd, to.monthlyUsd), delta(from.minutes, to.minutes)];
  const nameOf = ({ environment, stack, source }: Side) => ({ environment, stack, source });
  return {
    from: nameOf(from),
    to: nameOf(to),
    changes,
    counts: { added: count("added"), removed: count("removed"), changed, renamed, same: matched.size - changed - renamed },
    ...(money && { monthlyUsd: money }),
    ...(minutes && { minutes }),
  };
}
