import { z } from "zod";
import { nameOf } from "../../plan/urn";
import { type PlannedStep, type PropertyChange, type UnnumberedEvent } from "../events/events";

/** What is not named is kept, for those who read more of a step. */
const State = z.looseObject({
  custom: z.boolean().optional(),
  id: z.string().optional(),
  parent: z.string().optional(),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
});

const Metadata = z.looseObject({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: State.nullish(),
  new: State.nullish(),
  keys: z.array(z.string()).nullish(),
  diffs: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.object({ diffKind: z.string() })).nullish(),
});

const Step = z.object({ metadata: Metadata, planning: z.boolean().optional() });

/**
 * An event as the engine writes it. Whoever does not know a kind leaves it out: newer engines have more.
 * Source: `apitype.EngineEvent` in sdk/go/common/apitype/events.go of pulumi 3.260 (2026-11-26).
 */
export const EngineEvent = z.object({
  resourcePreEvent: Step.optional(),
  resOutputsEvent: Step.optional(),
  resOpFailedEvent: Step.optional(),
  diagnosticEvent: z.object({ urn: z.string().optional(), message: z.string(), severity: z.string() }).optional(),
  policyEvent: z
    .object({
      resourceUrn: z.string().optional(),
      message: z.string(),
      policyName: z.string(),
      policyPackName: z.string(),
      enforcementLevel: z.string(),
    })
    .optional(),
  summaryEvent: z
    .object({ durationSeconds: z.number(), resourceChanges: z.record(z.string(), z.int()).nullish(), isPreview: z.boolean().optional() })
    .optional(),
});

export type EngineEvent = z.output<typeof EngineEvent>;

/** Steps that concern components alone, or make up for others: `same` of a resource whose goal was registered, for one. */
function stepOf({ op, urn, type, old, new: next, keys, diffs, detailedDiff }: z.output<typeof Metadata>): PlannedStep {
  const state = next ?? old;
  const id = next?.id || old?.id;
  const changes = Object.entries(detailedDiff ?? {}).map(([property, { diffKind }]) => changeOf(property, diffKind));
  return {
    op,
    urn,
    type,
    name: nameOf(urn),
    custom: state?.custom ?? false,
    ...(id && { id }),
    ...(state?.parent && { parent: state.parent }),
    // What is protected now counts: a program that lifts it must be carried out once before the resource may go.
    protect: (old ?? next)?.protect ?? false,
    retainOnDelete: (old ?? next)?.retainOnDelete ?? false,
    replaceKeys: keys ?? [],
    changedKeys: diffs ?? [],
    changes,
  };
}

/** The engine's words are `add`, `delete` and `update`, each also with `-replace`. */
function changeOf(property: string, diffKind: string): PropertyChange {
  const [kind, replaces] = diffKind.split("-");
  return { property, kind: kind === "add" || kind === "delete" ? kind : "update", replaces: replaces === "replace" };
}

/**
 * What an event of the engine says to those who listen to an operation; nothing for one that says nothing new.
 * Debug lines are left out: they hold inputs and outputs in the clear.
 * @param preview true while nothing is changed.
 */
export function translate(event: EngineEvent, preview: boolean): UnnumberedEvent | undefined {
  const {
    resourcePreEvent: before,
    resOutputsEvent: after,
    resOpFailedEvent: failed,
    diagnosticEvent: said,
    policyEvent,
    summaryEvent,
  } = event;
  if (before) return { kind: "resource", phase: preview ? "planned" : "started", ...stepOf(before.metadata) };
  if (after) return preview ? undefined : { kind: "resource", phase: "done", ...stepOf(after.metadata) };
  if (failed) return { kind: "resource", phase: "failed", ...stepOf(failed.metadata) };
  if (said) return diagnostic(said);
  if (policyEvent) {
    const { policyPackName: pack, policyName: rule, resourceUrn: urn, enforcementLevel, message } = policyEvent;
    return { kind: "policy", pack, rule, level: enforcementLevel === "mandatory" ? "mandatory" : "advisory", message, ...(urn && { urn }) };
  }
  if (!summaryEvent) return undefined;
  return { kind: "summary", changes: summaryEvent.resourceChanges ?? {}, seconds: summaryEvent.durationSeconds, preview };
}

function diagnostic({ urn, message, severity }: NonNullable<EngineEvent["diagnosticEvent"]>): UnnumberedEvent | undefined {
  const text = message.trim();
  if (severity === "debug" || text === "") return undefined;
  const level = severity === "warning" || severity === "error" ? severity : "info";
  return { kind: "diagnostic", severity: level, message: text, ...(urn && { urn }) };
}
