import { type GuardAbout } from "../../../automation/guard/finding";
import { type GuardStep, type StepState } from "../../../automation/guard/step";
import { type Json, type Properties } from "../../../plan/graph";
import { makeUrn } from "../../../plan/urn";

/** What the tests of the guard are about, unless they say otherwise. */
export const ABOUT: GuardAbout = { operation: "up", environment: "prod", durable: true, allowReplace: [] };

export function urnOf(type: string, name = "one"): string {
  return makeUrn("prod", "strata", undefined, type, name);
}

export function stateOf(inputs: Properties, state: Partial<StepState> = {}): StepState {
  return { id: "id-1", custom: true, protect: false, retainOnDelete: false, dependencies: [], propertyDependencies: {}, ...state, inputs };
}

/** What a step is made with, besides its type. */
export interface StepArgs {
  readonly name?: string;
  readonly urn?: string;
  readonly before?: Properties;
  readonly after?: Properties;
  readonly keys?: readonly string[];
  readonly detail?: Readonly<Record<string, string>>;
  /** Of the old state, and of the new one where nothing else is said. */
  readonly state?: Partial<StepState>;
  readonly dependencies?: readonly string[];
}

function step(op: string, type: string, { name, urn = urnOf(type, name), keys = [], detail = {}, ...rest }: StepArgs): GuardStep {
  const state = { ...rest.state, ...(rest.dependencies && { dependencies: rest.dependencies }) };
  return {
    op,
    urn,
    type,
    replaceKeys: keys,
    detail,
    ...(op !== "create" && { before: stateOf(rest.before ?? {}, state) }),
    ...(op !== "delete" && op !== "delete-replaced" && { after: stateOf(rest.after ?? rest.before ?? {}, state) }),
  };
}

/** A replacement as `pulumi preview --json` tells it: one step. */
export function replaced(type: string, args: StepArgs = {}): GuardStep {
  return step("replace", type, args);
}

/** A replacement as the engine's events tell it, in the order they have. */
export function replacedInEvents(type: string, order: "created first" | "deleted first", args: StepArgs = {}): GuardStep[] {
  const ops =
    order === "created first" ? ["create-replacement", "replace", "delete-replaced"] : ["delete-replaced", "replace", "create-replacement"];
  return ops.map((op) => step(op, type, args));
}

export function deleted(type: string, args: StepArgs = {}): GuardStep {
  return step("delete", type, args);
}

export function same(type: string, args: StepArgs = {}): GuardStep {
  return step("same", type, args);
}

export function created(type: string, args: StepArgs = {}): GuardStep {
  return step("create", type, args);
}

/** Inputs with one value at a path, and nothing else. */
export function inputsWith(path: string, value: Json): Properties {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? value : inputsWith(rest.join("."), value) };
}
