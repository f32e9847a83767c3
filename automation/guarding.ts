import { UserError } from "../components/faults";
import { type PlanDocument } from "../plan/plan-schema";
import { type CarriedOut } from "./engine/carry-out";
import { type EnvironmentStack } from "./environment-stack";
import { OverBudget, PolicyViolation, WouldReplaceState } from "./errors";
import { type UnnumberedEvent } from "./events/events";
import { type GuardFinding, type KnownResource } from "./guard/finding";
import { guard } from "./guard/guard";
import { stepsOfEvents } from "./guard/read-steps";
import { guardMessage } from "./guard/text";
import { type Emit } from "./operation";
import { type StateResource } from "./recovery/state";

/** A finding as those who listen to an operation hear it. */
function eventOf(finding: GuardFinding): UnnumberedEvent {
  const urn = "urn" in finding ? finding.urn : undefined;
  return { kind: "guard", finding: finding.kind, message: guardMessage(finding), stops: finding.stops, ...(urn !== undefined && { urn }) };
}

function told(findings: readonly GuardFinding[]): { readonly urn: string; readonly message: string }[] {
  return findings.map((finding) => ({ urn: ("urn" in finding ? finding.urn : undefined) ?? "", message: guardMessage(finding) }));
}

/** The error of what stops an operation: of its worst finding, with all that stops it in its words; nothing when nothing does. */
export function guardError(findings: readonly GuardFinding[]): UserError | undefined {
  const stopping = findings.filter(({ stops }) => stops);
  const has = (...kinds: readonly GuardFinding["kind"][]): boolean => stopping.some(({ kind }) => kinds.includes(kind));
  if (has("replaces", "deletes", "outage", "destroy")) return new WouldReplaceState(told(stopping));
  if (has("policy")) return new PolicyViolation(told(stopping));
  if (has("budget")) return new OverBudget(stopping.map(guardMessage).join("\n"));
  return stopping.length > 0 ? new UserError(stopping.map(guardMessage).join("\n")) : undefined;
}

/** As much of a resource of the state as the guard reads. */
function knownResource({ urn, dependencies, parent, deletedWith }: StateResource): KnownResource {
  return { urn, dependencies: dependencies ?? [], ...(parent && { parent }), ...(deletedWith && { deletedWith }) };
}

/** What is held against the guard. */
export interface Guarded {
  readonly operation: "up" | "destroy";
  readonly plan?: PlanDocument;
  readonly allowReplace?: readonly string[];
  readonly destroyDurable?: string;
}

/** What the guard finds in a preview, told to those who listen. */
export async function findingsIn(
  stack: EnvironmentStack,
  preview: CarriedOut,
  { operation, plan, allowReplace = [], destroyDurable }: Guarded,
  emit: Emit,
): Promise<readonly GuardFinding[]> {
  const { durable, decommissioning } = stack.configuration.environment;
  const resources = (await stack.state()).deployment.resources ?? [];
  const findings = guard(stepsOfEvents(preview.events), {
    operation,
    environment: stack.environment,
    durable,
    decommissioning,
    allowReplace,
    state: resources.map(knownResource),
    ...(plan && { plan }),
    ...(destroyDurable !== undefined && { destroyDurable }),
  });
  for (const finding of findings) emit(eventOf(finding));
  return findings;
}

/**
 * Tells what the guard finds in a preview, and ends the operation where one thing of it stops it. A preview that failed is looked at, too: the engine
 * refuses what is protected, and the guard says what to do about it.
 * @returns what is only told.
 * @throws {WouldReplaceState} {PolicyViolation} {OverBudget} {UserError} or what the preview failed with.
 */
export async function guarded(stack: EnvironmentStack, preview: CarriedOut, about: Guarded, emit: Emit): Promise<readonly GuardFinding[]> {
  const findings = await findingsIn(stack, preview, about, emit);
  const error = guardError(findings);
  if (error) throw error;
  if (preview.failure) throw preview.failure;
  return findings;
}
