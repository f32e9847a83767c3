import { isDeepStrictEqual } from "node:util";
import { withoutAutoname } from "../../facts/kubernetes-autonaming";
import { REPLACEMENTS } from "../../facts/replacements";
import { nameOf } from "../../plan/urn";
import { urnParts } from "../../policy/lib/urn";
import { type CloudSearch, type SearchResult } from "./cloud-search";
import { adopt, missingFor, reread, settled } from "./edit-state";
import { keepState } from "./kept-state";
import { isMadeUp } from "./made-up-name";
import { type PendingOperation, readEditable, type Report, type State, type StateAccess, type StateResource } from "./state";
import { type Open, UndecidedOperations } from "./undecided";

/** What became of one operation that the engine had begun. */
export interface Settled {
  readonly urn: string;
  readonly operation: PendingOperation["type"];
  /**
   * `adopted`: it is in the state now. `dropped`: there is nothing of it, and it is done again. `reread`: the engine looks at it before the next operation.
   * `left`: it exists twice, and the copy is not the state's.
   */
  readonly action: "adopted" | "dropped" | "reread" | "left";
  /** In the cloud, where something is there. */
  readonly id?: string;
  readonly because: string;
}

/** How pending operations are settled. */
export interface SettleOptions {
  /** Folder for the copy of the state before it is edited. */
  readonly keepIn: string;
  /** What a person decided: the id of what a creation made, or `undefined` where it made nothing, by URN. */
  readonly decisions?: ReadonlyMap<string, string | undefined>;
  readonly now?: () => Date;
}

/** A state under edit. */
interface Draft {
  resources: StateResource[];
  readonly settled: Settled[];
  readonly open: Open[];
}

/** Inputs without the names that Pulumi made up, which differ between two of the same. */
function withoutNames({ urn, inputs }: StateResource): Record<string, unknown> {
  return Object.fromEntries(Object.entries(withoutAutoname(inputs ?? {})).filter(([, value]) => !isMadeUp(value, nameOf(urn))));
}

/** The resource of a URN that the state holds as the one that counts. */
function liveOf(resources: readonly StateResource[], urn: string): StateResource | undefined {
  return resources.find((one) => one.urn === urn && !(one.delete ?? false) && !(one.pendingReplacement ?? false));
}

/** Ids of a type that a state has of one provider: two clusters may have objects of one name. */
function idsOf(resources: readonly StateResource[], { type, provider }: StateResource): Set<string> {
  return new Set(
    resources.flatMap((one) => (one.type === type && one.provider === provider && typeof one.id === "string" ? [one.id] : [])),
  );
}

async function search({ resource }: PendingOperation, draft: Draft, cloud: CloudSearch, options: SettleOptions): Promise<SearchResult> {
  const { urn, type, inputs } = resource;
  if (!(resource.custom ?? false)) return { kind: "absent", because: "a component is in no cloud" };
  if (type.startsWith("pulumi:providers:")) return { kind: "absent", because: "a provider is in no cloud" };
  if (options.decisions?.has(urn) === true) {
    const id = options.decisions.get(urn);
    return id === undefined
      ? { kind: "absent", because: "somebody said that it was not made" }
      : { kind: "found", id, idOf: "import", by: "the id that somebody gave" };
  }
  return cloud.find({ urn, type, inputs: inputs ?? {}, taken: idsOf(draft.resources, resource) });
}

/**
 * A copy of what the state has already: Pulumi makes what is pending again when nobody settles it. A replacement differs in more than its name.
 * @returns true when it was dealt with.
 */
function isCopy(operation: PendingOperation, draft: Draft, id: string, by: string): boolean {
  const { urn, type } = operation.resource;
  const live = liveOf(draft.resources, urn);
  if (!live || !isDeepStrictEqual(withoutNames(live), withoutNames(operation.resource))) return false;
  const kept = REPLACEMENTS[type]?.stateful === true ? "it may hold data" : "nothing uses it";
  const because = `the state has ${live.id ?? "another"}, and this is a second one (${by}); ${kept}: strata orphans lists it`;
  draft.settled.push({ urn, operation: "creating", action: "left", id, because });
  return true;
}

