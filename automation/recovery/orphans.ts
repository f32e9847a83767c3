import { UserError } from "../../components/faults";
import { STATEFUL_TYPES } from "../../facts/replacements";
import { type PlannedResource, SECRET } from "../../plan/graph";
import { urnParts } from "../../policy/lib/urn";
import { type CloudSearch, type CloudThing, type StackName } from "./cloud-search";
import { adopt, missingFor, settled } from "./edit-state";
import { keepState } from "./kept-state";
import { isMadeUp } from "./made-up-name";
import { type PendingOperation, readEditable, type Report, type State, type StateAccess, type StateResource } from "./state";
import { namedOf } from "./templates";

/** Something in the cloud that carries the tags of a stack and is in no state. */
export interface Orphan extends CloudThing {
  /** It may hold data: it is deleted only when its whole id is said. */
  readonly stateful: boolean;
}

/** Tags that a service of AWS puts on what it makes itself: tasks, instances, interfaces. They come and go with what they belong to. */
const MADE_BY_A_SERVICE = /^aws:/;

function isKnown(thing: CloudThing, resources: readonly StateResource[], cloud: CloudSearch): boolean {
  return resources.some(({ type, id, outputs }) => {
    const arn = outputs?.["arn"];
    return typeof id === "string" && cloud.isKnownAs(thing, { type, id, ...(typeof arn === "string" && { arn }) });
  });
}

/** Everything in the cloud that carries the tags of a stack and is in no state of it. */
export async function findOrphans(state: State, cloud: CloudSearch, stack: StackName): Promise<readonly Orphan[]> {
  const resources = state.deployment.resources ?? [];
  const things = await cloud.tagged(stack);
  return things
    .filter(({ tags }) => !Object.keys(tags).some((tag) => MADE_BY_A_SERVICE.test(tag)))
    .filter((thing) => !isKnown(thing, resources, cloud))
    .map((thing) => ({ ...thing, stateful: thing.type === undefined || STATEFUL_TYPES.has(thing.type) }));
}

/**
 * The one orphan that a person names: by its id, or by the end of it where it holds no data.
 * @throws {UserError} when there is none or more than one, or a part of the id of what may hold data.
 */
export function orphanOf(orphans: readonly Orphan[], id: string, isDeleted: boolean): Orphan {
  const exact = orphans.find((one) => one.id === id);
  if (exact) return exact;
  const [first, second] = orphans.filter((one) => namedOf(one.id) === id || one.id.endsWith(`/${id}`) || one.id.endsWith(`:${id}`));
  if (!first) throw new UserError(`${id}: is no orphan of this environment; strata orphans lists them`);
  if (second) throw new UserError(`${id}: there is more than one: ${first.id} and ${second.id}; say the whole id`);
  if (isDeleted && first.stateful) throw new UserError(`${id}: may hold data; to delete it, say its whole id: ${first.id}`);
  return first;
}

/** What of a plan an orphan could be: of its type, in no state; one whose name it has, where names tell. */
export function couldBecome(orphan: Orphan, planned: readonly PlannedResource[], state: State): readonly PlannedResource[] {
  const there = new Set((state.deployment.resources ?? []).map(({ urn }) => urn));
  const ofType = planned.filter(({ type, urn }) => type === orphan.type && !there.has(urn));
  const names = [namedOf(orphan.id), orphan.id, orphan.tags["Name"]];
  const named = ofType.filter(({ name }) => names.some((one) => one === name || isMadeUp(one?.split(/[/:]/).at(-1), name)));
  return named.length > 0 ? named : ofType;
}

/** What stands in for a pending creation of a planned resource, with the provider that the state has. */
function asPending(
  { urn, type, parent, provider, dependencies, propertyDependencies, protect, inputs }: PlannedResource,
  state: State,
): PendingOperation {
  const owner = (state.deployment.resources ?? []).find((one) => provider?.startsWith(`${one.urn}::`));
  const known = Object.entries(inputs).filter(([, value]) => !JSON.stringify(value).includes(SECRET));
  return {
    type: "creating",
    resource: {
      urn,
      type,
      custom: true,
      protect,
      ...(parent !== undefined && { parent }),
      ...(owner && { provider: `${owner.urn}::${owner.id ?? ""}` }),
      dependencies: [...dependencies],
      propertyDependencies: Object.fromEntries(Object.entries(propertyDependencies).map(([key, urns]) => [key, [...urns]])),
      inputs: Object.fromEntries(known),
    },
  };
}

/** What an orphan is adopted with. */
export interface Adopting {
  readonly stack: StateAccess;
  readonly cloud: CloudSearch;
  /** Folder of the copy of the state before. */
  readonly keepIn: string;
}

/**
 * Takes an orphan into the state, as the resource of the plan that it is; the engine reads it through its provider before the next operation.
 * @throws {UserError} when its id is not told, or the state has not what the resource depends on.
 */
export async function adoptOrphan(
  { stack, cloud, keepIn }: Adopting,
  orphan: Orphan,
  planned: PlannedResource,
  report: Report,
): Promise<void> {
  const found = cloud.idAs(orphan, planned);
  if (!found) throw new UserError(`${orphan.id}: nothing tells its id as a ${planned.type}; import it with pulumi import`);
  const state = readEditable(await stack.export());
  if ((state.deployment.pending_operations ?? []).length > 0)
    throw new UserError(`${orphan.id}: an update was interrupted; run strata up first, which settles what it left`);
  const operation = asPending(planned, state);
  const resources = state.deployment.resources ?? [];
  const missing = missingFor(operation.resource, resources);
  if (missing.length > 0)
    throw new UserError(`${planned.urn}: needs what the state does not have: ${missing.join(", ")}; run strata up first`);
  report({
    action: "state-kept",
    message: `the state as it was is in ${keepState(keepIn, urnParts(planned.urn).stack, state, new Date())}`,
  });
  await stack.import(settled(state, adopt(resources, operation, { id: found.id, imported: found.idOf === "import" })));
  report({ action: "adopted", urn: planned.urn, message: `${orphan.id} is ${planned.urn} now` });
}
