import { z } from "zod";
import { type Json, type Properties } from "../../plan/graph";
import { optional } from "../../plan/real/resource";
import { redact } from "../../plan/redact";
import { typeOf } from "../../plan/urn";
import { type GuardStep, type StepState } from "./step";

/** Null where Go has nothing. */
function list<T extends z.ZodType>(item: T): z.ZodType<z.output<T>[]> {
  return optional(z.array(item), []);
}

/**
 * A resource in a preview or in an event. Source: `apitype.ResourceV3` in sdk/go/common/apitype/core.go and `StepEventStateMetadata` in
 * sdk/go/common/apitype/events.go of pulumi 3.260 (2026-11-26).
 */
const State = z.object({
  id: z.string().nullish(),
  custom: optional(z.boolean(), false),
  parent: z.string().nullish(),
  provider: z.string().nullish(),
  protect: optional(z.boolean(), false),
  retainOnDelete: optional(z.boolean(), false),
  deletedWith: z.string().nullish(),
  dependencies: list(z.string()),
  propertyDependencies: optional(z.record(z.string(), list(z.string())), {}),
  inputs: optional(z.record(z.string(), z.custom<Json>()), {}),
});

function stateOf(state: z.output<typeof State> | null | undefined): StepState | undefined {
  if (!state) return undefined;
  const { id, parent, provider, deletedWith, inputs, ...rest } = state;
  return {
    ...rest,
    ...(id && { id }),
    ...(parent && { parent }),
    ...(provider && { provider }),
    ...(deletedWith && { deletedWith }),
    inputs: redact(inputs) as Properties,
  };
}

/** Source: `previewStep` and `PropertyDiff` in pkg/backend/display/json.go and sdk/go/common/display/json.go of pulumi 3.260 (2026-11-26). */
const PreviewStep = z.object({
  op: z.string(),
  urn: z.string(),
  replaceReasons: list(z.string()),
  detailedDiff: optional(z.record(z.string(), z.object({ kind: z.string() })), {}),
  oldState: State.nullish(),
  newState: State.nullish(),
});

const Preview = z.object({ steps: list(PreviewStep) });

function step(
  { op, urn, replaceKeys }: Pick<GuardStep, "op" | "urn" | "replaceKeys">,
  detail: Readonly<Record<string, string>>,
  before: StepState | undefined,
  after: StepState | undefined,
): GuardStep {
  return { op, urn, type: typeOf(urn), replaceKeys, detail, ...(before && { before }), ...(after && { after }) };
}

/**
 * The steps in what `pulumi preview --json` or `pulumi destroy --preview-only --json` prints, also when the preview failed: what is protected
 * makes it fail, and is among its steps all the same.
 * @param document as `JSON.parse` gives it.
 * @throws {z.ZodError} when it is something else.
 */
export function stepsOfPreview(document: unknown): GuardStep[] {
  return Preview.parse(document).steps.map(({ op, urn, replaceReasons, detailedDiff, oldState, newState }) => {
    const detail = Object.fromEntries(Object.entries(detailedDiff).map(([path, { kind }]) => [path, kind]));
    return step({ op, urn, replaceKeys: replaceReasons }, detail, stateOf(oldState), stateOf(newState));
  });
}

const Metadata = z.object({
  op: z.string(),
  urn: z.string(),
  keys: list(z.string()),
  detailedDiff: optional(z.record(z.string(), z.object({ diffKind: z.string() })), {}),
  old: State.nullish(),
  new: State.nullish(),
});

/** As much of an event of the engine as is looked at. */
interface SomeEvent {
  readonly resourcePreEvent?: { readonly metadata: unknown } | undefined;
}

/**
 * The steps in the engine's events of a preview, in its order: a resource that is deleted before its replacement is made has `delete-replaced` first.
 * @throws {z.ZodError} when an event is not as the engine writes them.
 */
export function stepsOfEvents(events: readonly SomeEvent[]): GuardStep[] {
  return events.flatMap(({ resourcePreEvent: event }) => {
    if (!event) return [];
    const { op, urn, keys, detailedDiff, old, new: now } = Metadata.parse(event.metadata);
    const detail = Object.fromEntries(Object.entries(detailedDiff).map(([path, { diffKind }]) => [path, diffKind]));
    return [step({ op, urn, replaceKeys: keys }, detail, stateOf(old), stateOf(now))];
  });
}
