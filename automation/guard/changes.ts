import { autonameOf } from "../../facts/kubernetes-autonaming";
import { type Json } from "../../plan/graph";
import { type GuardStep, type StepState } from "./step";

/** A resource that goes, with or without another in its place. */
export interface Change {
  /** `leftover`: a resource that was replaced by an earlier update, which ended before the old one was deleted. */
  readonly kind: "replace" | "delete" | "leftover";
  readonly urn: string;
  readonly type: string;
  readonly replaceKeys: readonly string[];
  readonly detail: Readonly<Record<string, string>>;
  readonly before: StepState | undefined;
  readonly after: StepState | undefined;
  /** The old one is deleted before the new one is made. */
  readonly deletedFirst: boolean;
}

/** Steps of a replacement that has a new resource. `replace` says only that there is one. */
const REPLACING = ["replace", "create-replacement", "import-replacement", "read-replacement"];

/** What a preview does to each resource that goes; one change a resource, in the order of the steps. */
export function changesOf(steps: readonly GuardStep[], isDeletedFirst: (urn: string) => boolean | undefined): Change[] {
  const byUrn = new Map<string, GuardStep[]>();
  for (const step of steps) byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  return [...byUrn].flatMap(([urn, all]) => changeOf(urn, all, isDeletedFirst(urn)) ?? []);
}

function changeOf(urn: string, steps: readonly GuardStep[], declaredFirst: boolean | undefined): Change | undefined {
  const replacing = steps.filter(({ op }) => REPLACING.includes(op));
  const going = steps.filter(({ op }) => op === "delete-replaced");
  const deletion = steps.find(({ op }) => op === "delete");
  // The step with a new state tells why; that which deletes has only the old one.
  const telling = replacing.find(({ after }) => after) ?? replacing[0] ?? deletion ?? going[0];
  if (!telling) return undefined;
  const { type, replaceKeys, detail, before, after } = telling;
  return {
    kind: replacing.length > 0 ? "replace" : deletion ? "delete" : "leftover",
    urn,
    type,
    replaceKeys,
    detail,
    before: before ?? going[0]?.before,
    after,
    deletedFirst: replacing.length > 0 && isDeletedFirst(steps, telling, declaredFirst),
  };
}

/** The order of the steps says it, where both are among them; else what the program said of it, or a name that the new one cannot have as long as the old one is there. */
function isDeletedFirst(steps: readonly GuardStep[], { before, after }: GuardStep, declared: boolean | undefined): boolean {
  const ops = steps.map(({ op }) => op);
  const [deleted, created] = [ops.indexOf("delete-replaced"), ops.indexOf("create-replacement")];
  if (deleted >= 0 && created >= 0) return deleted < created;
  return declared ?? keepsItsName(before, after);
}

function keepsItsName(before: StepState | undefined, after: StepState | undefined): boolean {
  const [old, now] = [fixedName(before), fixedName(after)];
  return old !== undefined && old === now;
}

/** The name a program gave; a name that the provider made up is among its `__defaults`, and changes with each resource. */
function fixedName(state: StepState | undefined): string | undefined {
  const { name, metadata, __defaults: defaults } = state?.inputs ?? {};
  if (typeof name === "string") return Array.isArray(defaults) && defaults.includes("name") ? undefined : name;
  const object: Json = metadata ?? null;
  if (typeof object !== "object" || object === null || Array.isArray(object)) return undefined;
  const { name: own, namespace } = object;
  if (typeof own !== "string" || autonameOf(state?.inputs ?? {}) !== undefined) return undefined;
  return `${typeof namespace === "string" ? namespace : ""}/${own}`;
}