async function settleCreation(operation: PendingOperation, draft: Draft, cloud: CloudSearch, options: SettleOptions): Promise<void> {
  const { urn, type } = operation.resource;
  const result = await search(operation, draft, cloud, options);
  if (result.kind === "undecided") {
    draft.open.push({ urn, type, because: result.because, look: result.look });
    return;
  }
  if (result.kind === "absent") {
    draft.settled.push({ urn, operation: "creating", action: "dropped", because: result.because });
    return;
  }
  const { id, idOf, by } = result;
  if (isCopy(operation, draft, id, by)) return;
  const missing = missingFor(operation.resource, draft.resources);
  if (missing.length > 0) {
    const look = `whether the state is older than the update that was killed: it has no ${missing.join(", ")}`;
    draft.open.push({ urn, type, because: `${id} is there, and what it depends on is not in the state`, look });
    return;
  }
  draft.resources = adopt(draft.resources, operation, { id, imported: idOf === "import" });
  draft.settled.push({ urn, operation: "creating", action: "adopted", id, because: by });
}

/** A change or deletion may be done, half done or not begun: what the cloud has is read first, and then the engine does what is left. */
function settleChange({ type, resource }: PendingOperation, draft: Draft): void {
  const id = resource.id ?? undefined;
  draft.resources = reread(draft.resources, resource.urn, id);
  const because = "it may be done or not; what the cloud has is read before anything else";
  draft.settled.push({ urn: resource.urn, operation: type, action: "reread", ...(id !== undefined && { id }), because });
}

async function settleOne(operation: PendingOperation, draft: Draft, cloud: CloudSearch, options: SettleOptions): Promise<void> {
  const { type, resource } = operation;
  if (type === "creating") await settleCreation(operation, draft, cloud, options);
  else if (type === "updating" || type === "deleting") settleChange(operation, draft);
  else draft.settled.push({ urn: resource.urn, operation: type, action: "dropped", because: "it changed nothing, and is done again" });
}

function tell({ urn, action, id, because, operation }: Settled): string {
  const { type, name } = urnParts(urn);
  const what = `${type} ${name}, interrupted while ${operation}`;
  return `${what}: ${action}${id === undefined ? "" : ` as ${id}`}: ${because}`;
}

/** Nobody else wrote the state while the cloud was searched. */
async function isUnchanged(stack: StateAccess, before: State): Promise<boolean> {
  return isDeepStrictEqual(readEditable(await stack.export()), before);
}

/**
 * Settles every operation that a killed update left pending, so that the next one neither makes anything twice nor loses anything: what was created is
 * adopted into the state, what was not is dropped, and what may have changed is marked to be read first. The state is written once, whole, or not at all,
 * and a copy of what it was is kept.
 * @param report hears each step after the state is written.
 * @returns what became of each; nothing when nothing was pending.
 * @throws {UndecidedOperations} when something can't be decided; the state is as it was then.
 */
export async function settle(stack: StateAccess, cloud: CloudSearch, report: Report, options: SettleOptions): Promise<readonly Settled[]> {
  const before = readEditable(await stack.export());
  const pending = before.deployment.pending_operations ?? [];
  const [first] = pending;
  if (!first) return [];
  const draft: Draft = { resources: [...(before.deployment.resources ?? [])], settled: [], open: [] };
  // One after the other: what one creation was recognised as can't be another's.
  for (const operation of pending) await settleOne(operation, draft, cloud, options);
  if (draft.open.length > 0) throw new UndecidedOperations(draft.open);
  if (!(await isUnchanged(stack, before))) return settle(stack, cloud, report, options);
  const kept = keepState(options.keepIn, urnParts(first.resource.urn).stack, before, (options.now ?? (() => new Date()))());
  report({ action: "state-kept", message: `the state as it was is in ${kept}` });
  await stack.import(settled(before, draft.resources));
  for (const one of draft.settled) report({ action: one.action, urn: one.urn, message: tell(one) });
  return draft.settled;
}
